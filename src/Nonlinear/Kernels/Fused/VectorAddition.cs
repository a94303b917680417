using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>
/// Additions of spans of any type of the library, each element by itself and rounded once, so that no width changes a bit.
/// </summary>
/// <remarks>Like all loops over long spans they are compiled without tiering: a first call would run unoptimised to its end.</remarks>
internal static class VectorAddition
{
    /// <summary>sums[i] = a[i] + b[i], rounded to T.</summary>
    public static void Add<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> sums)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half))
            AddSixteenBit<Half, HalfConversion>(
                MemoryMarshal.Cast<T, Half>(a), MemoryMarshal.Cast<T, Half>(b), MemoryMarshal.Cast<T, Half>(sums));
        else if (typeof(T) == typeof(BFloat16))
            AddSixteenBit<BFloat16, BFloat16Conversion>(
                MemoryMarshal.Cast<T, BFloat16>(a), MemoryMarshal.Cast<T, BFloat16>(b), MemoryMarshal.Cast<T, BFloat16>(sums));
        else
            AddVectors(a, b, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddVectors<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> sums)
        where T : unmanaged
    {
        Span<Vector<T>> whole = MemoryMarshal.Cast<T, Vector<T>>(sums);
        ReadOnlySpan<Vector<T>> first = MemoryMarshal.Cast<T, Vector<T>>(a), second = MemoryMarshal.Cast<T, Vector<T>>(b);
        for (int i = 0; i < whole.Length; i++)
            whole[i] = first[i] + second[i];
        // The sum of two floats in double is rounded to float as if it had been exact.
        for (int i = whole.Length * Vector<T>.Count; i < sums.Length; i++)
            sums[i] = FloatOrDouble.FromDouble<T>(FloatOrDouble.ToDouble(a[i]) + FloatOrDouble.ToDouble(b[i]));
    }

    // A double has more than twice the digits: here, too, the first rounding leaves no trace in the second.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSixteenBit<T, TConversion>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> sums)
        where T : unmanaged
        where TConversion : struct, ISixteenBit<T>
    {
        for (int i = 0; i < sums.Length; i++)
            sums[i] = TConversion.FromDouble(TConversion.ToDouble(a[i]) + TConversion.ToDouble(b[i]));
    }
}
