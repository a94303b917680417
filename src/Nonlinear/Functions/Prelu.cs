using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Leaky ReLU whose slope below zero is learned, one for all or one for each channel.</summary>
public readonly partial struct Prelu : IElementwise<Prelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("prelu", "PReLU")
    {
        Summary = new(
            "Leaky ReLU with a slope below 0 that the network learns, one for all units or one for each channel.",
            "0 以下斜率由网络学习的 Leaky ReLU,全体共享一个或每个通道一个。"),
        UseWhen = new(
            "In wide or deep networks with data enough to learn a few more numbers; without weight decay on α, as in the paper.",
            "用于数据足以多学几个参数的宽或深的网络;如论文所述,对 α 不使用权重衰减。"),
        AvoidWhen = new(
            "On small data, where the slopes can overfit.",
            "不宜用于小数据集:斜率可能过拟合。"),
        Source = "K. He, X. Zhang, S. Ren, J. Sun, Delving Deep into Rectifiers, 2015, arXiv:1502.01852",
        Parameters =
        [
            new("alpha", "α", 0.25)
            {
                Learnable = true,
                Meaning = new("The slope below 0; its gradient is x for x ≤ 0 and 0 above, summed over all that share it.", "0 以下的斜率;其梯度在 x ≤ 0 时为 x,否则为 0,对共享它的位置求和。"),
                Examples = [0, 0.25, 0.5],
            },
        ],
        Aliases = ["parametric_relu"],
        Spellings = [new("PyTorch", "torch.nn.PReLU(num_parameters=1)"), new("Keras", "keras.layers.PReLU()"), new("ONNX", "PRelu")],
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = p => p[0] > 0,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => LeakyRelu.Forward(x, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => LeakyRelu.Derivative(x, p);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => LeakyRelu.DerivativeFromOutput(y, p);
}

public partial class Activation
{
    /// <summary>Parametric ReLU; ForwardPerChannel takes an α for each channel.</summary>
    /// <param name="alpha">α</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not finite or out of its range.</exception>
    public static ElementwiseActivation Prelu(double alpha = 0.25) => ElementwiseActivation.Create<Prelu>(alpha);
}
