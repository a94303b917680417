using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument, held between two bounds.</summary>
/// <remarks>At both bounds the derivative is 0, as with PyTorch's Hardtanh and JAX; with PyTorch's clamp it is 1.</remarks>
public readonly partial struct Clip : IElementwise<Clip>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("clip", "Clip")
    {
        Family = ActivationFamily.Bounded,
        Source = "ONNX operators, Clip, 2017",
        Parameters =
        [
            new("min", "a", -1)
            {
                Examples = [-2, -1, 0],
            },
            new("max", "b", 1)
            {
                Examples = [0.5, 1, 2],
            },
        ],
        Aliases = ["clamp"],
        KinksWhen = p => p[0] < p[1] ? [p[0], p[1]] : [],
        Smoothness = 0,
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = ParameterSet.AreExactInEveryType,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.Max(x, p[0]), p[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > p[0], V.Select(x < p[1], 1, 0), 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => Derivative(y, p);
}

public partial class Activation
{
    /// <summary>The argument, held between two bounds. Where the lower bound is the larger, all is the upper one.</summary>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite.</exception>
    public static ElementwiseActivation Clip(double min = -1, double max = 1) => ElementwiseActivation.Create<Clip>(min, max);
}
