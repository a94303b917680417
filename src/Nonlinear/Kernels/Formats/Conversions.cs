using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>How a type converts to double, exactly, and from it, rounded once.</summary>
internal interface IConversion<T>
    where T : unmanaged
{
    static abstract double ToDouble(T value);
    static abstract T FromDouble(double value);
}

/// <summary>How spans of a type convert, many at a time.</summary>
internal interface ISpanConversion<T> : IConversion<T>
    where T : unmanaged
{
    /// <summary>As many as the source has.</summary>
    static abstract void Widen(ReadOnlySpan<T> source, Span<double> target);

    /// <summary>As many as the target has.</summary>
    static abstract void Narrow(ReadOnlySpan<double> source, Span<T> target);
}

internal readonly struct FloatConversion : ISpanConversion<float>
{
    private const MethodImplOptions Loop = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    public static double ToDouble(float value) => value;
    public static float FromDouble(double value) => (float)value;

    [MethodImpl(Loop)]
    public static void Widen(ReadOnlySpan<float> source, Span<double> target)
    {
        int i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new(source[i..]), out Vector<double> lower, out Vector<double> upper);
            lower.CopyTo(target[i..]);
            upper.CopyTo(target[(i + Vector<double>.Count)..]);
        }
        for (; i < source.Length; i++)
            target[i] = source[i];
    }

    [MethodImpl(Loop)]
    public static void Narrow(ReadOnlySpan<double> source, Span<float> target)
    {
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Narrow(new Vector<double>(source[i..]), new(source[(i + Vector<double>.Count)..])).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] = (float)source[i];
    }
}

internal readonly struct DoubleConversion : ISpanConversion<double>
{
    public static double ToDouble(double value) => value;
    public static double FromDouble(double value) => value;
    public static void Widen(ReadOnlySpan<double> source, Span<double> target) => source.CopyTo(target);
    public static void Narrow(ReadOnlySpan<double> source, Span<double> target) => source[..target.Length].CopyTo(target);
}

/// <summary>The same for code that is generic over float and double alone.</summary>
internal static class FloatOrDouble
{
    public static double ToDouble<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    public static T FromDouble<T>(double value)
        where T : unmanaged => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
}
