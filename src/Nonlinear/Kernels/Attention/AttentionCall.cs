namespace Nonlinear.Kernels;

/// <summary>One call of <see cref="AttentionSoftmax"/>: its spans, which hold all rows.</summary>
/// <param name="options">What it was told.</param>
/// <param name="shape">The shape of the scores.</param>
/// <param name="source">The scores, or saved results.</param>
/// <param name="upstream">The gradient by the results; empty going forward.</param>
/// <param name="target">Receives results or gradients.</param>
/// <param name="mask">The mask.</param>
/// <param name="sinks">A logit for each head; or empty.</param>
/// <param name="sinkGradients">Receives the gradient by the sink of each row; or empty.</param>
internal readonly ref struct AttentionCall<T>(
    AttentionOptions options,
    AttentionShape shape,
    ReadOnlySpan<T> source,
    ReadOnlySpan<T> upstream,
    Span<T> target,
    AttentionMask<T> mask,
    ReadOnlySpan<T> sinks,
    Span<double> sinkGradients)
    where T : unmanaged
{
    public readonly AttentionOptions Options = options;
    public readonly AttentionShape Shape = shape;
    public readonly ReadOnlySpan<T> Source = source, Upstream = upstream, Sinks = sinks;
    public readonly Span<T> Target = target;
    public readonly AttentionMask<T> Mask = mask;
    public readonly Span<double> SinkGradients = sinkGradients;

    /// <summary>The head of a row.</summary>
    public int HeadOf(int row) => row / Shape.Queries % Shape.Heads;

    /// <summary>The keys that the query of a row may see.</summary>
    public (int From, int To) Visible(int row) => Options.Visible(row % Shape.Queries, Shape.Keys);

    /// <summary>Where that begins which the mask has for some keys of a row, and how much it is: 1 if it holds for all keys.</summary>
    public (int Start, int Count) MaskOf(int row, int from, int count)
    {
        int start = Mask.Shape.StartOfRow(row, Shape);
        return Mask.Shape.Keys == 1 ? (start, 1) : (start + from, count);
    }
}
