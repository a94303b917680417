using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by a straight line held between 0 and 1, x · min(max(x + 2, 0), 2) / 2.</summary>
/// <remarks>At -2 the derivative is 0, the slope on the left; timm has -1 there.</remarks>
public readonly partial struct HardMish : IElementwise<HardMish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_mish", "Hard Mish")
    {
        Family = ActivationFamily.Gate,
        Source = "D. Misra, H-Mish, 2020, github.com/digantamisra98/H-Mish",
        Kinks = [-2, 0],
        Monotone = false,
        Smoothness = 0,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * (0.5 * V.Min(V.PositivePart(x + 2), 2));

    // By the argument: x + 2 may be rounded up to 2.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > -2, V.Select(x < 0, x + 1, 1), 0);
}

public partial class Activation
{
    /// <summary>Hard Mish.</summary>
    public static ElementwiseActivation HardMish() => ElementwiseActivation.Create<HardMish>();
}
