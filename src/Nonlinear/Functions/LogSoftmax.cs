using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Log-softmax: the logarithms of the softmax probabilities.</summary>
public readonly struct LogSoftmax : IAlongAxis<LogSoftmax>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("log_softmax", "Log-softmax")
    {
        Summary = new(
            "The logarithm of softmax, computed without ever forming a probability that could round to 0.",
            "softmax 的对数,计算中不会出现可能舍入为 0 的概率。"),
        UseWhen = new(
            "For the cross-entropy of a classifier: the logarithm of a tiny probability keeps its digits.",
            "用于分类器的交叉熵:极小概率的对数也保有有效数字。"),
        AvoidWhen = new(
            "Where probabilities themselves are wanted.",
            "不宜用于需要概率本身的场合。"),
        Source = "J. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        Aliases = ["logsoftmax"],
        Spellings = [new("PyTorch", "torch.nn.LogSoftmax(dim=-1)"), new("Keras", "keras.activations.log_softmax"), new("ONNX", "LogSoftmax (axis = -1)")],
        AtMinusInfinity = double.NegativeInfinity,
        AtPlusInfinity = 0,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    public static V Forward<V>(V shifted, V rest)
        where V : struct, IReal<V> => shifted - V.Log1p(rest);

    /// <inheritdoc/>
    public static V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V> => dy;

    /// <inheritdoc/>
    public static V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V> => dy - V.Exp(y) * sum;

    /// <inheritdoc/>
    public static V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V> => V.Exp(y) * v;

    /// <inheritdoc/>
    public static V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V> => v - sum;
}

public partial class Activation
{
    /// <summary>The logarithm of softmax, stable for inputs of any size.</summary>
    public static AxisActivation LogSoftmax { get; } = AxisActivation.Create<LogSoftmax>();
}
