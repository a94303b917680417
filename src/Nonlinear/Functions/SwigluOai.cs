using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>
/// The SwiGLU of gpt-oss: with g = min(gate, limit), g · σ(αg) · (value + offset), the value held between -limit and limit.
/// </summary>
/// <remarks>
/// What goes by this name elsewhere may bound after the swish (<see cref="SwigluStep"/>) or leave out the 1 that is added to the value.
/// At a bound the slope is 0.
/// </remarks>
public readonly partial struct SwigluOai : IGated<SwigluOai>
{
    private const double UsualAlpha = 1.702;

    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("swiglu_oai", "SwiGLU (gpt-oss)")
    {
        Source = "OpenAI, gpt-oss-120b & gpt-oss-20b Model Card, 2025, arXiv:2508.10925",
        Family = ActivationFamily.GatedUnit,
        Parameters =
        [
            new("alpha", "α", UsualAlpha),
            new("limit", "L", 7) { Positive = true, Examples = [1, 7] },
            new("offset", "c", 1),
        ],
        Aliases = ["clamped_swiglu"],
        Monotone = false,
        KinksWhen = parameters => [parameters[1]],
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gate<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V bounded = V.Min(gate, p[1]);
        return V.TimesSigmoid(bounded, p[0] * bounded);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GateDerivative<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(gate < p[1], V.SigmoidGateDerivative(p[0] * gate), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.Max(value, -p[1]), p[1]) + p[2];

    // The zero keeps NaN, of which comparisons would make a slope.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ValueDerivative<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(V.Abs(value) < p[1], 1, 0 * V.Min(V.Max(value, -p[1]), p[1]));
}

public partial class Activation
{
    /// <summary>The SwiGLU of gpt-oss: with g = min(gate, limit), g · σ(αg) · (value + offset), the value held within ±limit.</summary>
    /// <param name="alpha">α</param>
    /// <param name="limit">The bound of the gate, and of the value's size.</param>
    /// <param name="offset">What is added to the value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or the limit not above 0.</exception>
    public static GatedActivation SwigluOai(double alpha = 1.702, double limit = 7, double offset = 1) =>
        GatedActivation.Create<SwigluOai>(alpha, limit, offset);
}
