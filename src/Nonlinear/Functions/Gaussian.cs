using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A bell curve, e^(-βx²).</summary>
public readonly partial struct Gaussian : IElementwise<Gaussian>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gaussian", "Gaussian")
    {
        Source = "D. S. Broomhead, D. Lowe, Multivariable Functional Interpolation and Adaptive Networks, 1988",
        Family = ActivationFamily.Plain,
        Parameters =
        [
            new("beta", "β", 1)
            {
                Minimum = 0,
                Examples = [0.5, 1, 2],
            },
        ],
        Aliases = ["bell"],
        Monotone = false,
        AtPlusInfinity = 0,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Exp(-(p[0] * (x * x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -2 * p[0] * x * V.Exp(-(p[0] * (x * x)));
}

public partial class Activation
{
    /// <summary>A bell curve, e^(-βx²).</summary>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Gaussian(double beta = 1) => ElementwiseActivation.Create<Gaussian>(beta);
}
