namespace Nonlinear;

/// <summary>Squared ReGLU: the value times the square of the gate's positive part.</summary>
public readonly struct RegluSquared : IGatedBy<RegluSquared, ReluSquared>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("reglu_squared", "Squared ReGLU")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
        Aliases = ["sreglu", "relu_squared_glu"],
        Kinks = [0],
        Smoothness = 1,
    };
}

public partial class Activation
{
    /// <summary>Squared ReGLU, max(gate, 0)² · value.</summary>
    public static GatedActivation RegluSquared() => GatedActivation.Create<RegluSquared>();
}
