using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The magnitude, |x|.</summary>
/// <remarks>At 0 the derivative is 0, as in PyTorch and JAX.</remarks>
public readonly partial struct Abs : IElementwise<Abs>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("abs", "Absolute value")
    {
        Family = ActivationFamily.Plain,
        Source = "K. Jarrett, K. Kavukcuoglu, M. Ranzato, Y. LeCun, What is the Best Multi-Stage Architecture for Object "
            + "Recognition?, 2009",
        Aliases = ["absolute"],
        Kinks = [0],
        Monotone = false,
        Smoothness = 0,
        AtMinusInfinity = double.PositiveInfinity,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Abs(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > 0, 1, V.Select(x < 0, -1, 0));
}

public partial class Activation
{
    /// <summary>The magnitude.</summary>
    public static ElementwiseActivation Abs() => ElementwiseActivation.Create<Abs>();
}
