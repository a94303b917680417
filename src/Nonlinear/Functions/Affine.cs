using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A straight line, αx + β.</summary>
public readonly partial struct Affine : IElementwise<Affine>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("affine", "Affine")
    {
        Family = ActivationFamily.Plain,
        Source = "H. Touvron et al., ResMLP: Feedforward networks for image classification with data-efficient training, "
            + "2021, arXiv:2105.03404",
        Parameters =
        [
            new("alpha", "α", 1)
            {
                Learnable = true,
                Examples = [0.5, 1, 2],
            },
            new("beta", "β", 0)
            {
                Learnable = true,
                Examples = [-1, 0, 1],
            },
        ],
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.MultiplyAdd(p[0], x, p[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => p[0];
}

public partial class Activation
{
    /// <summary>A straight line.</summary>
    /// <param name="alpha">α, the slope</param>
    /// <param name="beta">β, the value at 0</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ElementwiseActivation Affine(double alpha = 1, double beta = 0) => ElementwiseActivation.Create<Affine>(alpha, beta);
}
