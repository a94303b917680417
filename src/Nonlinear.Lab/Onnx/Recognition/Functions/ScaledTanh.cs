using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The hyperbolic tangent, scaled in both directions.</summary>
internal readonly struct ScaledTanh : IElementwise<ScaledTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("scaled_tanh", "Scaled tanh")
    {
        Source = "Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, Efficient BackProp, 1998",
        Parameters = [new("alpha", "α", 1.7159), new("beta", "β", 2 / 3.0)],
        AtMinusInfinity = -1.7159,
        AtPlusInfinity = 1.7159,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.Tanh(p[1] * x);

    // The derived form, 1 - tanh², cancels far from 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * p[1] * V.TanhDerivative(p[1] * x);
}
