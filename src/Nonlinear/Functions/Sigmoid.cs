using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The logistic function, σ(x) = 1 / (1 + e⁻ˣ).</summary>
public readonly partial struct Sigmoid : IElementwise<Sigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("sigmoid", "Sigmoid")
    {
        Summary = new(
            "Squashes any number into the interval from 0 to 1, rising most steeply at 0.",
            "把任意实数压缩到 0 与 1 之间,在 0 处上升最陡。"),
        UseWhen = new(
            "For a probability at the output of a binary or multi-label classifier, and for gates that open and close.",
            "用于二分类或多标签分类的输出概率,以及需要开合的门控。"),
        AvoidWhen = new(
            "Between many hidden layers: its slope is at most 1/4, so gradients shrink from layer to layer, and its outputs are never centred on 0.",
            "不宜用于很多隐藏层之间:斜率至多为 1/4,梯度逐层缩小,且输出从不以 0 为中心。"),
        Source = "P.-F. Verhulst, Recherches mathématiques sur la loi d'accroissement de la population, 1845",
        Aliases = ["logistic", "expit"],
        Spellings = [new("PyTorch", "torch.nn.Sigmoid()"), new("Keras", "keras.activations.sigmoid"), new("ONNX", "Sigmoid")],
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidDerivative(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.MultiplyAdd(-y, y, y);
}

public partial class Activation
{
    /// <summary>The logistic function.</summary>
    public static ElementwiseActivation Sigmoid { get; } = ElementwiseActivation.Create<Sigmoid>();
}
