using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The unit step: 1 above 0, 0 elsewhere.</summary>
/// <remarks>
/// At 0 it is 0, as in ggml: it is the derivative of ReLU. MLX says 1 there, but has 0. NaN stays NaN. The derivative
/// is 0 everywhere, at 0 as well.
/// </remarks>
public readonly partial struct Step : IElementwise<Step>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("step", "Step")
    {
        Family = ActivationFamily.Threshold,
        Source = "W. McCulloch, W. Pitts, A Logical Calculus of the Ideas Immanent in Nervous Activity, 1943",
        Aliases = ["heaviside"],
        Kinks = [0],
        Smoothness = -1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, 1, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => 0;
}

public partial class Activation
{
    /// <summary>The unit step.</summary>
    public static ElementwiseActivation Step() => ElementwiseActivation.Create<Step>();
}
