using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>GELU by a sigmoid, x · σ(αx) with α = 1.702: swish by another name.</summary>
public readonly partial struct QuickGelu : IElementwise<QuickGelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("quick_gelu", "Quick GELU")
    {
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415",
        Family = ActivationFamily.Gate,
        Parameters =
        [
            new("alpha", "α", 1.702),
        ],
        Aliases = ["gelu_sigmoid", "qgelu"],
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(x, p[0] * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidGateDerivative(p[0] * x);
}

public partial class Activation
{
    /// <summary>GELU by a sigmoid, x · σ(αx) with α = 1.702: swish by another name.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation QuickGelu(double alpha = 1.702) => ElementwiseActivation.Create<QuickGelu>(alpha);
}
