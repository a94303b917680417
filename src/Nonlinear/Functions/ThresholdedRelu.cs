using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument above a threshold, 0 elsewhere.</summary>
/// <remarks>At the threshold value and derivative are 0, as in ONNX; NaN stays NaN.</remarks>
public readonly partial struct ThresholdedRelu : IElementwise<ThresholdedRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("thresholded_relu", "Thresholded ReLU")
    {
        Family = ActivationFamily.Threshold,
        Source = "K. Konda, R. Memisevic, D. Krueger, Zero-bias autoencoders and the benefits of co-adapting features, 2014, "
            + "arXiv:1402.3337",
        Parameters =
        [
            new("alpha", "α", 1)
            {
                Examples = [0.5, 1, 2],
            },
        ],
        Aliases = ["trelu"],
        KinksWhen = p => [p[0]],
        Smoothness = -1,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = p => p[0] >= 0 && ParameterSet.AreExactInEveryType(p),
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, p[0], x, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, p[0], 1, 0);
}

public partial class Activation
{
    /// <summary>The argument above a threshold, 0 elsewhere.</summary>
    /// <param name="alpha">α, the threshold</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite.</exception>
    public static ElementwiseActivation ThresholdedRelu(double alpha = 1) => ElementwiseActivation.Create<ThresholdedRelu>(alpha);
}
