namespace Nonlinear.Kernels;

/// <summary>Sums over the rows of row-major tensors whose channels come last.</summary>
internal static class ChannelSums
{
    // Fewer channels than this are not worth a call for each row.
    private const int Few = 16;

    /// <summary>Adds each channel's values to its sum, one row after another, for the part of a tensor that starts at a position.</summary>
    /// <remarks>Channels do not touch each other, so that those side by side may share a vector.</remarks>
    public static void Add<T>(ReadOnlySpan<T> values, int position, Span<double> sums)
        where T : unmanaged
    {
        int channel = position % sums.Length;
        if (sums.Length < Few)
        {
            foreach (T value in values)
            {
                sums[channel] += Additions.ToDouble(value);
                channel = channel + 1 == sums.Length ? 0 : channel + 1;
            }
            return;
        }
        for (int i = 0, run; i < values.Length; i += run, channel = 0)
        {
            run = Math.Min(sums.Length - channel, values.Length - i);
            Additions.AddTo(values.Slice(i, run), sums.Slice(channel, run));
        }
    }
}
