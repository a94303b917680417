using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A hyperbolic tangent in the place of a normalisation, γ · tanh(αx) + β.</summary>
public readonly partial struct DynamicTanh : IElementwise<DynamicTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("dyt", "Dynamic tanh")
    {
        Source = "J. Zhu et al., Transformers without Normalization, 2025, arXiv:2503.10622",
        Family = ActivationFamily.Bounded,
        Parameters =
        [
            new("alpha", "α", 0.5)
            {
                Learnable = true,
                Examples = [0.25, 0.5, 1],
            },
            new("gamma", "γ", 1)
            {
                Learnable = true,
            },
            new("beta", "β", 0)
            {
                Learnable = true,
            },
        ],
        Aliases = ["dynamic_tanh"],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.CancellingSum(p[1] * V.Tanh(p[0] * x), p[2]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * p[1] * V.TanhDerivative(p[0] * x);
}

public partial class Activation
{
    /// <summary>A hyperbolic tangent in the place of a normalisation, γ · tanh(αx) + β.</summary>
    /// <param name="alpha">α</param>
    /// <param name="gamma">γ</param>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation DynamicTanh(double alpha = 0.5, double gamma = 1, double beta = 0) =>
        ElementwiseActivation.Create<DynamicTanh>(alpha, gamma, beta);
}
