using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The distribution function of a normal law, Φ((x - μ) / σ), close to a squared ReLU.</summary>
public readonly struct Laplace : IElementwise<Laplace>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("laplace", "Laplace")
    {
        Source = "X. Ma et al., Mega: Moving Average Equipped Gated Attention, 2022, arXiv:2209.10655",
        Family = ActivationFamily.Bounded,
        Parameters =
        [
            new("mu", "μ", 0.707107),
            new("sigma", "σ", 0.282095)
            {
                Positive = true,
                Examples = [0.282095, 0.5, 1],
            },
        ],
        AtPlusInfinity = 1,
        FigureRange = (-1, 2),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalCdf((x - p[0]) / p[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalPdf((x - p[0]) / p[1]) / p[1];
}

public partial class Activation
{
    /// <summary>The distribution function of a normal law, Φ((x - μ) / σ), close to a squared ReLU.</summary>
    /// <param name="mu">μ</param>
    /// <param name="sigma">σ</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Laplace(double mu = 0.707107, double sigma = 0.282095) =>
        ElementwiseActivation.Create<Laplace>(mu, sigma);
}
