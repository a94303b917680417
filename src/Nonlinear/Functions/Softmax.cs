using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Softmax: the exponentials of a vector, divided by their sum.</summary>
public readonly struct Softmax : IAlongAxis<Softmax>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softmax", "Softmax")
    {
        Summary = new(
            "Turns a vector of any numbers into probabilities that sum to 1, in the proportions of their exponentials.",
            "把任意实数向量变成和为 1 的概率,比例由各自的指数决定。"),
        UseWhen = new(
            "At the output of a classifier whose classes exclude each other, and for the weights of attention.",
            "用于类别互斥的分类器输出,以及注意力权重。"),
        AvoidWhen = new(
            "Where several labels can hold at once: its outputs are coupled, and one can only grow at the cost of the others.",
            "不宜用于多个标签可同时成立的场合:各输出相互耦合,一个增大必使其他减小。"),
        Source = "J. Bridle, Probabilistic Interpretation of Feedforward Classification Network Outputs, 1990",
        FastUlps = 3,
        Aliases = ["normalized_exponential"],
        Spellings = [new("PyTorch", "torch.nn.Softmax(dim=-1)"), new("Keras", "keras.activations.softmax"), new("ONNX", "Softmax (axis = -1)")],
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    public static Formula Formula { get; } = new(
        "yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ)",
        @"y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}",
        """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><msub><mi>y</mi><mi>i</mi></msub><mo>=</mo><mfrac><msup><mi>e</mi><msub><mi>x</mi><mi>i</mi></msub></msup><mrow><munder><mo>∑</mo><mi>j</mi></munder><msup><mi>e</mi><msub><mi>x</mi><mi>j</mi></msub></msup></mrow></mfrac></mrow></math>""");

    /// <inheritdoc/>
    public static Formula DerivativeFormula { get; } = new(
        "∂yᵢ/∂xⱼ = yᵢ(δᵢⱼ - yⱼ)",
        @"\frac{\partial y_i}{\partial x_j} = y_i (\delta_{ij} - y_j)",
        """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mfrac><mrow><mi>∂</mi><msub><mi>y</mi><mi>i</mi></msub></mrow><mrow><mi>∂</mi><msub><mi>x</mi><mi>j</mi></msub></mrow></mfrac><mo>=</mo><msub><mi>y</mi><mi>i</mi></msub><mrow><mo>(</mo><msub><mi>δ</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub><mo>−</mo><msub><mi>y</mi><mi>j</mi></msub><mo>)</mo></mrow></mrow></math>""");

    /// <inheritdoc/>
    public static bool FloatsSuffice => true;

    /// <inheritdoc/>
    public static bool UsesExponential => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normalizer<V>(V rest)
        where V : struct, IReal<V> => 1 / (1 + rest);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V shifted, V exponential, V normalizer)
        where V : struct, IReal<V> => exponential * normalizer;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BackwardTerm<V>(V y, V dy)
        where V : struct, IReal<V> => y * dy;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Backward<V>(V y, V dy, V sum)
        where V : struct, IReal<V> => y * (dy - sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TangentTerm<V>(V y, V v)
        where V : struct, IReal<V> => y * v;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tangent<V>(V y, V v, V sum)
        where V : struct, IReal<V> => y * (v - sum);
}

public partial class Activation
{
    /// <summary>The exponentials of a vector divided by their sum, stable for inputs of any size.</summary>
    public static AxisActivation Softmax { get; } = AxisActivation.Create<Softmax>();
}
