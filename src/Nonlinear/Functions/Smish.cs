using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the tanh of log(1 + σ(x)).</summary>
public readonly partial struct Smish : IElementwise<Smish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("smish", "Smish")
    {
        Source = "X. Wang, H. Ren, A. Wang, Smish: A Novel Activation Function for Deep Learning Methods, Electronics 11(4) 540, 2022",
        Family = ActivationFamily.Gate,
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * V.Tanh(V.Log1pOfFraction(V.Sigmoid(x)));
}

public partial class Activation
{
    /// <summary>The argument gated by the tanh of log(1 + σ(x)).</summary>
    public static ElementwiseActivation Smish() => ElementwiseActivation.Create<Smish>();
}
