using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>ReLU that stays at 6, min(max(x, 0), 6).</summary>
/// <remarks>At 0 and at 6 the derivative is 0, as in PyTorch and JAX.</remarks>
public readonly partial struct Relu6 : IElementwise<Relu6>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("relu6", "ReLU6")
    {
        Family = ActivationFamily.Rectifier,
        Source = "A. Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10, 2010",
        Kinks = [0, 6],
        Smoothness = 0,
        AtPlusInfinity = 6,
        DerivativeFromOutput = true,
        FigureRange = (-4, 10),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.PositivePart(x), 6);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > 0, V.Select(x < 6, 1, 0), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => Derivative(y, p);
}

public partial class Activation
{
    /// <summary>ReLU that stays at 6.</summary>
    public static ElementwiseActivation Relu6() => ElementwiseActivation.Create<Relu6>();
}
