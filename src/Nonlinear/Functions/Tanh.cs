using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The hyperbolic tangent, (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ).</summary>
public readonly partial struct Tanh : IElementwise<Tanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("tanh", "Tanh")
    {
        Family = ActivationFamily.Tutorial,
        Source = "Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998",
        Aliases = ["hyperbolic_tangent"],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
        FigureRange = (-5, 5),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhDerivative(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.MultiplyAdd(-y, y, 1);
}

public partial class Activation
{
    /// <summary>The hyperbolic tangent.</summary>
    public static ElementwiseActivation Tanh() => ElementwiseActivation.Create<Tanh>();
}
