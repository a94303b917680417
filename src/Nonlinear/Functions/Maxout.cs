namespace Nonlinear;

/// <summary>Maxout: the largest of K pieces, each usually an affine function of the layer's input with weights of its own.</summary>
public static class Maxout
{
    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("maxout", "Maxout")
    {
        Summary = new(
            "Keeps the largest of K channels. Over affine pieces with learned weights it can become any convex piecewise-linear function.",
            "保留 K 个通道中的最大值。作用于权重可学习的仿射分片时,可成为任意凸的分段线性函数。"),
        UseWhen = new(
            "With dropout, where the shape of the nonlinearity itself should be learned.",
            "与 dropout 配合,用于希望学习非线性形状本身的场合。"),
        AvoidWhen = new(
            "Where parameters are dear: a layer of N units needs K · N (d + 1) of them.",
            "不宜用于参数昂贵的场合:N 个单元的一层需要 K · N (d + 1) 个参数。"),
        Source = "I. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio, Maxout Networks, 2013, arXiv:1302.4389",
        Parameters =
        [
            new("pieces", "K", 2)
            {
                Minimum = 2,
                Maximum = 65536,
                Integer = true,
                Meaning = new("How many channels become one.", "多少个通道合为一个。"),
                Examples = [2, 3, 5],
            },
        ],
        Spellings =
        [
            new("PyTorch", "x.unflatten(1, (-1, K)).amax(2)"),
            new("Keras", "keras.ops.max(keras.ops.reshape(x, (-1, units, K)), -1)"),
            new("ONNX", "Reshape, ReduceMax"),
        ],
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        FigureRange = (-4, 4),
    };

    internal static PooledActivation Create(ReadOnlySpan<double> parameterValues) =>
        PooledActivation.Create(Info, Formula, DerivativeFormula, AffineFormulas, parameterValues);

    /// <summary>The formula, as it is shown.</summary>
    public static Formula Formula { get; } = new(
        "y = max(x₁, …, x_K)",
        @"y = \max(x_1, \ldots, x_K)",
        """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>y</mi><mo>=</mo><mi>max</mi><mo>⁡</mo><mrow><mo>(</mo><msub><mi>x</mi><mn>1</mn></msub><mo>,</mo><mo>…</mo><mo>,</mo><msub><mi>x</mi><mi>K</mi></msub><mo>)</mo></mrow></mrow></math>""");

    /// <summary>The formula of the derivative, as it is shown.</summary>
    public static Formula DerivativeFormula { get; } = new(
        "∂y/∂xₖ = 1 if xₖ is the first largest, else 0",
        @"\frac{\partial y}{\partial x_k} = \begin{cases} 1 & k = \min \{ j : x_j = y \} \\ 0 & \text{else} \end{cases}",
        """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mfrac><mrow><mi>∂</mi><mi>y</mi></mrow><mrow><mi>∂</mi><msub><mi>x</mi><mi>k</mi></msub></mrow></mfrac><mo>=</mo><mrow><mo stretchy="true">{</mo><mtable columnalign="left"><mtr><mtd><mn>1</mn></mtd><mtd><mrow><mspace width="1em"/><mi>k</mi><mo>=</mo><mi>min</mi><mo>{</mo><mi>j</mi><mo>:</mo><msub><mi>x</mi><mi>j</mi></msub><mo>=</mo><mi>y</mi><mo>}</mo></mrow></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mrow><mspace width="1em"/><mtext>else</mtext></mrow></mtd></mtr></mtable></mrow></mrow></math>""");

    // Over affine pieces, where the weights learn; k is the piece that won.
    private static IReadOnlyList<NamedFormula> AffineFormulas { get; } =
    [
        new(new("Affine form", "仿射形式"), new(
            "y = max_k (x·Wₖ + bₖ)",
            @"y = \max_k (x W_k + b_k)",
            """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>y</mi><mo>=</mo><munder><mi>max</mi><mi>k</mi></munder><mrow><mo>(</mo><mi>x</mi><mo>·</mo><msub><mi>W</mi><mi>k</mi></msub><mo>+</mo><msub><mi>b</mi><mi>k</mi></msub><mo>)</mo></mrow></mrow></math>""")),
        NamedFormula.Gradient("x", new(
            "∂y/∂x = Wₖ of the winning k",
            @"\frac{\partial y}{\partial x} = W_k, \quad k = \operatorname{argmax}",
            """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mfrac><mrow><mi>∂</mi><mi>y</mi></mrow><mrow><mi>∂</mi><mi>x</mi></mrow></mfrac><mo>=</mo><msub><mi>W</mi><mi>k</mi></msub><mo>,</mo><mspace width="1em"/><mi>k</mi><mo>=</mo><mi>argmax</mi></mrow></math>""")),
        NamedFormula.Gradient("Wₖ, bₖ", new(
            "∂y/∂Wₖ = x, ∂y/∂bₖ = 1 for the winning k, else 0",
            @"\frac{\partial y}{\partial W_k} = x, \quad \frac{\partial y}{\partial b_k} = 1, \quad k = \operatorname{argmax}",
            """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mfrac><mrow><mi>∂</mi><mi>y</mi></mrow><mrow><mi>∂</mi><msub><mi>W</mi><mi>k</mi></msub></mrow></mfrac><mo>=</mo><mi>x</mi><mo>,</mo><mspace width="1em"/><mfrac><mrow><mi>∂</mi><mi>y</mi></mrow><mrow><mi>∂</mi><msub><mi>b</mi><mi>k</mi></msub></mrow></mfrac><mo>=</mo><mn>1</mn><mo>,</mo><mspace width="1em"/><mi>k</mi><mo>=</mo><mi>argmax</mi></mrow></math>""")),
    ];
}

public partial class Activation
{
    /// <summary>The largest of each group of channels.</summary>
    /// <param name="pieces">K, the number of channels that become one.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 2.</exception>
    public static PooledActivation Maxout(int pieces = 2) => Nonlinear.Maxout.Create([pieces]);
}
