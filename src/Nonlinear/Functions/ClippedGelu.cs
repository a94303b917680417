using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>GELU between two bounds, as 8-bit integers need it.</summary>
public readonly partial struct ClippedGelu : IElementwise<ClippedGelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gelu_10", "GELU-10")
    {
        Source = "H. Wu et al., Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation, 2020, "
            + "arXiv:2004.09602",
        Family = ActivationFamily.Gate,
        FastUlps = 6,
        Parameters =
        [
            new("min", "a", -10),
            new("max", "b", 10),
        ],
        Aliases = ["clipped_gelu"],
        Monotone = false,
        KinksWhen = p => [p[1]],
        Smoothness = 0,
        AtPlusInfinity = 10,
        FigureRange = (-6, 14),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.Max(V.TimesNormalCdf(x, x), p[0]), p[1]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V gelu = V.TimesNormalCdf(x, x);
        return V.Select(gelu > p[1], 0, V.Select(gelu < p[0], 0, V.NormalGateDerivative(x)));
    }
}

public partial class Activation
{
    /// <summary>GELU between two bounds, as 8-bit integers need it.</summary>
    /// <param name="min">a</param>
    /// <param name="max">b</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation ClippedGelu(double min = -10, double max = 10) =>
        ElementwiseActivation.Create<ClippedGelu>(min, max);
}
