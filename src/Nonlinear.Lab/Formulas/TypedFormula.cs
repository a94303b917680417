using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Formulas;

/// <summary>A formula as a function of its own, with everything that those of the catalogue have.</summary>
/// <typeparam name="T">The formula.</typeparam>
/// <typeparam name="TName">Which of the names it has: the same formula may be written with other letters.</typeparam>
internal readonly struct TypedFormula<T, TName> : IElementwise<TypedFormula<T, TName>>
    where T : struct, ITerm
    where TName : struct, IDigit
{
    public static ActivationInfo Info { get; } = FormulaRegistry.Of(TName.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => T.Value(x, p);
}

/// <summary>What formulas are called, each by a number that is part of its type.</summary>
internal static class FormulaRegistry
{
    private static readonly ConcurrentDictionary<long, ActivationInfo> Known = [];
    private static readonly ConcurrentDictionary<string, long> Numbers = [];
    private static long _last;

    /// <summary>The number of a formula's text, with what is to be known of it.</summary>
    public static long NumberOf(ActivationInfo info) => Numbers.GetOrAdd(
        info.Name,
        _ =>
        {
            long number = Interlocked.Increment(ref _last);
            Known[number] = info;
            return number;
        });

    /// <summary>What is known of the formula with a number.</summary>
    public static ActivationInfo Of(long number) => Known[number];
}
