using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A straight line held between 0 and 1: min(max(αx + β, 0), 1).</summary>
/// <remarks>
/// <para>At the default parameters α is one sixth, and not the double next to it, as the frameworks' documentation has it: x/6 + ½, which
/// comes to 0 and 1 at -3 and 3 exactly. Any other α is the double that it is.</para>
/// <para>At both bounds the derivative is 0, as in PyTorch and JAX.</para>
/// </remarks>
public readonly partial struct HardSigmoid : IElementwise<HardSigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_sigmoid", "Hard sigmoid")
    {
        Family = ActivationFamily.Bounded,
        Source = "A. Howard et al., Searching for MobileNetV3, 2019, arXiv:1905.02244",
        Parameters =
        [
            new("alpha", "α", 1.0 / 6)
            {
                Examples = [1.0 / 6, 0.2, 0.5],
            },
            new("beta", "β", 0.5)
            {
                Examples = [0.25, 0.5],
            },
        ],
        KinksWhen = p => p[0] == 0 ? [] : [Math.Min(-p[1] / p[0], (1 - p[1]) / p[0]), Math.Max(-p[1] / p[0], (1 - p[1]) / p[0])],
        Smoothness = 0,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(
            p[2],
            0,
            V.Min(V.PositivePart(x + 3), 6) / 6,
            V.Min(V.PositivePart(V.MultiplyAdd(p[0], x, p[1])), 1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => Pieces(x, p, 0, V.SelectGreater(p[2], 0, (V)1 / 6, p[0]), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ParameterDerivative<V>(int parameter, V x, in Parameters<V> p)
        where V : struct, IReal<V> => Pieces(x, p, 0, parameter == 0 ? x : 1, 0);

    // What belongs to the three pieces; at both bounds it is that of the flat one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Pieces<V>(V x, in Parameters<V> p, V below, V between, V above)
        where V : struct, IReal<V>
    {
        // Which side of a bound the line is on, a difference tells that is rounded once.
        V line = V.MultiplyAdd(p[0], x, p[1]), beyond = V.MultiplyAdd(p[0], x, p[1] - 1);
        return V.SelectGreater(
            p[2],
            0,
            V.Select(x > -3, V.Select(x < 3, between, above), below),
            V.Select(line > 0, V.Select(beyond < 0, between, above), below));
    }
}

public partial class Activation
{
    /// <summary>Hard sigmoid; at the defaults x/6 + ½ with true sixths.</summary>
    /// <param name="alpha">α, the slope</param>
    /// <param name="beta">β, the value at 0</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    public static ElementwiseActivation HardSigmoid(double alpha = 1.0 / 6, double beta = 0.5) =>
        ElementwiseActivation.Create<HardSigmoid>(alpha, beta);
}
