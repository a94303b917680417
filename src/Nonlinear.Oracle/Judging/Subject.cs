namespace Nonlinear.Oracle.Judging;

/// <summary>What is judged: a function or its derivative, computed in a tier, on a type.</summary>
/// <param name="Activation">The function, in its tier.</param>
/// <param name="Derivative">Its derivative instead of itself.</param>
/// <param name="Format">The type.</param>
public sealed record Subject(ElementwiseActivation Activation, bool Derivative, NumberFormat Format)
{
    /// <summary>What the library promises of it.</summary>
    public Guarantee Guarantee => Guarantee.Of(Activation, Format.Type);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Activation.Exact}{(Derivative ? "′" : "")} {(Activation.Tier == Tier.Fast ? "fast " : "")}{Format.Name}";
}
