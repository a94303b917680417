using System.Runtime.CompilerServices;
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
        FastUlps = 2,
        Spellings = [new("PyTorch", "torch.nn.LogSoftmax(dim=-1)"), new("Keras", "keras.activations.log_softmax"), new("ONNX", "LogSoftmax (axis = -1)")],
        AtMinusInfinity = double.NegativeInfinity,
        AtPlusInfinity = 0,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    public static Formula Formula { get; } = new(
        "yᵢ = xᵢ - log Σⱼ exp(xⱼ)",
        @"y_i = x_i - \log \sum_j e^{x_j}",
        """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><msub><mi>y</mi><mi>i</mi></msub><mo>=</mo><msub><mi>x</mi><mi>i</mi></msub><mo>−</mo><mi>log</mi><mo>⁡</mo><munder><mo>∑</mo><mi>j</mi></munder><msup><mi>e</mi><msub><mi>x</mi><mi>j</mi></msub></msup></mrow></math>""");

    /// <inheritdoc/>
    public static Formula DerivativeFormula { get; } = new(
        "∂yᵢ/∂xⱼ = δᵢⱼ - exp(yⱼ)",
        @"\frac{\partial y_i}{\partial x_j} = \delta_{ij} - e^{y_j}",
        """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mfrac><mrow><mi>∂</mi><msub><mi>y</mi><mi>i</mi></msub></mrow><mrow><mi>∂</mi><msub><mi>x</mi><mi>j</mi></msub></mrow></mfrac><mo>=</mo><msub><mi>δ</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub><mo>−</mo><msup><mi>e</mi><msub><mi>y</mi><mi>j</mi></msub></msup></mrow></math>""");

    /// <inheritdoc/>
    public static bool FloatsSuffice => true;

    /// <inheritdoc/>
    public static bool UsesExponential => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normalizer<V>(V rest)
        where V : struct, IReal<V> => V.Log1p(rest);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V shifted, V exponential, V normalizer)
        where V : struct, IReal<V> => shifted - normalizer;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V> => dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V> => dy - V.Exp(y) * sum;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V> => V.Exp(y) * v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V> => v - sum;
}

public partial class Activation
{
    /// <summary>The logarithm of softmax, stable for inputs of any size.</summary>
    public static AxisActivation LogSoftmax { get; } = AxisActivation.Create<LogSoftmax>();
}
