namespace Nonlinear;

/// <summary>GEGLU (tanh): the value times GELU's approximation by tanh, of the gate.</summary>
public readonly struct GegluTanh : IGatedBy<GegluTanh, GeluTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("geglu_tanh", "GEGLU (tanh)")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
        Monotone = false,
    };
}

public partial class Activation
{
    /// <summary>GEGLU (tanh), gate · σ(2√(2/π) (gate + 0.044715 gate³)) · value.</summary>
    public static GatedActivation GegluTanh() => GatedActivation.Create<GegluTanh>();
}
