using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the tanh of its exponential, x · tanh(eˣ).</summary>
public readonly partial struct Telu : IElementwise<Telu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("telu", "TeLU")
    {
        Source = "A. Fernandez, A. Mali, TeLU Activation Function for Fast and Stable Deep Learning, 2024, arXiv:2412.20269",
        Family = ActivationFamily.Gate,
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * V.Tanh(V.Exp(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(V.Exp(x)) + (x * V.Exp(x) * V.TanhDerivative(V.Exp(x)));
}

public partial class Activation
{
    /// <summary>The argument gated by the tanh of its exponential, x · tanh(eˣ).</summary>
    public static ElementwiseActivation Telu() => ElementwiseActivation.Create<Telu>();
}
