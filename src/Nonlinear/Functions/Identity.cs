using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument itself.</summary>
public readonly partial struct Identity : IElementwise<Identity>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("identity", "Identity")
    {
        Family = ActivationFamily.Plain,
        Source = "B. Widrow, M. E. Hoff, Adaptive Switching Circuits, 1960",
        Aliases = ["linear"],
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => 1;
}

public partial class Activation
{
    /// <summary>The argument itself: no activation at all.</summary>
    public static ElementwiseActivation Identity() => ElementwiseActivation.Create<Identity>();
}
