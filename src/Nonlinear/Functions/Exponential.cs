using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The exponential function, eˣ.</summary>
public readonly partial struct Exponential : IElementwise<Exponential>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("exponential", "Exponential")
    {
        Source = "keras.activations.exponential, Keras 2.3, 2019",
        Family = ActivationFamily.Plain,
        Aliases = ["exp"],
        DerivativeFromOutput = true,
        FigureRange = (-4, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => y;
}

public partial class Activation
{
    /// <summary>The exponential function, eˣ.</summary>
    public static ElementwiseActivation Exponential() => ElementwiseActivation.Create<Exponential>();
}
