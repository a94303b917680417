using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The square root of softplus, √log(1 + eˣ).</summary>
public readonly partial struct SqrtSoftplus : IElementwise<SqrtSoftplus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("sqrtsoftplus", "SqrtSoftplus")
    {
        Source = "Hugging Face Transformers, activations.py, 2026: the scores of a router",
        Family = ActivationFamily.Rectifier,
        Aliases = ["sqrt_softplus"],
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sqrt(V.Softplus(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(x) / (2 * V.Sqrt(V.Softplus(x)));
}

public partial class Activation
{
    /// <summary>The square root of softplus, √log(1 + eˣ).</summary>
    public static ElementwiseActivation SqrtSoftplus() => ElementwiseActivation.Create<SqrtSoftplus>();
}
