namespace Nonlinear.Explorer;

/// <summary>
/// What is said of a query and of one of its shares, each word by a rule about what was measured: how many keys the query attends to, and
/// how much of a gradient passes.
/// </summary>
internal static class AttentionVerdict
{
    /// <summary>From this share on the sink takes most.</summary>
    public const double Most = 0.5;

    /// <summary>An entropy within this of either end, as parts of the greatest possible: one key, or all alike.</summary>
    public const double EndOfEntropy = 0.05;

    /// <summary>Below this part of the steepest slope that a share can have, hardly any gradient passes.</summary>
    public const double Flat = 0.01;

    /// <summary>Judges a query.</summary>
    /// <param name="shares">The shares of the keys that it sees.</param>
    /// <param name="sink">The share of its sink.</param>
    /// <returns>
    /// A word, and the number that it rests on: the sink's share for <c>sink</c>; the key's share for <c>single</c>; otherwise as how many
    /// equal keys the query attends to, e to the power of the entropy.
    /// </returns>
    public static (string Word, double Number) OfQuery(IReadOnlyList<float> shares, double sink)
    {
        if (sink >= Most)
            return ("sink", sink);
        if (shares.Count == 1)
            return ("single", shares[0]);
        double all = shares.Sum(share => (double)share),
            entropy = -shares.Where(share => share > 0).Sum(share => share / all * Math.Log(share / all)),
            part = entropy / Math.Log(shares.Count);
        return (part < EndOfEntropy ? "one" : part > 1 - EndOfEntropy ? "uniform" : "some", Math.Exp(entropy));
    }

    /// <summary>Judges how a share answers to the logits.</summary>
    /// <param name="slopes">Its slopes by the logits of its query.</param>
    /// <param name="isSeen">Whether the query sees the key at all.</param>
    /// <param name="scale">What logits are multiplied by: a share has a slope of at most a quarter of that.</param>
    /// <returns>A word, and the largest slope as a part of the largest possible.</returns>
    public static (string Word, double Number) OfShare(IReadOnlyList<float> slopes, bool isSeen, double scale)
    {
        if (!isSeen)
            return ("masked", 0);
        double part = slopes.Max(slope => Math.Abs((double)slope)) / (Math.Abs(scale) / 4);
        return (part < Flat ? "flat" : "passes", part);
    }
}
