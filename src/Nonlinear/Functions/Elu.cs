using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Exponential linear unit: the identity above zero, a scaled exponential below.</summary>
public readonly partial struct Elu : IElementwise<Elu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("elu", "ELU")
    {
        Family = ActivationFamily.Tutorial,
        Source = "D.-A. Clevert, T. Unterthiner, S. Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units, 2015, "
            + "arXiv:1511.07289",
        Parameters =
        [
            new("alpha", "α", 1)
            {
                Minimum = 0,
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
        where V : struct, IReal<V> => V.SelectGreater(x, 0, x, p[0] * V.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 1, p[0] * V.Exp(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, y + p[0]);
}

public partial class Activation
{
    /// <summary>The exponential linear unit.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or out of its range.</exception>
    public static ElementwiseActivation Elu(double alpha = 1) => ElementwiseActivation.Create<Elu>(alpha);
}
