using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Takes gates and values out of one tensor, and puts their gradients back.</summary>
/// <remarks>Long rows are used where they lie; short ones are gathered, a block at a time, and never leave the first cache.</remarks>
internal static class GatedRows
{
    // Shorter rows cost more as calls of their own than a copy does.
    private const int WorthACall = 128;

    public static void Forward<T>(GatedKernel<T> kernel, ReadOnlySpan<T> x, Span<T> y, int row, bool gateFirst)
        where T : unmanaged
    {
        if (row < WorthACall)
        {
            ForwardGathered(kernel, x, y, row, gateFirst);
            return;
        }
        for (int start = 0; start < y.Length; start += row)
        {
            ReadOnlySpan<T> first = x.Slice(2 * start, row), second = x.Slice((2 * start) + row, row);
            kernel.ForwardPairs(gateFirst ? first : second, gateFirst ? second : first, y.Slice(start, row));
        }
    }

    public static void Backward<T>(GatedKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int row, bool gateFirst)
        where T : unmanaged
    {
        if (row < WorthACall)
        {
            BackwardGathered(kernel, x, dy, dx, row, gateFirst);
            return;
        }
        for (int start = 0; start < dy.Length; start += row)
        {
            ReadOnlySpan<T> first = x.Slice(2 * start, row), second = x.Slice((2 * start) + row, row);
            Span<T> dfirst = dx.Slice(2 * start, row), dsecond = dx.Slice((2 * start) + row, row);
            kernel.BackwardPairs(
                gateFirst ? first : second,
                gateFirst ? second : first,
                dy.Slice(start, row),
                gateFirst ? dfirst : dsecond,
                gateFirst ? dsecond : dfirst);
        }
    }

    /// <summary>The function of gate + bias and value + bias, channels last.</summary>
    [SkipLocalsInit]
    public static void ForwardWithBias<T>(
        GatedKernel<T> kernel,
        ReadOnlySpan<T> gate,
        ReadOnlySpan<T> gateBias,
        ReadOnlySpan<T> value,
        ReadOnlySpan<T> valueBias,
        Span<T> y)
        where T : unmanaged
    {
        int block = Math.Min(CacheBlock.Length<T>(), y.Length);
        Span<T> gates = stackalloc T[block], values = stackalloc T[block];
        Span<T> roomForGates = stackalloc T[block], roomForValues = stackalloc T[block];
        if (y.IsEmpty)
            return;
        BiasRows<T> gateRows = new(gateBias, roomForGates), valueRows = new(valueBias, roomForValues);
        for (int start = 0; start < y.Length; start += block)
        {
            int count = Math.Min(block, y.Length - start);
            gateRows.AddTo(gate.Slice(start, count), start, gates);
            valueRows.AddTo(value.Slice(start, count), start, values);
            kernel.ForwardPairs(gates[..count], values[..count], y.Slice(start, count));
        }
    }

    [SkipLocalsInit]
    private static void ForwardGathered<T>(GatedKernel<T> kernel, ReadOnlySpan<T> x, Span<T> y, int row, bool gateFirst)
        where T : unmanaged
    {
        int block = Block<T>(row, y.Length);
        Span<T> first = stackalloc T[block], second = stackalloc T[block];
        for (int start = 0; start < y.Length; start += block)
        {
            int count = Math.Min(block, y.Length - start);
            Gather(x.Slice(2 * start, 2 * count), first, second, row);
            kernel.ForwardPairs((gateFirst ? first : second)[..count], (gateFirst ? second : first)[..count], y.Slice(start, count));
        }
    }

    [SkipLocalsInit]
    private static void BackwardGathered<T>(
        GatedKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, int row, bool gateFirst)
        where T : unmanaged
    {
        int block = Block<T>(row, dy.Length);
        Span<T> first = stackalloc T[block], second = stackalloc T[block];
        Span<T> dfirst = stackalloc T[block], dsecond = stackalloc T[block];
        for (int start = 0; start < dy.Length; start += block)
        {
            int count = Math.Min(block, dy.Length - start);
            Gather(x.Slice(2 * start, 2 * count), first, second, row);
            kernel.BackwardPairs(
                (gateFirst ? first : second)[..count],
                (gateFirst ? second : first)[..count],
                dy.Slice(start, count),
                (gateFirst ? dfirst : dsecond)[..count],
                (gateFirst ? dsecond : dfirst)[..count]);
            Scatter(dfirst, dsecond, dx.Slice(2 * start, 2 * count), row);
        }
    }

    // Whole rows, as many as fit.
    private static int Block<T>(int row, int length)
        where T : unmanaged => Math.Min(CacheBlock.Length<T>() / row * row, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<T>(ReadOnlySpan<T> x, Span<T> first, Span<T> second, int row)
        where T : unmanaged
    {
        if (row == 1)
        {
            for (int i = 0; i < x.Length / 2; i++)
                (first[i], second[i]) = (x[2 * i], x[(2 * i) + 1]);
            return;
        }
        for (int start = 0; start < x.Length / 2; start += row)
        {
            x.Slice(2 * start, row).CopyTo(first[start..]);
            x.Slice((2 * start) + row, row).CopyTo(second[start..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> x, int row)
        where T : unmanaged
    {
        if (row == 1)
        {
            for (int i = 0; i < x.Length / 2; i++)
                (x[2 * i], x[(2 * i) + 1]) = (first[i], second[i]);
            return;
        }
        for (int start = 0; start < x.Length / 2; start += row)
        {
            first.Slice(start, row).CopyTo(x[(2 * start)..]);
            second.Slice(start, row).CopyTo(x[((2 * start) + row)..]);
        }
    }
}
