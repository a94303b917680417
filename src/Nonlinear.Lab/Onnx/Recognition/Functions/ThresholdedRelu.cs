using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The argument above a threshold, 0 below.</summary>
internal readonly struct ThresholdedRelu : IElementwise<ThresholdedRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("thresholded_relu", "Thresholded ReLU")
    {
        Source = "K. Konda, R. Memisevic, D. Krueger, "
            + "Zero-bias autoencoders and the benefits of co-adapting features, 2014, arXiv:1402.3337",
        Parameters = [new("alpha", "α", 1)],
        Kinks = [1],
        Smoothness = -1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > p[0], x, 0);
}
