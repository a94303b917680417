namespace Nonlinear;

/// <summary>GEGLU: the value times the GELU of the gate.</summary>
public readonly partial struct Geglu : IGatedBy<Geglu, Gelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("geglu", "GEGLU")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
        Aliases = ["geglu_erf"],
        FastUlps = 6,
        Monotone = false,
    };
}

public partial class Activation
{
    /// <summary>GEGLU, gate · Φ(gate) · value.</summary>
    public static GatedActivation Geglu() => GatedActivation.Create<Geglu>();
}
