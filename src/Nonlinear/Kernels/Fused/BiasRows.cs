namespace Nonlinear.Kernels;

/// <summary>
/// A value for each channel beside row-major tensors whose channels come last: position p belongs to channel p mod their number.
/// </summary>
/// <param name="bias">The values.</param>
/// <param name="room">Room for copies of them, so that few channels do not make short runs.</param>
internal readonly ref struct BiasRows<T>(ReadOnlySpan<T> bias, Span<T> room)
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _rows = Repeat(bias, room);

    /// <summary>sums[i] = x[i] + bias, for the part of a tensor that starts at a position.</summary>
    public void AddTo(ReadOnlySpan<T> x, int position, Span<T> sums)
    {
        for (int i = 0, at = position % _rows.Length, run; i < x.Length; i += run, at = 0)
        {
            run = Math.Min(_rows.Length - at, x.Length - i);
            VectorAddition.Add(x.Slice(i, run), _rows.Slice(at, run), sums.Slice(i, run));
        }
    }

    private static ReadOnlySpan<T> Repeat(ReadOnlySpan<T> bias, Span<T> room)
    {
        int length = room.Length / bias.Length * bias.Length;
        if (length <= bias.Length)
            return bias;
        for (int start = 0; start < length; start += bias.Length)
            bias.CopyTo(room[start..]);
        return room[..length];
    }
}
