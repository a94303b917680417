using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The values of an elementwise function's parameters, on their way to the numbers that its formula is evaluated over.</summary>
internal readonly struct ParameterSet
{
    /// <summary>How many parameters a function has at most.</summary>
    public const int Most = 4;

    public readonly double First, Second, Third, Fourth;

    public ParameterSet(ReadOnlySpan<double> values)
    {
        First = values.Length > 0 ? values[0] : 0;
        Second = values.Length > 1 ? values[1] : 0;
        Third = values.Length > 2 ? values[2] : 0;
        Fourth = values.Length > 3 ? values[3] : 0;
    }

    private ParameterSet(double first, double second, double third, double fourth) =>
        (First, Second, Third, Fourth) = (first, second, third, fourth);

    /// <summary>Whether a float comes as near to each value as to any of its size.</summary>
    public bool HaveFloats => HasFloat(First) && HasFloat(Second) && HasFloat(Third) && HasFloat(Fourth);

    /// <summary>Whether each value is a float.</summary>
    public bool AreFloats => IsFloat(First) && IsFloat(Second) && IsFloat(Third) && IsFloat(Fourth);

    /// <summary>Whether values are numbers of every type, so that an output equals a bound among them just where it lies on it.</summary>
    public static bool AreExactInEveryType(IReadOnlyList<double> values) =>
        values.All(value => value == (double)(Half)value && value == (BFloat16)value);

    /// <summary>Whether a float comes as near to a number as to any of its size.</summary>
    public static bool HasFloat(double value) => value == 0 || Math.Abs(value) is > 1e-37 and < 1e38;

    /// <summary>The same values but for the first.</summary>
    public ParameterSet WithFirst(double value) => new(value, Second, Third, Fourth);

    /// <summary>The values behind the first.</summary>
    public ParameterSet WithoutFirst() => new(Second, Third, Fourth, 0);

    /// <summary>The values with another before them, which pushes the fourth out.</summary>
    public ParameterSet WithBefore(double value) => new(value, First, Second, Third);

    /// <summary>The same values but for the third.</summary>
    public ParameterSet WithThird(double value) => new(First, Second, value, Fourth);

    /// <summary>The values as numbers that equal them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Parameters<V> As<V>()
        where V : struct, IReal<V> => new(First, Second, Third, Fourth);

    private static bool IsFloat(double value) => value == (float)value;
}
