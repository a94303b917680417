using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the tanh of its softplus, x · tanh(log(1 + eˣ)).</summary>
public readonly partial struct Mish : IElementwise<Mish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("mish", "Mish")
    {
        Family = ActivationFamily.Tutorial,
        Source = "D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2019, arXiv:1908.08681",
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesTanhSoftplus(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhSoftplusGateDerivative(x);
}

public partial class Activation
{
    /// <summary>Mish.</summary>
    public static ElementwiseActivation Mish() => ElementwiseActivation.Create<Mish>();
}
