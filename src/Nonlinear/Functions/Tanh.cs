using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The hyperbolic tangent, (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ).</summary>
public readonly partial struct Tanh : IElementwise<Tanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("tanh", "Tanh")
    {
        Summary = new(
            "Squashes any number into the interval from -1 to 1, symmetric about 0, where its slope is 1.",
            "把任意实数压缩到 -1 与 1 之间,关于 0 对称,在 0 处斜率为 1。"),
        UseWhen = new(
            "For bounded, centred outputs, and for the state of recurrent cells.",
            "用于有界且以零为中心的输出,以及循环单元的状态。"),
        AvoidWhen = new(
            "In deep stacks without normalisation: both sides saturate, and the product of slopes below 1 vanishes with depth.",
            "不宜用于没有归一化的深层堆叠:两侧都会饱和,小于 1 的斜率连乘随深度消失。"),
        Source = "Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998",
        Aliases = ["hyperbolic_tangent"],
        Spellings = [new("PyTorch", "torch.nn.Tanh()"), new("Keras", "keras.activations.tanh"), new("ONNX", "Tanh")],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
        FigureRange = (-5, 5),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhDerivative(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.MultiplyAdd(-y, y, 1);
}

public partial class Activation
{
    /// <summary>The hyperbolic tangent.</summary>
    public static ElementwiseActivation Tanh { get; } = ElementwiseActivation.Create<Tanh>();
}
