namespace Nonlinear;

/// <summary>ReGLU: the value times the positive part of the gate.</summary>
public readonly struct Reglu : IGatedBy<Reglu, Relu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("reglu", "ReGLU")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
        Kinks = [0],
        Smoothness = 0,
    };
}

public partial class Activation
{
    /// <summary>ReGLU, max(gate, 0) · value.</summary>
    public static GatedActivation Reglu() => GatedActivation.Create<Reglu>();
}
