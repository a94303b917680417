using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Continuously differentiable exponential linear unit: the identity above zero, α (exp(x/α) - 1) below.</summary>
public readonly partial struct Celu : IElementwise<Celu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("celu", "CELU")
    {
        Family = ActivationFamily.Rectifier,
        Source = "J. T. Barron, Continuously Differentiable Exponential Linear Units, 2017, arXiv:1704.07483",
        Parameters =
        [
            new("alpha", "α", 1)
            {
                Minimum = 1e-30,
                Examples = [0.5, 1, 2],
            },
        ],
        Kinks = [0],
        Smoothness = 1,
        AtMinusInfinity = -1,
        DerivativeFromOutput = true,
        FigureRange = (-5, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, x, p[0] * V.Expm1(x / p[0]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 1, V.Exp(x / p[0]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 0, V.Expm1(x / p[0]) - (x * V.Exp(x / p[0]) / p[0]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, (y + p[0]) / p[0]);
}

public partial class Activation
{
    /// <summary>The continuously differentiable exponential linear unit.</summary>
    /// <param name="alpha">α, above 0</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or out of its range.</exception>
    public static ElementwiseActivation Celu(double alpha = 1) => ElementwiseActivation.Create<Celu>(alpha);
}
