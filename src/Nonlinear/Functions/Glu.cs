namespace Nonlinear;

/// <summary>GLU: the value times the sigmoid of the gate.</summary>
public readonly struct Glu : IGatedBy<Glu, Sigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("glu", "GLU")
    {
        Source = "Y. N. Dauphin, A. Fan, M. Auli, D. Grangier, Language Modeling with Gated Convolutional Networks, 2017, arXiv:1612.08083",
        Family = ActivationFamily.GatedUnit,
        Aliases = ["gated_linear_unit"],
    };
}

public partial class Activation
{
    /// <summary>GLU, σ(gate) · value.</summary>
    public static GatedActivation Glu() => GatedActivation.Create<Glu>();

    /// <summary>A gated unit by any elementwise function, f(gate) · value: SwiGLU by swish, and so on.</summary>
    /// <param name="gate">The function of the gate, with its parameters.</param>
    public static GatedActivation Glu(ElementwiseActivation gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return GatedActivation.By(gate);
    }
}
