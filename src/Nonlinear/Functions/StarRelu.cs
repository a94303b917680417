using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The square of ReLU, scaled and shifted to mean 0 and variance 1: s · max(x, 0)² + b.</summary>
public readonly partial struct StarRelu : IElementwise<StarRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("star_relu", "StarReLU")
    {
        Family = ActivationFamily.Rectifier,
        Source = "W. Yu et al., MetaFormer Baselines for Vision, 2022, arXiv:2210.13452",
        Parameters =
        [
            new("scale", "s", 0.8944)
            {
                Learnable = true,
                Examples = [0.5, 0.8944, 1],
            },
            new("bias", "b", -0.4472)
            {
                Learnable = true,
                Examples = [-0.4472, 0],
            },
        ],
        Kinks = [0],
        Smoothness = 1,
        AtMinusInfinity = -0.4472,
        FigureRange = (-2, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
{
        V positive = V.PositivePart(x);
        return V.MultiplyAdd(p[0], positive * positive, p[1]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 2 * p[0] * V.PositivePart(x);
}

public partial class Activation
{
    /// <summary>StarReLU, with the paper's scale and bias by default.</summary>
    /// <param name="scale">s</param>
    /// <param name="bias">b</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ElementwiseActivation StarRelu(double scale = 0.8944, double bias = -0.4472) =>
        ElementwiseActivation.Create<StarRelu>(scale, bias);
}
