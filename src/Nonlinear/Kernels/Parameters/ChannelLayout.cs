namespace Nonlinear.Kernels;

/// <summary>
/// Which channel a position belongs to, as PyTorch counts them: dimension 1 of the shape, or a single channel if there are fewer than
/// two dimensions.
/// </summary>
internal readonly struct ChannelLayout
{
    private readonly int _inner;

    /// <exception cref="ArgumentException">The shape does not hold the elements.</exception>
    public ChannelLayout(ReadOnlySpan<int> shape, int length)
    {
        TensorShape.Check(shape, length, nameof(shape));
        Count = shape.Length < 2 ? 1 : shape[1];
        _inner = shape.Length < 2 ? Math.Max(length, 1) : Math.Max(TensorShape.Product(shape[2..]), 1);
    }

    /// <summary>The number of channels.</summary>
    public int Count { get; }

    /// <summary>The channel of a position.</summary>
    public int Of(int position) => position / _inner % Count;

    /// <summary>Fills a block with the parameter that each of its positions has; a single value serves all.</summary>
    public void Expand<T>(ReadOnlySpan<T> values, int start, Span<T> expanded)
    {
        if (values.Length == 1)
        {
            expanded.Fill(values[0]);
            return;
        }
        for (int i = 0; i < expanded.Length;)
        {
            int run = Math.Min(_inner - ((start + i) % _inner), expanded.Length - i);
            expanded.Slice(i, run).Fill(values[Of(start + i)]);
            i += run;
        }
    }
}
