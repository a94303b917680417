namespace Nonlinear.Kernels;

/// <summary>One call of <see cref="CrossEntropy"/>: its spans, for all rows or some.</summary>
/// <param name="options">What it was told.</param>
/// <param name="logits">Rows × classes.</param>
/// <param name="targets">The right class of each row; or empty.</param>
/// <param name="soft">Probabilities in its place.</param>
/// <param name="rows">The number of rows.</param>
internal readonly ref struct CrossEntropyCall<T>(
    CrossEntropyOptions options, ReadOnlySpan<T> logits, ReadOnlySpan<int> targets, ReadOnlySpan<T> soft, int rows)
    where T : unmanaged
{
    public readonly CrossEntropyOptions Options = options;
    public readonly ReadOnlySpan<T> Logits = logits, Soft = soft;
    public readonly ReadOnlySpan<int> Targets = targets;
    public readonly int Rows = rows;

    /// <summary>Receives losses; or empty.</summary>
    public Span<T> Losses { get; init; }

    /// <summary>Receives losses that are not rounded; or empty.</summary>
    public Span<double> ExactLosses { get; init; }

    /// <summary>Receives gradients if they are asked for.</summary>
    public Span<T> Gradients { get; init; }

    public bool HasGradients { get; init; }

    /// <summary>What gradients are multiplied by.</summary>
    public double Scale { get; init; }

    public int Classes => Rows == 0 ? 0 : Logits.Length / Rows;

    public CrossEntropyCall<T> WithExactLosses(Span<double> losses) => new(Options, Logits, Targets, Soft, Rows)
    {
        ExactLosses = losses,
        Gradients = Gradients,
        HasGradients = HasGradients,
        Scale = Scale,
    };

    /// <summary>Refuses what does not fit.</summary>
    public void Check()
    {
        bool isSoft = Targets.Length != Rows || !Soft.IsEmpty;
        if (Logits.Length != Classes * Rows || (Classes == 0 && Rows > 0) || (Rows == 0 && !Logits.IsEmpty))
        {
            throw new ArgumentException(
                $"logits has {Logits.Length} elements; it must have as many, and at least one, for each of the {Rows} rows.", "logits");
        }
        if (isSoft)
            Guard.Length(Logits.Length, Soft.Length, "targets");
        if (Options.ClassWeights.Length > 0 && Rows > 0)
            Guard.Length(Classes, Options.ClassWeights.Length, nameof(Options.ClassWeights));
        if (ExactLosses.IsEmpty)
            Guard.Length(Rows, Losses.Length, "losses");
        Guard.Apart(Logits, Losses, "losses");
        Guard.Apart(Targets, Losses, "losses");
        Guard.Apart(Soft, Losses, "losses");
        if (HasGradients)
        {
            Guard.Length(Logits.Length, Gradients.Length, "dlogits");
            Guard.Overlap(Logits, Gradients, "dlogits");
            Guard.Apart(Targets, Gradients, "dlogits");
            Guard.Apart(Soft, Gradients, "dlogits");
            Guard.Apart<T, T>(Losses, Gradients, "dlogits");
        }
    }
}
