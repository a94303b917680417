namespace Nonlinear.Kernels;

/// <summary>Elementwise functions whose parameter has a value for each channel.</summary>
/// <remarks>The values are spread over the positions a block at a time, so that the same loop serves any layout.</remarks>
internal static class PerChannel
{
    private const int BlockLength = 512;

    public static void Forward<T>(
        ElementwiseKernel<T> kernel, ParameterInfo info, ReadOnlySpan<T> x, ReadOnlySpan<int> shape, ReadOnlySpan<T> parameter, Span<T> y)
        where T : unmanaged
    {
        Guard.Length(x.Length, y.Length, nameof(y));
        Guard.Overlap(x, y, nameof(y));
        ChannelLayout channels = Check(x.Length, shape, parameter);
        Guard.Apart(parameter, y, nameof(y));
        kernel.Check(info, parameter);
        kernel.ForwardPerChannel(x, channels, 0, parameter, y);
    }

    /// <summary>The part of a tensor that starts at a position.</summary>
    public static void Forward<T>(
        ElementwiseKernel<T> kernel, ReadOnlySpan<T> x, ChannelLayout channels, int position, ReadOnlySpan<T> parameter, Span<T> y)
        where T : unmanaged
    {
        Span<T> values = stackalloc T[BlockLength];
        for (int start = 0; start < x.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, x.Length - start);
            channels.Expand(parameter, position + start, values[..count]);
            kernel.ForwardPerElement(x.Slice(start, count), values[..count], y.Slice(start, count));
        }
    }

    public static void Backward<T>(
        ElementwiseKernel<T> kernel,
        ParameterInfo info,
        ReadOnlySpan<T> x,
        ReadOnlySpan<int> shape,
        ReadOnlySpan<T> parameter,
        ReadOnlySpan<T> dy,
        Span<T> dx,
        Span<double> dparameter)
        where T : unmanaged
    {
        Guard.Length(x.Length, dy.Length, nameof(dy));
        Guard.Length(x.Length, dx.Length, nameof(dx));
        Guard.Length(parameter.Length, dparameter.Length, nameof(dparameter));
        Guard.Overlap(x, dx, nameof(dx));
        Guard.Overlap(dy, dx, nameof(dx));
        ChannelLayout channels = Check(x.Length, shape, parameter);
        Guard.Apart(parameter, dx, nameof(dx));
        kernel.Check(info, parameter);
        Guard.Apart(x, dparameter, nameof(dparameter));
        Guard.Apart(dy, dparameter, nameof(dparameter));
        Guard.Apart(parameter, dparameter, nameof(dparameter));
        Guard.Apart(dx, dparameter, nameof(dparameter));

        // A block is summed before dx is written: dx may be x or dy.
        CompensatedSum[] sums = new CompensatedSum[dparameter.Length];
        Span<T> values = stackalloc T[BlockLength];
        Span<double> derivatives = stackalloc double[BlockLength];
        for (int start = 0; start < x.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, x.Length - start);
            ReadOnlySpan<T> block = x.Slice(start, count), upstream = dy.Slice(start, count);
            channels.Expand(parameter, start, values[..count]);
            kernel.ParameterDerivatives(0, block, upstream, values[..count], derivatives[..count]);
            for (int i = 0; i < count; i++)
                sums[sums.Length == 1 ? 0 : channels.Of(start + i)].Add(derivatives[i]);
            kernel.BackwardPerElement(block, values[..count], upstream, dx.Slice(start, count));
        }
        for (int channel = 0; channel < sums.Length; channel++)
            dparameter[channel] = sums[channel].Value;
    }

    private static ChannelLayout Check<T>(int length, ReadOnlySpan<int> shape, ReadOnlySpan<T> parameter)
        where T : unmanaged
    {
        ChannelLayout channels = new(shape, length);
        if (parameter.Length != 1 && parameter.Length != channels.Count)
        {
            throw new ArgumentException(
                $"parameter has {parameter.Length} values; it must have one, or one for each of the {channels.Count} channels.",
                nameof(parameter));
        }
        return channels;
    }
}
