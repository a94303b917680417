using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>0 about 0, and the argument as it is outside.</summary>
/// <remarks>At -λ and λ value and derivative are 0, as in PyTorch; NaN stays NaN.</remarks>
public readonly partial struct HardShrink : IElementwise<HardShrink>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_shrink", "Hard shrink")
    {
        Family = ActivationFamily.Threshold,
        Source = "D. L. Donoho, I. M. Johnstone, Ideal spatial adaptation by wavelet shrinkage, 1994",
        Parameters =
        [
            new("lambda", "λ", 0.5)
            {
                Minimum = 0,
                Examples = [0.25, 0.5, 1],
            },
        ],
        KinksWhen = p => [-p[0], p[0]],
        Smoothness = -1,
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        FigureRange = (-3, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(V.Abs(x), p[0], x, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(V.Abs(y), 0, 1, 0);
}

public partial class Activation
{
    /// <summary>The argument where it is larger than λ, 0 about 0.</summary>
    /// <param name="lambda">λ, 0 or more</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is not finite or below 0.</exception>
    public static ElementwiseActivation HardShrink(double lambda = 0.5) => ElementwiseActivation.Create<HardShrink>(lambda);
}
