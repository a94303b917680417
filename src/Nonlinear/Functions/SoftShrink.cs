using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>0 about 0; outside, the argument moved towards 0 by λ.</summary>
/// <remarks>From -λ to λ value and derivative are 0, as in PyTorch; the zero there is positive.</remarks>
public readonly partial struct SoftShrink : IElementwise<SoftShrink>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("soft_shrink", "Soft shrink")
    {
        Family = ActivationFamily.Threshold,
        Source = "D. L. Donoho, De-noising by soft-thresholding, 1995",
        Parameters =
        [
            new("lambda", "λ", 0.5)
            {
                Minimum = 0,
                Examples = [0.25, 0.5, 1],
            },
        ],
        KinksWhen = p => [-p[0], p[0]],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = ParameterSet.AreExactInEveryType,
        FigureRange = (-3, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, p[0], x - p[0], V.Select(x < -p[0], x + p[0], 0));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(V.Abs(y), 0, 1, 0);
}

public partial class Activation
{
    /// <summary>The argument moved towards 0 by λ, 0 about 0.</summary>
    /// <param name="lambda">λ, 0 or more</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is not finite or below 0.</exception>
    public static ElementwiseActivation SoftShrink(double lambda = 0.5) => ElementwiseActivation.Create<SoftShrink>(lambda);
}
