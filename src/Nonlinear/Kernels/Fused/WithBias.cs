using System.Runtime.CompilerServices;

namespace Nonlinear.Kernels;

/// <summary>Elementwise functions of x + bias, where the channels come last.</summary>
/// <remarks>The sums are made a block at a time and never leave the first cache.</remarks>
internal static class WithBias
{
    public static void Forward<T>(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged
    {
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Overlap(x, y, nameof(y));
        CheckChannels(x.Length, bias);
        Guard.Apart(bias, y, nameof(y));
        kernel.ForwardWithBias(x, bias, 0, y);
    }

    /// <summary>The part of a tensor that starts at a position.</summary>
    [SkipLocalsInit]
    public static void Forward<T>(ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, int position, Span<T> y)
        where T : unmanaged
    {
        int block = Math.Min(CacheBlock.Length<T>(), x.Length);
        Span<T> sums = stackalloc T[block], room = stackalloc T[block];
        if (x.IsEmpty)
            return;
        BiasRows<T> rows = new(bias, room);
        for (int start = 0; start < x.Length; start += block)
        {
            int count = Math.Min(block, x.Length - start);
            rows.AddTo(x.Slice(start, count), position + start, sums);
            kernel.Forward(sums[..count], y.Slice(start, count));
        }
    }

    [SkipLocalsInit]
    public static void Backward<T>(
        ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, ReadOnlySpan<T> dy, Span<T> dx, Span<double> biasGradient)
        where T : unmanaged
    {
        Guard.Length(x.Length, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        CheckChannels(x.Length, bias);
        Guard.Length(bias.Length, biasGradient.Length, nameof(biasGradient));
        Guard.Apart(bias, dx, nameof(dx));
        Guard.Apart(x, biasGradient, nameof(biasGradient));
        Guard.Apart(bias, biasGradient, nameof(biasGradient));
        Guard.Apart(dy, biasGradient, nameof(biasGradient));
        Guard.Apart(dx, biasGradient, nameof(biasGradient));

        int block = Math.Min(CacheBlock.Length<T>(), x.Length);
        Span<T> sums = stackalloc T[block], room = stackalloc T[block];
        if (x.IsEmpty)
            return;
        BiasRows<T> rows = new(bias, room);
        for (int start = 0; start < x.Length; start += block)
        {
            int count = Math.Min(block, x.Length - start);
            Span<T> gradients = dx.Slice(start, count);
            rows.AddTo(x.Slice(start, count), start, sums);
            kernel.Backward(sums[..count], dy.Slice(start, count), gradients);
            ChannelSums.Add<T>(gradients, start, biasGradient);
        }
    }

    /// <exception cref="ArgumentException">The channels do not divide the elements.</exception>
    public static void CheckChannels<T>(int length, ReadOnlySpan<T> bias, string name = "bias")
        where T : unmanaged
    {
        if (bias.IsEmpty ? length != 0 : length % bias.Length != 0)
            throw new ArgumentException(
                $"{name} has {bias.Length} values, one for each channel; they do not divide the {length} elements of x.", name);
    }
}
