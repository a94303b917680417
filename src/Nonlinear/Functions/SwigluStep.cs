using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>SwiGLU between bounds: min(swish(gate), limit) times the value, which is held between -limit and limit.</summary>
/// <remarks>The bound comes after the swish; in <see cref="SwigluOai"/> it comes before. At a bound the slope is 0.</remarks>
public readonly partial struct SwigluStep : IGated<SwigluStep>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("swiglu_step", "SwiGLU (clamped)")
    {
        Source = "StepFun, Step-3.5-Flash, 2026; as silu_and_mul_with_clamp in vLLM",
        Family = ActivationFamily.GatedUnit,
        Parameters = [new("limit", "L", 7) { Positive = true, Examples = [1, 7] }],
        Aliases = ["silu_and_mul_with_clamp"],
        Monotone = false,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gate<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.TimesSigmoid(gate, gate), p[0]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GateDerivative<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(V.TimesSigmoid(gate, gate) < p[0], V.SigmoidGateDerivative(gate), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.Max(value, -p[0]), p[0]);

    // The zero keeps NaN, of which comparisons would make a slope.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ValueDerivative<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(V.Abs(value) < p[0], 1, 0 * V.Min(V.Max(value, -p[0]), p[0]));
}

public partial class Activation
{
    /// <summary>SwiGLU between bounds: min(swish(gate), limit) times the value, which is held within ±limit.</summary>
    /// <param name="limit">The bound of the gate's swish, and of the value's size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a finite number above 0.</exception>
    public static GatedActivation SwigluStep(double limit = 7) => GatedActivation.Create<SwigluStep>(limit);
}
