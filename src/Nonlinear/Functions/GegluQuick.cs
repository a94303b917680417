namespace Nonlinear;

/// <summary>GEGLU (quick): the value times GELU's approximation by a sigmoid, of the gate.</summary>
public readonly struct GegluQuick : IGatedBy<GegluQuick, QuickGelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("geglu_quick", "GEGLU (quick)")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
        Parameters = [new("alpha", "α", 1.702)],
        Aliases = ["qgeglu"],
        Monotone = false,
    };
}

public partial class Activation
{
    /// <summary>GEGLU (quick), gate · σ(α · gate) · value.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite.</exception>
    public static GatedActivation GegluQuick(double alpha = 1.702) => GatedActivation.Create<GegluQuick>(alpha);
}
