using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>An error function in the place of a normalisation, γ · erf(αx + s) + β.</summary>
public readonly partial struct DynamicErf : IElementwise<DynamicErf>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("derf", "Dynamic erf")
    {
        Source = "M. Chen et al., Stronger Normalization-Free Transformers, 2025, arXiv:2512.10938",
        Family = ActivationFamily.Bounded,
        Parameters =
        [
            new("alpha", "α", 0.5)
            {
                Learnable = true,
                Examples = [0.25, 0.5, 1],
            },
            new("shift", "s", 0)
            {
                Learnable = true,
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
        Aliases = ["dynamic_erf"],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.CancellingSum(p[2] * V.Erf(V.CancellingSum(p[0] * x, p[1])), p[3]);
}

public partial class Activation
{
    /// <summary>An error function in the place of a normalisation, γ · erf(αx + s) + β.</summary>
    /// <param name="alpha">α</param>
    /// <param name="shift">s</param>
    /// <param name="gamma">γ</param>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation DynamicErf(double alpha = 0.5, double shift = 0, double gamma = 1, double beta = 0) =>
        ElementwiseActivation.Create<DynamicErf>(alpha, shift, gamma, beta);
}
