using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>SiTU-GLU: SwiGLU whose two factors are bent to stay bounded, β₁ tanh(gate / β₁) σ(gate) · β₂ tanh(value / β₂).</summary>
public readonly partial struct SituGlu : IGated<SituGlu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("situ_glu", "SiTU-GLU")
    {
        Source = "Moonshot AI, Kimi K3, 2026; as situglu in TransformerEngine",
        Family = ActivationFamily.GatedUnit,
        Parameters =
        [
            new("beta", "β", 4) { Positive = true, Examples = [1, 4] },
            new("linear_beta", "β₂", 25) { Positive = true, Examples = [1, 25] },
        ],
        Aliases = ["situglu"],
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gate<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(p[0] * V.Tanh(gate / p[0]), gate);

    // Left of 0 the two terms cancel about the zero of the slope.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GateDerivative<V>(V gate, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V ratio = gate / p[0];
        return V.CancellingSum(
            V.TimesSigmoid(V.TanhDerivative(ratio), gate), p[0] * V.Tanh(ratio) * V.SigmoidDerivative(gate));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => p[1] * V.Tanh(value / p[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ValueDerivative<V>(V value, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhDerivative(value / p[1]);
}

public partial class Activation
{
    /// <summary>SiTU-GLU: β tanh(gate / β) σ(gate) · β₂ tanh(value / β₂).</summary>
    /// <param name="beta">The bound of the gate's factor.</param>
    /// <param name="linearBeta">The bound of the value's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not a finite number above 0.</exception>
    public static GatedActivation SituGlu(double beta = 4, double linearBeta = 25) => GatedActivation.Create<SituGlu>(beta, linearBeta);
}
