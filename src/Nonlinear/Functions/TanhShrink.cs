using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>What tanh leaves of its argument, x - tanh x.</summary>
public readonly partial struct TanhShrink : IElementwise<TanhShrink>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("tanh_shrink", "Tanhshrink")
    {
        Source = "K. Kavukcuoglu, P. Sermanet et al., Learning Convolutional Feature Hierarchies for Visual Recognition, NIPS 2010",
        Family = ActivationFamily.Threshold,
        Aliases = ["tanhshrink"],
        AtMinusInfinity = double.NegativeInfinity,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x - V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(x) * V.Tanh(x);
}

public partial class Activation
{
    /// <summary>What tanh leaves of its argument, x - tanh x.</summary>
    public static ElementwiseActivation TanhShrink() => ElementwiseActivation.Create<TanhShrink>();
}
