using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Gaussian error linear unit, x · Φ(x) with the standard normal distribution function Φ.</summary>
public readonly partial struct Gelu : IElementwise<Gelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gelu", "GELU")
    {
        Family = ActivationFamily.Tutorial,
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415",
        Aliases = ["gelu(approximate=none)", "gelu(approximate=false)"],
        Monotone = false,
        FastUlps = 6,
        FigureRange = (-5, 5),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesNormalCdf(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalGateDerivative(x);
}

public partial class Activation
{
    /// <summary>The exact Gaussian error linear unit.</summary>
    public static ElementwiseActivation Gelu() => ElementwiseActivation.Create<Gelu>();
}
