namespace Nonlinear.Explorer;

/// <summary>
/// Attention's softmax of a small matrix of logits, a row for each query and a column for each key, in the library's floats.
/// </summary>
/// <param name="keys">How many keys there are.</param>
/// <param name="scale">What logits are multiplied by.</param>
/// <param name="softcap">The bound c of c · tanh(scale · logit / c); infinity for none.</param>
/// <param name="isCausal">Whether a query sees only the keys up to its own.</param>
/// <param name="sink">An extra logit of each query that takes its share; NaN for none.</param>
internal sealed class SmallAttention(int keys, double scale, double softcap, bool isCausal, double sink)
{
    private readonly AttentionSoftmax _softmax = Softmax(scale, softcap, isCausal ? 0 : null);

    private bool HasSink => !double.IsNaN(sink);

    private float[] Sinks => HasSink ? [(float)sink] : [];

    /// <summary>How many keys a query sees.</summary>
    public int Seen(int query) => isCausal ? Math.Min(keys, query + 1) : keys;

    /// <summary>The share of each key, query by query.</summary>
    public float[] Shares(double[] logits)
    {
        float[] shares = new float[logits.Length];
        _softmax.Forward<float>(Array.ConvertAll(logits, logit => (float)logit), shares, Shape(logits), default, Sinks);
        return shares;
    }

    /// <summary>The share that each query's sink takes.</summary>
    /// <remarks>
    /// What all other shares leave of 1 is no good answer where they leave next to nothing. So the sink stands as a key before all others,
    /// with a score of 0 to which a mask adds it: neither scale nor cap touches that.
    /// </remarks>
    public float[] SinkShares(double[] logits)
    {
        int queries = logits.Length / keys, wide = keys + 1;
        if (!HasSink)
            return new float[queries];
        float[] scores = new float[queries * wide], added = new float[wide];
        added[0] = (float)sink;
        for (int i = 0; i < logits.Length; i++)
            scores[(i / keys * wide) + 1 + (i % keys)] = (float)logits[i];
        Softmax(scale, softcap, isCausal ? 1 : null).Forward<float>(
            scores, scores, new(1, 1, queries, wide), AttentionMask.Added<float>(added, new(1, 1, 1, wide)));
        return [.. Enumerable.Range(0, queries).Select(query => scores[query * wide])];
    }

    /// <summary>The slopes of a share by all logits, query by query, and by the sink.</summary>
    public (float[] ByLogits, float BySink) Slopes(double[] logits, int query, int key)
    {
        float[] slopes = new float[logits.Length], upstream = new float[logits.Length], bySink = new float[HasSink ? 1 : 0];
        upstream[(query * keys) + key] = 1;
        _softmax.Backward<float>(
            Array.ConvertAll(logits, logit => (float)logit), upstream, slopes, Shape(logits), default, Sinks, bySink);
        return (slopes, bySink is [var slope] ? slope : 0);
    }

    private static AttentionSoftmax Softmax(double scale, double softcap, int? causalOffset) =>
        new() { Scale = scale, Softcap = softcap, CausalOffset = causalOffset };

    private AttentionShape Shape(double[] logits) => new(1, 1, logits.Length / keys, keys);
}
