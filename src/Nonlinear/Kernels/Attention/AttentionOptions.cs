namespace Nonlinear.Kernels;

/// <summary>What <see cref="AttentionSoftmax"/> was told.</summary>
internal readonly record struct AttentionOptions(double Scale, double Softcap, int? CausalOffset, int? Window, bool IsLogarithmic)
{
    /// <summary>The probability of a key that takes no part, or its logarithm.</summary>
    public double Nothing => IsLogarithmic ? double.NegativeInfinity : 0;

    public bool IsCapped => double.IsFinite(Softcap);

    /// <summary>The keys that a query may see: from the first to before the second.</summary>
    public (int From, int To) Visible(int query, int keys)
    {
        if (CausalOffset is not { } offset)
            return (0, keys);
        long end = (long)query + offset + 1;
        int to = (int)Math.Clamp(end, 0, keys), from = Window is { } window ? (int)Math.Clamp(end - window, 0, to) : 0;
        return (from, to);
    }
}
