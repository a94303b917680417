namespace Nonlinear;

/// <summary>Bilinear unit: the value times the gate as it is.</summary>
public readonly struct Bilinear : IGatedBy<Bilinear, Identity>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("bilinear", "Bilinear unit")
    {
        Source = "N. Shazeer, GLU Variants Improve Transformer, 2020, arXiv:2002.05202",
        Family = ActivationFamily.GatedUnit,
    };
}

public partial class Activation
{
    /// <summary>Bilinear unit, gate · value.</summary>
    public static GatedActivation Bilinear() => GatedActivation.Create<Bilinear>();
}
