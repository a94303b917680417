using System.Runtime.InteropServices.JavaScript;

namespace Nonlinear.Explorer;

/// <summary>What the page calls to show attention's softmax of a small matrix of logits.</summary>
internal static partial class Exports
{
    /// <summary>The share of each key, query by query, and then the share of each query's sink.</summary>
    [JSExport]
    internal static double[] AttentionShares(double[] logits, int keys, double scale, double softcap, bool isCausal, double sink)
    {
        SmallAttention attention = new(keys, scale, softcap, isCausal, sink);
        return [.. attention.Shares(logits).Concat(attention.SinkShares(logits)).Select(share => (double)share)];
    }

    /// <summary>The slopes of a share by each logit, query by query, and then by the sink.</summary>
    [JSExport]
    internal static double[] AttentionSlopes(
        double[] logits, int keys, double scale, double softcap, bool isCausal, double sink, int query, int key)
    {
        (float[] byLogits, float bySink) = new SmallAttention(keys, scale, softcap, isCausal, sink).Slopes(logits, query, key);
        return [.. byLogits.Append(bySink).Select(slope => (double)slope)];
    }

    /// <summary>What is to be said of a query and of one of its shares: for each a word, and the number it rests on.</summary>
    [JSExport]
    internal static string[] AttentionVerdict(
        double[] logits, int keys, double scale, double softcap, bool isCausal, double sink, int query, int key)
    {
        SmallAttention attention = new(keys, scale, softcap, isCausal, sink);
        int seen = attention.Seen(query), start = query * keys;
        (string Word, double Number)[] said =
        [
            Explorer.AttentionVerdict.OfQuery(
                attention.Shares(logits)[start..(start + seen)], attention.SinkShares(logits)[query]),
            Explorer.AttentionVerdict.OfShare(
                attention.Slopes(logits, query, key).ByLogits[start..(start + keys)], key < seen, scale),
        ];
        return [.. said.SelectMany(each => (string[])[each.Word, FormattableString.Invariant($"{each.Number:R}")])];
    }
}
