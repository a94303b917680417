using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Gaussian error linear unit, x · Φ(x) with the standard normal distribution function Φ.</summary>
public readonly partial struct Gelu : IElementwise<Gelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gelu", "GELU")
    {
        Summary = new(
            "The input times the probability that a standard normal number is smaller: a smooth ReLU with a shallow dip below 0.",
            "输入乘以标准正态变量小于它的概率:平滑的 ReLU,在 0 以下有一个浅谷。"),
        UseWhen = new(
            "In transformers, most of which were tuned with it.",
            "用于 Transformer:多数模型以它调参。"),
        AvoidWhen = new(
            "Where every nanosecond counts, or where a monotone function is needed.",
            "不宜用于分秒必争或要求单调函数的场合。"),
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415",
        Aliases = ["gelu(approximate=none)", "gelu(approximate=false)"],
        Spellings = [new("PyTorch", "torch.nn.GELU()"), new("Keras", "keras.activations.gelu"), new("ONNX", "Gelu")],
        Monotone = false,
        FastUlps = 6,
        FigureRange = (-5, 5),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesNormalCdf(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalGateDerivative(x);
}

public partial class Activation
{
    /// <summary>The exact Gaussian error linear unit.</summary>
    public static ElementwiseActivation Gelu { get; } = ElementwiseActivation.Create<Gelu>();
}
