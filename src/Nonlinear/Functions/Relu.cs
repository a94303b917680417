using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Rectified linear unit, max(x, 0).</summary>
public readonly partial struct Relu : IElementwise<Relu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("relu", "ReLU")
    {
        Summary = new(
            "Passes positive numbers and replaces the others by 0.",
            "保留正数,其余一律置 0。"),
        UseWhen = new(
            "As the first choice for hidden layers: it costs next to nothing and does not saturate above 0.",
            "作为隐藏层的首选:开销几乎为零,在 0 以上不饱和。"),
        AvoidWhen = new(
            "With large learning rates or a negative shift of the biases, which can leave units inactive on all data, for good.",
            "不宜配合过大的学习率或使偏置负移的设置:单元可能在全部数据上永远不激活。"),
        Source = "V. Nair, G. Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, 2010",
        Aliases = ["rectifier"],
        Spellings = [new("PyTorch", "torch.nn.ReLU()"), new("Keras", "keras.activations.relu"), new("ONNX", "Relu")],
        Kinks = [0],
        Smoothness = 0,
        DerivativeFromOutput = true,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.PositivePart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, 0);
}

public partial class Activation
{
    /// <summary>The rectified linear unit.</summary>
    public static ElementwiseActivation Relu { get; } = ElementwiseActivation.Create<Relu>();
}
