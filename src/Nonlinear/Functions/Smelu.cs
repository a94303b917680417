using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Smooth ReLU: 0 below -β, x above β, and between them the parabola that joins the two.</summary>
public readonly partial struct Smelu : IElementwise<Smelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("smelu", "SmeLU")
    {
        Family = ActivationFamily.Rectifier,
        Source = "G. I. Shamir, D. Lin, L. Coviello, Smooth activations and reproducibility in deep networks, 2020, arXiv:2010.09931",
        Parameters =
        [
            new("beta", "β", 1)
            {
                Minimum = 1e-30,
                Examples = [0.5, 1, 2],
            },
        ],
        KinksWhen = p => [-p[0], p[0]],
        Smoothness = 1,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
{
        V rise = V.PositivePart(x + p[0]);
        return V.SelectGreater(x, p[0], x, rise * rise / (4 * p[0]));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, p[0], 1, V.PositivePart(x + p[0]) / (2 * p[0]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(V.Abs(x) < p[0], (p[0] - x) * (p[0] + x) / (4 * p[0] * p[0]), 0);
}

public partial class Activation
{
    /// <summary>SmeLU, a ReLU whose corner is a parabola.</summary>
    /// <param name="beta">β, above 0: half the width of the parabola</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not finite or out of its range.</exception>
    public static ElementwiseActivation Smelu(double beta = 1) => ElementwiseActivation.Create<Smelu>(beta);
}
