using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The hyperbolic tangent, stretched both ways: α · tanh(βx).</summary>
public readonly partial struct ScaledTanh : IElementwise<ScaledTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("scaled_tanh", "Scaled tanh")
    {
        Source = "Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998",
        Family = ActivationFamily.Bounded,
        Parameters =
        [
            new("alpha", "α", 1.7159),
            new("beta", "β", 2 / 3.0)
            {
                Examples = [0.5, 2 / 3.0, 1],
            },
        ],
        Aliases = ["stanh"],
        AtMinusInfinity = -1.7159,
        AtPlusInfinity = 1.7159,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.Tanh(p[1] * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * p[1] * V.TanhDerivative(p[1] * x);
}

public partial class Activation
{
    /// <summary>The hyperbolic tangent, stretched both ways: α · tanh(βx).</summary>
    /// <param name="alpha">α</param>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation ScaledTanh(double alpha = 1.7159, double beta = 2 / 3.0) =>
        ElementwiseActivation.Create<ScaledTanh>(alpha, beta);
}
