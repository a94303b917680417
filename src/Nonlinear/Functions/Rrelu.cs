using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Randomised leaky ReLU as it is after training: x above 0, below it x times the mean of the slopes, (l + u)/2.</summary>
/// <remarks>At 0 the derivative is (l + u)/2, as in PyTorch.</remarks>
public readonly partial struct Rrelu : IElementwise<Rrelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("rrelu", "RReLU")
    {
        Family = ActivationFamily.Rectifier,
        Source = "B. Xu, N. Wang, T. Chen, M. Li, Empirical Evaluation of Rectified Activations in Convolutional Network, "
            + "2015, arXiv:1505.00853",
        Parameters =
        [
            new("lower", "l", 1.0 / 8)
            {
                Examples = [0, 1.0 / 8],
            },
            new("upper", "u", 1.0 / 3)
            {
                Examples = [0.25, 1.0 / 3],
            },
        ],
        Aliases = ["randomized_leaky_relu"],
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = p => p[0] + p[1] > 0,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, x, 0.5 * (p[0] + p[1]) * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 1, 0.5 * (p[0] + p[1]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, 0.5 * (p[0] + p[1]));
}

public partial class Activation
{
    /// <summary>Randomised leaky ReLU as it is after training.</summary>
    /// <param name="lower">l, the smallest slope in training</param>
    /// <param name="upper">u, the largest</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ElementwiseActivation Rrelu(double lower = 1.0 / 8, double upper = 1.0 / 3) =>
        ElementwiseActivation.Create<Rrelu>(lower, upper);
}
