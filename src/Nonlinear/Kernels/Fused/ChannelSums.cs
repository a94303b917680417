using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Kernels;

/// <summary>Sums over the rows of row-major tensors whose channels come last.</summary>
internal static class ChannelSums
{
    /// <summary>Adds each channel's values to its sum, one row after another, for the part of a tensor that starts at a position.</summary>
    /// <remarks>Channels do not touch each other: how many of them share a vector changes nothing.</remarks>
    public static void Add<T>(ReadOnlySpan<T> values, int position, Span<double> sums)
        where T : unmanaged
    {
        int channel = position % sums.Length, start = 0;
        if (channel > 0)
        {
            start = Math.Min(sums.Length - channel, values.Length);
            AddRows(values[..start], sums.Slice(channel, start));
        }
        int rest = (values.Length - start) % sums.Length;
        AddRows(values[start..^rest], sums);
        AddRows(values[^rest..], sums[..rest]);
    }

    // Rows as long as the sums are many.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<T>(ReadOnlySpan<T> values, Span<double> sums)
        where T : unmanaged
    {
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref T first = ref MemoryMarshal.GetReference(values);
        for (int start = 0; start < values.Length; start += sums.Length)
        {
            ref T row = ref Unsafe.Add(ref first, start);
            int i = 0;
            for (; typeof(T) == typeof(float) && i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector.Widen(
                    Vector.LoadUnsafe(ref Unsafe.As<T, float>(ref row), (nuint)i), out Vector<double> low, out Vector<double> high);
                AddVector(low, ref sum, i);
                AddVector(high, ref sum, i + Vector<double>.Count);
            }
            for (; typeof(T) == typeof(double) && i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
                AddVector(Vector.LoadUnsafe(ref Unsafe.As<T, double>(ref row), (nuint)i), ref sum, i);
            for (; i < sums.Length; i++)
                Unsafe.Add(ref sum, i) += ToDouble(Unsafe.Add(ref row, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddVector(Vector<double> values, ref double sums, int index) =>
        (Vector.LoadUnsafe(ref sums, (nuint)index) + values).StoreUnsafe(ref sums, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ToDouble<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(Half) ? (double)Unsafe.BitCast<T, Half>(value)
        : typeof(T) == typeof(BFloat16) ? Unsafe.BitCast<T, BFloat16>(value)
        : FloatOrDouble.ToDouble(value);
}
