using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Leaky ReLU that stays at a bound: min(x, β) above 0, αx below.</summary>
/// <remarks>The derivative is α at 0 and 0 at β.</remarks>
public readonly partial struct ClampedRelu : IElementwise<ClampedRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("clamped_relu", "Clamped ReLU")
    {
        Family = ActivationFamily.Rectifier,
        Source = "A. Hannun et al., Deep Speech: Scaling up end-to-end speech recognition, 2014, arXiv:1412.5567",
        Parameters =
        [
            new("alpha", "α", 0.01)
            {
                Examples = [0, 0.01, 0.1],
            },
            new("beta", "β", 6)
            {
                Minimum = 0,
                Examples = [6, 20],
            },
        ],
        KinksWhen = p => p[0] < 0 ? [p[1] / p[0], 0, p[1]] : [0, p[1]],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        AtPlusInfinity = 6,
        FigureRange = (-4, 10),
    };

    private const double Less = 1.0 / (1L << 62);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, V.Min(x, p[1]), V.Min(p[0] * x, p[1]));

    // The derived form has 0 times x, which is NaN at -∞. A pair of doubles beyond their range cannot be compared, so αx is made smaller.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, V.Select(x < p[1], 1, 0), V.Select(p[0] * (Less * x) < Less * p[1], p[0], 0));
}

public partial class Activation
{
    /// <summary>Leaky ReLU that stays at a bound.</summary>
    /// <param name="alpha">α, the slope below 0</param>
    /// <param name="beta">β, the bound</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of its range.</exception>
    public static ElementwiseActivation ClampedRelu(double alpha = 0.01, double beta = 6) =>
        ElementwiseActivation.Create<ClampedRelu>(alpha, beta);
}
