using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Snake with the height of its ripple apart, x + sin²(αx) / β.</summary>
public readonly partial struct SnakeBeta : IElementwise<SnakeBeta>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("snake_beta", "SnakeBeta")
    {
        Source = "S. Lee et al., BigVGAN: A Universal Neural Vocoder with Large-Scale Training, 2022, arXiv:2206.04658",
        Family = ActivationFamily.Rectifier,
        Parameters =
        [
            new("alpha", "α", 1)
            {
                Positive = true,
                Learnable = true,
                Examples = [0.5, 1, 2],
            },
            new("beta", "β", 1)
            {
                Positive = true,
                Learnable = true,
                Examples = [0.5, 1, 2],
            },
        ],
        AtMinusInfinity = double.NegativeInfinity,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V sine = V.SinOfProduct(p[0], x);
        return x + (sine * sine / p[1]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 1 + (p[0] / p[1] * V.SinOfProduct(2 * p[0], x));
}

public partial class Activation
{
    /// <summary>Snake with the height of its ripple apart, x + sin²(αx) / β.</summary>
    /// <param name="alpha">α</param>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation SnakeBeta(double alpha = 1, double beta = 1) =>
        ElementwiseActivation.Create<SnakeBeta>(alpha, beta);
}
