using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument and a ripple upon it, x + sin²(αx) / α.</summary>
public readonly partial struct Snake : IElementwise<Snake>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("snake", "Snake")
    {
        Source = "L. Ziyin, T. Hartwig, M. Ueda, Neural Networks Fail to Learn Periodic Functions and How to Fix It, 2020, "
            + "arXiv:2006.08195",
        Family = ActivationFamily.Rectifier,
        Parameters =
        [
            new("alpha", "α", 1)
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
        return x + (sine * sine / p[0]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.OnePlusSinOfProduct(2 * p[0], x);
}

public partial class Activation
{
    /// <summary>The argument and a ripple upon it, x + sin²(αx) / α.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Snake(double alpha = 1) => ElementwiseActivation.Create<Snake>(alpha);
}
