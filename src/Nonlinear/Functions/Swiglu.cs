namespace Nonlinear;

/// <summary>SwiGLU: the value times the swish of the gate, gate · σ(β · gate) · value.</summary>
public readonly struct Swiglu : IGatedBy<Swiglu, Swish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("swiglu", "SwiGLU")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
        Parameters = [new("beta", "β", 1) { Examples = [0.25, 1, 4] }],
        Aliases = ["silu_and_mul"],
        Monotone = false,
    };
}

public partial class Activation
{
    /// <summary>SwiGLU, gate · σ(β · gate) · value.</summary>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not finite.</exception>
    public static GatedActivation Swiglu(double beta = 1) => GatedActivation.Create<Swiglu>(beta);
}
