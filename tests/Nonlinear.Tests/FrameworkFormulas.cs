using F = System.Func<double, double>;

namespace Nonlinear.Tests;

/// <summary>A call as it stands in a framework's documentation, and the formula that the documentation gives for it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Formula">The formula over a vector; null where the result is random.</param>
/// <param name="Tolerance">How far off ours may be, relatively: more where the framework has its constants rounded.</param>
public sealed record FrameworkFormula(string Call, Func<double[], double[]>? Formula, double Tolerance = 1e-6);

/// <summary>The formulas of the frameworks' documentation, over plain doubles; nothing here is the library's.</summary>
public static class FrameworkFormulas
{
    private const double SeluScale = 1.0507009873554804934193349852946, SeluAlpha = 1.6732632423543772848170429916717;

    private static readonly F Sigmoid = x => 1 / (1 + Math.Exp(-x));
    private static readonly F Silu = x => x / (1 + Math.Exp(-x));
    private static readonly F Softplus = x => Math.Log(1 + Math.Exp(x));
    private static readonly F Relu = x => Math.Max(x, 0);
    private static readonly F Gelu = x => 0.5 * x * Erfc(-x / Math.Sqrt(2));
    private static readonly F GeluTanh = x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    private static readonly F QuickGelu = x => x * Sigmoid(1.702 * x);
    private static readonly F Mish = x => x * Math.Tanh(Softplus(x));
    private static readonly F HardSigmoid = x => Math.Clamp(x / 6 + 0.5, 0, 1);
    private static readonly F HardSwish = x => x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
    private static readonly F LogSigmoid = x => Math.Log(1 / (1 + Math.Exp(-x)));
    private static readonly F Softsign = x => x / (1 + Math.Abs(x));
    private static readonly F TanhShrink = x => x - Math.Tanh(x);
    private static readonly F Identity = x => x;
    private static readonly F ReluSquared = x => x > 0 ? x * x : 0;
    private static readonly F SparsePlus = x => x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4;
    private static readonly F SparseSigmoid = x => x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2;
    private static readonly F Square = x => x * x;

    /// <summary>By the framework's identifier: what stands before the names of a module, and the calls.</summary>
    public static IEnumerable<FrameworkFormula> Of(string framework) => framework switch
    {
        "torch" => [.. Module("torch.nn.", Torch), .. Module("torch.nn.functional.", TorchFunctional), .. Module("torch.", TorchTensor)],
        "jax" => Module("jax.nn.", Jax),
        "keras" =>
        [
            .. Module("keras.activations.", [.. KerasFunctions, .. KerasActivations]), .. Module("keras.layers.", KerasLayers),
            .. Module("keras.ops.", [.. KerasFunctions, .. KerasOps]),
        ],
        "tf" => [.. Module("tf.nn.", TensorFlow), .. Module("tf.math.", TensorFlowMath)],
        "onnx" => [.. Module("onnx:", Onnx), .. Module("onnx.rnn.", OnnxRecurrent), .. Module("com.microsoft.", OnnxRuntime)],
        "onednn" => Module("eltwise_", OneDnn),
        "hf" => [.. Module("hf:", HuggingFace), .. Module("transformers.activations.", HuggingFaceClasses)],
        "ggml" => Module("ggml_", Ggml),
        "mlx" => Module("mlx.nn.", [.. MlxModules, .. MlxFunctions]),
        "burn" => [.. Module("burn::tensor::activation::", BurnFunctions), .. Module("burn::nn::", BurnModules)],
        "candle" =>
        [
            .. Module("candle_nn::Activation::", Candle), .. Module("candle_nn::ops::", CandleOps),
            .. Module("candle_core::Tensor::", CandleTensor),
        ],
        "coreml" => Module("mb.", CoreMl),
        "tflite" => Module("tflite.", TensorFlowLite),
        "darknet" => Module("darknet.", Darknet),
        _ => throw new ArgumentException($"There are no formulas for '{framework}'.", nameof(framework)),
    };

    private static FrameworkFormula[] Torch =>
    [
        OfVector("GLU(dim=-1)", Glu),
        Of("ELU()", Elu(1)), Of("ELU(0.5)", Elu(0.5)), Of("ELU(alpha=2, inplace=True)", Elu(2)), Of("Hardshrink(0.7)", HardShrink(0.7)),
        Of("Hardshrink()", HardShrink(0.5)), Of("Hardsigmoid()", HardSigmoid), Of("Hardtanh()", Clip(-1, 1)),
        Of("Hardtanh(-2, 2)", Clip(-2, 2)), Of("Hardtanh(min_val=0, max_val=6.0)", Clip(0, 6)),
        Of("Hardtanh(min_value=-0.5)", Clip(-0.5, 1)), Of("Hardswish(inplace=True)", HardSwish), Of("LeakyReLU()", Leaky(0.01)),
        Of("LeakyReLU(0.2)", Leaky(0.2)), Of("LeakyReLU(negative_slope=0.3, inplace=True)", Leaky(0.3)), Of("LogSigmoid()", LogSigmoid),
        Of("PReLU()", Leaky(0.25)), Of("PReLU(8)", Leaky(0.25)), Of("PReLU(num_parameters=3, init=0.1)", Leaky(0.1)),
        Of("PReLU(1, 0.4)", Leaky(0.4)), Of("ReLU()", Relu), Of("ReLU(inplace=True)", Relu), Of("ReLU6()", Clip(0, 6)),
        Of("RReLU()", Leaky((1 / 8.0 + 1 / 3.0) / 2)), Of("RReLU(0.1, 0.3)", Leaky(0.2)), Of("SELU()", Selu), Of("CELU()", Celu(1)),
        Of("CELU(0.5)", Celu(0.5)), Of("GELU()", Gelu), Of("GELU('none')", Gelu), Of("GELU(approximate='tanh')", GeluTanh),
        Of("Sigmoid()", Sigmoid), Of("SiLU()", Silu), Of("Mish()", Mish), Of("Softplus()", Softplus),
        Of("Softplus(beta=2, threshold=20)", ParametricSoftplus(2)), Of("Softplus(0.5, 10)", ParametricSoftplus(0.5)),
        Of("Softshrink()", SoftShrink(0.5)), Of("Softshrink(lambd=1)", SoftShrink(1)), Of("Softsign()", Softsign), Of("Tanh()", Math.Tanh),
        Of("Tanhshrink()", TanhShrink), Of("Threshold(0.1, 20)", Threshold(0.1, 20)),
        Of("Threshold(threshold=1, value=-3)", Threshold(1, -3)),
        OfVector("Softmin(dim=1)", Softmin), OfVector("Softmax(dim=1)", Softmax), OfVector("Softmax(-1)", Softmax),
        OfVector("Softmax2d()", Softmax), OfVector("LogSoftmax(dim=-1)", LogSoftmax), Of("Identity()", Identity),
    ];

    private static FrameworkFormula[] TorchFunctional =>
    [
        OfVector("glu(x, dim=-1)", Glu),
        Of("threshold(x, 0.1, 20)", Threshold(0.1, 20)), Of("threshold_(x, 1, 2)", Threshold(1, 2)), Of("relu(x)", Relu), Of("relu_", Relu),
        Of("hardtanh(x, -2, 2)", Clip(-2, 2)), Of("hardtanh(x)", Clip(-1, 1)), Of("hardtanh_(x, 0, 6)", Clip(0, 6)),
        Of("hardswish(x)", HardSwish), Of("relu6(x)", Clip(0, 6)), Of("elu(x, alpha=0.5)", Elu(0.5)), Of("elu_(x)", Elu(1)),
        Of("selu(x)", Selu), Of("celu(x, 2.0)", Celu(2)), Of("leaky_relu(x, 0.2)", Leaky(0.2)), Of("leaky_relu", Leaky(0.01)),
        Of("leaky_relu_(hidden, negative_slope=0.1)", Leaky(0.1)), Of("prelu(x, 0.3)", Leaky(0.3)),
        Of("prelu(input, weight=0.3)", Leaky(0.3)),
        Of("rrelu(x)", Leaky((1 / 8.0 + 1 / 3.0) / 2)), Of("rrelu_(x, 0.1, 0.3, training=False)", Leaky(0.2)), Of("gelu(x)", Gelu),
        Of("gelu(x, approximate='tanh')", GeluTanh), Of("logsigmoid(x)", LogSigmoid), Of("hardshrink(x, 0.7)", HardShrink(0.7)),
        Of("tanhshrink(x)", TanhShrink), Of("softsign(x)", Softsign), Of("softplus(x, 2, 20)", ParametricSoftplus(2)),
        OfVector("softmin(x, dim=0)", Softmin), OfVector("softmax(x, dim=-1, dtype=torch.float32)", Softmax),
        Of("softshrink(x)", SoftShrink(0.5)), Random("gumbel_softmax(logits, tau=0.5, hard=False)"),
        OfVector("log_softmax(x, 1)", LogSoftmax), Of("tanh(x)", Math.Tanh), Of("sigmoid(x)", Sigmoid), Of("hardsigmoid(x)", HardSigmoid),
        Of("silu(x)", Silu), Of("silu", Silu), Of("mish(x, inplace=True)", Mish),
    ];

    private static FrameworkFormula[] TorchTensor =>
    [
        Of("relu(x)", Relu), Of("sigmoid(x)", Sigmoid), Of("expit(x)", Sigmoid), Of("tanh(x)", Math.Tanh),
        OfVector("softmax(x, dim=-1)", Softmax), OfVector("log_softmax(x, dim=-1)", LogSoftmax), Of("selu(x)", Selu),
        Of("celu(x)", Celu(1)),
        Of("prelu(x, 0.1)", Leaky(0.1)), Of("threshold(x, 0, 1)", Threshold(0, 1)), Of("clamp(x, -2, 3)", Clip(-2, 3)),
        Of("clip(x, min=0, max=6)", Clip(0, 6)), Of("clamp(x, min=0)", Relu), Of("exp(x)", Math.Exp), Of("abs(x)", Math.Abs),
        Of("absolute(x)", Math.Abs), Of("square(x)", Square),
    ];

    private static FrameworkFormula[] Jax =>
    [
        OfVector("glu(x, axis=-1)", Glu),
        Of("relu", Relu), Of("relu6(x)", Clip(0, 6)), Of("sigmoid", Sigmoid), Of("softplus", Softplus), Of("sparse_plus", SparsePlus),
        Of("sparse_sigmoid", SparseSigmoid), Of("soft_sign", Softsign), Of("silu", Silu), Of("swish(x)", Silu),
        Of("log_sigmoid", LogSigmoid), Of("leaky_relu(x)", Leaky(0.01)), Of("leaky_relu(x, negative_slope=0.2)", Leaky(0.2)),
        Of("hard_sigmoid", HardSigmoid), Of("hard_silu", HardSwish), Of("hard_swish", HardSwish), Of("hard_tanh", Clip(-1, 1)),
        Of("tanh", Math.Tanh), Of("elu(x, 0.5)", Elu(0.5)), Of("elu", Elu(1)), Of("celu(x, alpha=2)", Celu(2)), Of("selu", Selu),
        Of("gelu", GeluTanh), Of("gelu(x, approximate=True)", GeluTanh), Of("gelu(x, approximate=False)", Gelu), Of("gelu(x, False)", Gelu),
        Of("squareplus(x)", Squareplus(4)), Of("squareplus(x, 1)", Squareplus(1)), Of("mish", Mish), Of("identity", Identity),
        Of("log1mexp(x)", x => x > 0 ? Math.Log(1 - Math.Exp(-x)) : double.NaN), OfVector("softmax(x, axis=0)", Softmax),
        OfVector("log_softmax(x)", LogSoftmax),
    ];

    // In keras.activations and keras.ops alike.
    private static FrameworkFormula[] KerasFunctions =>
    [
        OfVector("glu(x, axis=-1)", Glu),
        Of("celu(x, alpha=2)", Celu(2)), Of("elu", Elu(1)), Of("elu(x, 0.3)", Elu(0.3)), Of("hard_shrink(x)", HardShrink(0.5)),
        Of("hard_shrink(x, threshold=1)", HardShrink(1)), Of("hard_sigmoid", HardSigmoid), Of("hard_silu", HardSwish),
        Of("hard_swish", HardSwish), Of("hard_tanh", Clip(-1, 1)), Of("leaky_relu", Leaky(0.2)),
        Of("leaky_relu(x, negative_slope=0.1)", Leaky(0.1)), Of("log_sigmoid", LogSigmoid), OfVector("log_softmax", LogSoftmax),
        Of("relu6", Clip(0, 6)), Of("selu", Selu), Of("sigmoid", Sigmoid), Of("silu", Silu), Of("swish", Silu),
        Of("soft_shrink(x, 0.3)", SoftShrink(0.3)), OfVector("softmax(x, axis=-1)", Softmax), Of("softplus", Softplus),
        Of("softsign", Softsign),
        Of("sparse_plus", SparsePlus), Of("sparse_sigmoid", SparseSigmoid), OfVector("sparsemax", Sparsemax),
        Of("squareplus(x, b=1)", Squareplus(1)),
        Of("tanh", Math.Tanh), Of("tanh_shrink", TanhShrink), Of("threshold(x, 1, -2)", Threshold(1, -2)),
    ];

    private static FrameworkFormula[] KerasActivations =>
    [
        Of("exponential", Math.Exp), Of("gelu", Gelu), Of("gelu(x, approximate=True)", GeluTanh), Of("linear", Identity), Of("mish", Mish),
        Of("relu", Relu), Of("relu(x, negative_slope=0.5)", Leaky(0.5)), Of("relu(x, max_value=6)", Clip(0, 6)),
        Of("relu(x, max_value=5.)", Clip(0, 5)), Of("relu(x, threshold=1.5)", Threshold(1.5, 0)),
        Of("relu(x, 0.1, 4)", x => x > 4 ? 4 : x > 0 ? x : 0.1 * x),
    ];

    private static FrameworkFormula[] KerasLayers =>
    [
        Of("ELU(alpha=0.5)", Elu(0.5)), Of("LeakyReLU()", Leaky(0.3)), Of("LeakyReLU(negative_slope=0.3)", Leaky(0.3)),
        Of("LeakyReLU(alpha=0.1)", Leaky(0.1)), Of("PReLU()", Relu), Of("PReLU(shared_axes=[1, 2])", Relu), Of("ReLU()", Relu),
        Of("ReLU(6.0)", Clip(0, 6)), Of("ReLU(max_value=2)", Clip(0, 2)), Of("ReLU(negative_slope=0.2)", Leaky(0.2)),
        Of("ReLU(threshold=1.5)", Threshold(1.5, 0)), Of("ReLU(max_value=3, negative_slope=0.1)", x => x > 3 ? 3 : x > 0 ? x : 0.1 * x),
        OfVector("Softmax()", Softmax),
    ];

    private static FrameworkFormula[] KerasOps =>
        [Of("exp", Math.Exp), Of("gelu", GeluTanh), Of("gelu(x, approximate=False)", Gelu), Of("relu", Relu)];

    private static FrameworkFormula[] TensorFlow =>
    [
        OfVector("crelu(features)", x => [.. x.Select(Relu), .. x.Select(each => Relu(-each))]), Of("elu(features)", Elu(1)),
        Of("gelu(x)", Gelu), Of("gelu(features, approximate=True)", GeluTanh), Of("leaky_relu", Leaky(0.2)),
        Of("leaky_relu(x, alpha=0.01)", Leaky(0.01)), OfVector("log_softmax(logits)", LogSoftmax), Of("relu", Relu),
        Of("relu6", Clip(0, 6)),
        Of("selu", Selu), Of("sigmoid", Sigmoid), Of("silu(x)", Silu), Of("swish(x, beta=2.0)", x => x * Sigmoid(2 * x)),
        OfVector("softmax(logits, axis=1)", Softmax), Of("softplus", Softplus), Of("softsign", Softsign), Of("tanh", Math.Tanh),
    ];

    private static FrameworkFormula[] TensorFlowMath =>
    [
        Of("sigmoid(x)", Sigmoid), Of("tanh", Math.Tanh), Of("softplus", Softplus), Of("exp", Math.Exp), Of("abs", Math.Abs),
        Of("square", Square),
    ];

    private static FrameworkFormula[] Onnx =>
    [
        OfVector("SwiGLU(alpha=2)", GateFirst(x => x * Sigmoid(2 * x))),
        Of("Abs", Math.Abs), Of("Celu(alpha=2)", Celu(2)), Of("Clip(min=-1, max=2)", Clip(-1, 2)), Of("Clip(X, 0, 6)", Clip(0, 6)),
        Of("Elu", Elu(1)), Of("Elu (alpha = 0.5)", Elu(0.5)), Of("Exp", Math.Exp), Of("Gelu", Gelu),
        Of("Gelu (approximate = \"tanh\")", GeluTanh),
        Of("HardSigmoid", x => Math.Clamp(0.2 * x + 0.5, 0, 1)), Of("HardSigmoid(alpha=0.25)", x => Math.Clamp(0.25 * x + 0.5, 0, 1)),
        Of("HardSwish", HardSwish), OfVector("Hardmax", Hardmax), Of("Identity", Identity), Of("LeakyRelu", Leaky(0.01)),
        Of("LeakyRelu(alpha=0.1)", Leaky(0.1)), OfVector("LogSoftmax (axis = -1)", LogSoftmax), Of("Mish", Mish),
        Of("PRelu(X, 0.2)", Leaky(0.2)), Of("PRelu(slope=0.3)", Leaky(0.3)), Of("Relu", Relu), Of("Selu", Selu),
        Of("Shrink", HardShrink(0.5)), Of("Shrink(lambd=1.5)", HardShrink(1.5)),
        Of("Shrink(lambd=1.5, bias=0.5)", x => x < -1.5 ? x + 0.5 : x > 1.5 ? x - 0.5 : 0), Of("Sigmoid", Sigmoid),
        OfVector("Softmax(axis=1)", Softmax), Of("Softplus", Softplus), Of("Softsign", Softsign), Of("Swish", Silu),
        Of("Swish (alpha = 1.5)", x => x * Sigmoid(1.5 * x)), Of("Tanh", Math.Tanh), Of("ThresholdedRelu", Threshold(1, 0)),
        Of("ThresholdedRelu(alpha=2)", Threshold(2, 0)),
    ];

    private static FrameworkFormula[] OnnxRecurrent =>
        [Of("Affine(alpha=2, beta=-1)", x => 2 * x - 1), Of("ScaledTanh(alpha=1.5, beta=0.5)", x => 1.5 * Math.Tanh(0.5 * x))];

    private static FrameworkFormula[] OnnxRuntime =>
        [Of("Gelu", Gelu), Of("FastGelu", GeluTanh), Of("QuickGelu", QuickGelu), Of("QuickGelu(alpha=2)", x => x * Sigmoid(2 * x))];

    private static FrameworkFormula[] OneDnn =>
    [
        Of("abs", Math.Abs), Of("clip(alpha=-2, beta=1)", Clip(-2, 1)), Of("clip_v2(alpha=-2, beta=1)", Clip(-2, 1)),
        Of("bounded_relu(alpha=6)", Clip(0, 6)), Of("bounded_relu(alpha=4)", Clip(0, 4)), Of("elu(alpha=0.5)", Elu(0.5)),
        Of("exp", Math.Exp),
        Of("gelu_erf", Gelu), Of("gelu_tanh", GeluTanh), Of("hardsigmoid(alpha=0.25, beta=0.4)", x => Math.Clamp(0.25 * x + 0.4, 0, 1)),
        Of("hardswish(alpha=0.25, beta=0.4)", x => x * Math.Clamp(0.25 * x + 0.4, 0, 1)), Of("linear(alpha=2, beta=1)", x => 2 * x + 1),
        Of("logistic", Sigmoid), Of("mish", Mish), Of("relu", Relu), Of("relu(alpha=0.1)", Leaky(0.1)),
        Of("soft_relu(alpha=2)", ParametricSoftplus(2)), Of("soft_relu(alpha=-1)", LogSigmoid), Of("soft_relu_v2(alpha=1)", Softplus),
        Of("logsigmoid", LogSigmoid), Of("square", Square), Of("swish(alpha=2)", x => x * Sigmoid(2 * x)), Of("tanh", Math.Tanh),
    ];

    private static FrameworkFormula[] HuggingFace =>
    [
        Of("gelu", Gelu), Of("gelu_10", x => Math.Clamp(Gelu(x), -10, 10)), Of("gelu_fast", GeluTanh), Of("gelu_new", GeluTanh),
        Of("gelu_python", Gelu), Of("gelu_pytorch_tanh", GeluTanh), Of("gelu_python_tanh", GeluTanh), Of("gelu_accurate", GeluTanh),
        Of("hardswish", HardSwish), Of("laplace", Laplace), Of("leaky_relu", Leaky(0.01)), Of("linear", Identity), Of("mish", Mish),
        Of("quick_gelu", QuickGelu), Of("relu", Relu), Of("relu2", ReluSquared), Of("relu6", Clip(0, 6)), Of("sigmoid", Sigmoid),
        Of("silu", Silu), Of("swish", Silu), Of("sqrtsoftplus", x => Math.Sqrt(Softplus(x))), Of("tanh", Math.Tanh),
        Of("prelu", Leaky(0.25)),
        Of("xielu", Xielu(0.8, 0.8, 0.5)),
    ];

    private static FrameworkFormula[] HuggingFaceClasses =>
    [
        Of("GELUActivation()", Gelu), Of("NewGELUActivation()", GeluTanh), Of("FastGELUActivation()", GeluTanh),
        Of("AccurateGELUActivation()", GeluTanh), Of("GELUTanh()", GeluTanh), Of("PytorchGELUTanh()", GeluTanh),
        Of("QuickGELUActivation()", QuickGelu), Of("ClippedGELUActivation(-2, 3)", x => Math.Clamp(Gelu(x), -2, 3)),
        Of("SiLUActivation()", Silu), Of("MishActivation()", Mish), Of("LinearActivation()", Identity), Of("LaplaceActivation()", Laplace),
        Of("ReLUSquaredActivation()", ReluSquared), Of("SqrtSoftplusActivation()", x => Math.Sqrt(Softplus(x))),
        Of("XIELUActivation(alpha_p_init=0.6, alpha_n_init=0.9)", Xielu(0.6, 0.9, 0.5)),
    ];

    private static FrameworkFormula[] Ggml =>
    [
        OfVector("reglu(ctx, a)", GateFirst(Relu)), OfVector("geglu(ctx, a)", GateFirst(GeluTanh)),
        OfVector("geglu_erf(ctx, a)", GateFirst(Gelu)), OfVector("geglu_quick(ctx, a)", GateFirst(QuickGelu)),
        OfVector("swiglu(ctx, a)", GateFirst(Silu)), OfVector("swiglu_oai(ctx, a, b, 1.702, 7)", GptOss(1.702, 7)),
        Of("abs(ctx, a)", Math.Abs), Of("step(ctx, a)", x => x > 0 ? 1 : 0), Of("tanh(ctx, a)", Math.Tanh), Of("elu(ctx, a)", Elu(1)),
        Of("relu(ctx, a)", Relu), Of("leaky_relu(ctx, a, 0.1f, true)", Leaky(0.1)), Of("leaky_relu(ctx, cur, 0.2, false)", Leaky(0.2)),
        Of("sigmoid", Sigmoid), Of("gelu(ctx, a)", GeluTanh), Of("gelu_erf", Gelu), Of("gelu_quick", QuickGelu), Of("silu(ctx, a)", Silu),
        Of("hardswish", HardSwish), Of("hardsigmoid", HardSigmoid), Of("exp", Math.Exp), Of("softplus", Softplus), Of("sqr", Square),
        Of("clamp(ctx, a, -1, 2)", Clip(-1, 2)), OfVector("soft_max(ctx, a)", Softmax),
    ];

    private static FrameworkFormula[] MlxModules =>
    [
        OfVector("GLU(axis=-1)", Glu),
        Of("CELU(alpha=2)", Celu(2)), Of("ELU()", Elu(1)), Of("GELU()", Gelu), Of("GELU(approx='precise')", GeluTanh),
        Of("GELU('tanh')", GeluTanh), Of("GELU(approx='fast')", QuickGelu), Of("HardShrink()", HardShrink(0.5)),
        Of("HardTanh()", Clip(-1, 1)),
        Of("Hardswish()", HardSwish), Of("LeakyReLU(0.3)", Leaky(0.3)), Of("LogSigmoid()", LogSigmoid),
        OfVector("LogSoftmax()", LogSoftmax),
        Of("Mish()", Mish), Of("PReLU(num_parameters=4, init=0.1)", Leaky(0.1)), Of("ReLU()", Relu), Of("ReLU2()", ReluSquared),
        Of("ReLU6()", Clip(0, 6)), Rounded("SELU()", 1.0507, 1.67326), Of("Sigmoid()", Sigmoid), Of("SiLU()", Silu),
        OfVector("Softmax()", Softmax), OfVector("Softmin()", Softmin), Of("Softplus()", Softplus), Of("Softshrink(0.7)", SoftShrink(0.7)),
        Of("Softsign()", Softsign), Of("Step()", x => x >= 0 ? 1 : 0), Of("Tanh()", Math.Tanh),
    ];

    private static FrameworkFormula[] MlxFunctions =>
    [
        OfVector("glu(x, axis=-1)", Glu),
        Of("celu(x)", Celu(1)), Of("elu(x, 0.5)", Elu(0.5)), Of("gelu(x)", Gelu), Of("gelu_approx(x)", GeluTanh),
        Of("gelu_fast_approx(x)", QuickGelu), Of("hard_shrink(x, 0.7)", HardShrink(0.7)), Of("hard_tanh(x)", Clip(-1, 1)),
        Of("hard_tanh(x, -2, 2)", Clip(-2, 2)), Of("hardswish(x)", HardSwish), Of("leaky_relu(x)", Leaky(0.01)),
        Of("log_sigmoid(x)", LogSigmoid), OfVector("log_softmax(x)", LogSoftmax), Of("mish(x)", Mish), Of("prelu(x, 0.3)", Leaky(0.3)),
        Of("relu(x)", Relu), Of("relu2(x)", ReluSquared), Of("relu6(x)", Clip(0, 6)), Rounded("selu(x)", 1.0507, 1.67326),
        Of("sigmoid(x)", Sigmoid), Of("silu(x)", Silu), OfVector("softmax(x)", Softmax), OfVector("softmin(x)", Softmin),
        Of("softplus(x)", Softplus), Of("softshrink(x)", SoftShrink(0.5)), Of("softsign(x)", Softsign), Of("step(x)", x => x >= 0 ? 1 : 0),
        Of("tanh(x)", Math.Tanh),
    ];

    private static FrameworkFormula[] BurnFunctions =>
    [
        OfVector("glu(tensor, 1)", Glu),
        Of("relu(tensor)", Relu), Of("hardtanh(tensor, -1.0, 1.0)", Clip(-1, 1)), Of("hardtanh(tensor, 0.0, 6.0)", Clip(0, 6)),
        Of("hardtanh(tensor, -2.0, 2.0)", Clip(-2, 2)), Of("tanhshrink(tensor)", TanhShrink), Of("relu6(tensor)", Clip(0, 6)),
        Of("leaky_relu(tensor, 0.01)", Leaky(0.01)), Of("gelu(tensor)", Gelu), Of("gelu_approximate(tensor)", GeluTanh),
        Of("prelu(tensor, 0.25)", Leaky(0.25)), OfVector("softmax(tensor, 1)", Softmax), OfVector("softmin(tensor, 1)", Softmin),
        Of("softplus(tensor, 2.0)", ParametricSoftplus(2)), OfVector("log_softmax(tensor, 1)", LogSoftmax), Of("sigmoid(tensor)", Sigmoid),
        Of("hard_sigmoid(tensor, 0.2, 0.5)", x => Math.Clamp(0.2 * x + 0.5, 0, 1)), Of("log_sigmoid(tensor)", LogSigmoid),
        Of("silu(tensor)", Silu), Of("hard_swish(tensor)", HardSwish), Of("mish(tensor)", Mish), Of("tanh(tensor)", Math.Tanh),
        Of("elu(tensor, 1.0)", Elu(1)), Of("celu(tensor, 2.0)", Celu(2)), Of("selu(tensor)", Selu),
        Of("thresholded_relu(tensor, 1.0)", Threshold(1, 0)), Of("threshold(tensor, 0.5, -1.0)", Threshold(0.5, -1)),
        Of("softsign(tensor)", Softsign), Of("hard_shrink(tensor, 0.5)", HardShrink(0.5)), Of("soft_shrink(tensor, 0.5)", SoftShrink(0.5)),
        Of("shrink(tensor, 1.5, 0.5)", x => x < -1.5 ? x + 0.5 : x > 1.5 ? x - 0.5 : 0),
    ];

    private static FrameworkFormula[] BurnModules =>
    [
        OfVector("GLU(1)", Glu),
        Of("Celu()", Celu(1)), Of("Elu()", Elu(1)), Of("Gelu()", Gelu), Of("Gelu(true)", GeluTanh), Of("HardShrink()", HardShrink(0.5)),
        Of("HardSigmoid()", x => Math.Clamp(0.2 * x + 0.5, 0, 1)), Of("HardSwish()", HardSwish), Of("Hardtanh()", Clip(-1, 1)),
        Of("Hardtanh(0, 6)", Clip(0, 6)), Of("Hardtanh(-3, 3)", Clip(-3, 3)), Of("LeakyRelu()", Leaky(0.01)),
        Of("LogSigmoid()", LogSigmoid),
        Of("Mish()", Mish), Of("PRelu()", Leaky(0.25)), Of("Relu()", Relu), Of("Relu6()", Clip(0, 6)),
        Of("RRelu()", Leaky((1 / 8.0 + 1 / 3.0) / 2)), Of("Selu()", Selu), Of("Shrink()", SoftShrink(0.5)),
        Of("Shrink(1.5, 0.5)", x => x < -1.5 ? x + 0.5 : x > 1.5 ? x - 0.5 : 0), Of("Sigmoid()", Sigmoid), Of("SiLU()", Silu),
        Of("SoftShrink()", SoftShrink(0.5)), Of("Softplus()", Softplus), Of("Softsign()", Softsign), Of("Tanh()", Math.Tanh),
        Of("Tanhshrink()", TanhShrink), Of("Threshold(0.5, -1.0)", Threshold(0.5, -1)), Of("ThresholdedRelu()", Threshold(1, 0)),
    ];

    private static FrameworkFormula[] Candle =>
    [
        OfVector("Swiglu", GateFirst(Silu)),
        Of("Gelu", Gelu), Of("NewGelu", GeluTanh), Of("GeluPytorchTanh", GeluTanh), Of("Relu", Relu), Of("Relu2", ReluSquared),
        Of("Relu6", Clip(0, 6)), Of("Silu", Silu), Of("Sigmoid", Sigmoid), Of("HardSigmoid", HardSigmoid), Of("Swish", Silu),
        Of("Mish", Mish),
        Of("HardSwish", HardSwish), Of("Elu(1.0)", Elu(1)), Of("LeakyRelu(0.02)", Leaky(0.02)),
    ];

    private static FrameworkFormula[] CandleOps =>
    [
        OfVector("swiglu", GateFirst(Silu)),
        Of("silu(xs)", Silu), Of("sigmoid(xs)", Sigmoid), Of("hard_sigmoid(xs)", HardSigmoid), Of("mish(xs)", Mish),
        Of("leaky_relu(xs, 0.3)", Leaky(0.3)), OfVector("softmax(xs, 1)", Softmax), OfVector("softmax_last_dim(xs)", Softmax),
        OfVector("log_softmax(xs, 1)", LogSoftmax),
    ];

    private static FrameworkFormula[] CandleTensor =>
    [
        Of("gelu()", GeluTanh), Of("gelu_erf()", Gelu), Of("relu()", Relu), Of("silu()", Silu), Of("elu(0.5)", Elu(0.5)),
        Of("tanh()", Math.Tanh),
        Of("exp()", Math.Exp), Of("abs()", Math.Abs), Of("sqr()", Square),
    ];

    private static FrameworkFormula[] CoreMl =>
    [
        Of("clamped_relu(x=x, alpha=0.1, beta=4)", x => Math.Min(4, x >= 0 ? x : 0.1 * x)), Of("elu(x, alpha=0.5)", Elu(0.5)),
        Of("gelu(x=x)", Gelu), Of("gelu(x, mode='EXACT')", Gelu), Of("gelu(x, mode=\"TANH_APPROXIMATION\")", GeluTanh),
        Of("gelu(x, mode='SIGMOID_APPROXIMATION')", QuickGelu), Of("leaky_relu(x=x, alpha=0.2)", Leaky(0.2)),
        Of("linear_activation(x, alpha=2, beta=1)", x => 2 * x + 1), Of("prelu(x, alpha=0.1)", Leaky(0.1)), Of("relu(x)", Relu),
        Of("relu6(x)", Clip(0, 6)), Of("scaled_tanh(x, alpha=2, beta=0.5)", x => 2 * Math.Tanh(0.5 * x)), Of("sigmoid(x)", Sigmoid),
        Of("sigmoid_hard(x, alpha=0.25, beta=0.4)", x => Math.Clamp(0.25 * x + 0.4, 0, 1)), Of("silu(x)", Silu),
        Of("softplus(x)", Softplus),
        OfVector("softmax(x)", Softmax), Of("softsign(x)", Softsign), Of("thresholded_relu(x, alpha=1.5)", x => x >= 1.5 ? x : 0),
        Of("tanh(x)", Math.Tanh), Of("clip(x, alpha=-1, beta=2)", Clip(-1, 2)), Of("exp(x)", Math.Exp), Of("abs(x)", Math.Abs),
        Of("square(x)", Square),
    ];

    private static FrameworkFormula[] TensorFlowLite =>
    [
        Of("RELU", Relu), Of("RELU6", Clip(0, 6)), Of("RELU_N1_TO_1", Clip(-1, 1)), Of("RELU_0_TO_1", Clip(0, 1)),
        Of("LEAKY_RELU(alpha=0.3)", Leaky(0.3)), Of("PRELU(alpha=0.1)", Leaky(0.1)), Of("ELU", Elu(1)), Of("GELU", Gelu),
        Of("GELU(approximate=true)", GeluTanh), Of("HARD_SWISH", HardSwish), Of("LOGISTIC", Sigmoid), Of("TANH", Math.Tanh),
        OfVector("SOFTMAX", Softmax), OfVector("LOG_SOFTMAX", LogSoftmax), Of("EXP", Math.Exp), Of("ABS", Math.Abs), Of("SQUARE", Square),
    ];

    private static FrameworkFormula[] Darknet =>
    [
        Of("logistic", Sigmoid), Of("loggy", x => 2 / (1 + Math.Exp(-x)) - 1), Of("relu", Relu), Of("elu", Elu(1)),
        Rounded("selu", 1.0507, 1.6732), Of("relie", Leaky(0.01)), Of("linear", Identity), Of("tanh", Math.Tanh), Of("leaky", Leaky(0.1)),
        Of("hardtan", Clip(-1, 1)),
    ];

    private static F Selu => x => SeluScale * (x > 0 ? x : SeluAlpha * (Math.Exp(x) - 1));

    private static F Leaky(double slope) => x => x >= 0 ? x : slope * x;

    private static F Elu(double alpha) => x => x > 0 ? x : alpha * (Math.Exp(x) - 1);

    private static F Celu(double alpha) => x => Math.Max(0, x) + Math.Min(0, alpha * (Math.Exp(x / alpha) - 1));

    private static F Clip(double low, double high) => x => x < low ? low : x > high ? high : x;

    private static F HardShrink(double lambda) => x => Math.Abs(x) > lambda ? x : 0;

    private static F SoftShrink(double lambda) => x => x > lambda ? x - lambda : x < -lambda ? x + lambda : 0;

    private static F Threshold(double threshold, double value) => x => x > threshold ? x : value;

    private static F ParametricSoftplus(double beta) => x => Math.Log(1 + Math.Exp(beta * x)) / beta;

    private static F Squareplus(double b) => x => (x + Math.Sqrt(x * x + b)) / 2;

    private static F Xielu(double positive, double negative, double beta) => x => x > 0
        ? positive * x * x + beta * x
        : (Math.Exp(Math.Min(x, -1e-6)) - 1 - x) * negative + beta * x;

    private static F Laplace => x => 0.5 * Erfc(-(x - 0.707107) / (0.282095 * Math.Sqrt(2)));

    private static double[] Softmax(double[] x)
    {
        double[] e = [.. x.Select(each => Math.Exp(each - x.Max()))];
        return [.. e.Select(each => each / e.Sum())];
    }

    private static double[] Softmin(double[] x) => Softmax([.. x.Select(each => -each)]);

    private static double[] LogSoftmax(double[] x) => [.. Softmax(x).Select(each => Math.Log(each))];

    private static double[] Hardmax(double[] x) => [.. Enumerable.Range(0, x.Length).Select(i => i == Array.IndexOf(x, x.Max()) ? 1.0 : 0)];

    // The projection onto the simplex.
    private static double[] Sparsemax(double[] x)
    {
        double[] sorted = [.. x.OrderDescending()];
        int support = Enumerable.Range(1, x.Length).Last(k => 1 + k * sorted[k - 1] > sorted.Take(k).Sum());
        double tau = (sorted.Take(support).Sum() - 1) / support;
        return [.. x.Select(each => Math.Max(each - tau, 0))];
    }

    // By its series near 0, else by Lentz's continued fraction.
    private static double Erfc(double x)
    {
        if (x < 0)
            return 2 - Erfc(-x);
        if (x < 2.5)
        {
            (double sum, double term) = (x, x);
            for (int n = 1; n < 200; n++)
            {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 1 - 2 / Math.Sqrt(Math.PI) * sum;
        }
        double fraction = x;
        for (int k = 200; k > 0; k--)
            fraction = x + k / 2.0 / fraction;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }

    private static IEnumerable<FrameworkFormula> Module(string path, IEnumerable<FrameworkFormula> formulas) =>
        formulas.Select(formula => formula with { Call = path + formula.Call });

    private static FrameworkFormula Of(string call, F formula) => new(call, x => [.. x.Select(formula)]);

    // The first half times σ of the second.
    private static double[] Glu(double[] x) => [.. x.Take(x.Length / 2).Zip(x.Skip(x.Length / 2), (value, gate) => value * Sigmoid(gate))];

    // A function of the first half, or of the first of two tensors, times the second.
    private static Func<double[], double[]> GateFirst(F gate) =>
        x => [.. x.Take(x.Length / 2).Zip(x.Skip(x.Length / 2), (first, second) => gate(first) * second)];

    private static Func<double[], double[]> GptOss(double alpha, double limit) => x =>
    [
        .. x.Take(x.Length / 2).Zip(x.Skip(x.Length / 2), (gate, value) =>
            Math.Min(gate, limit) * Sigmoid(alpha * Math.Min(gate, limit)) * (Math.Clamp(value, -limit, limit) + 1)),
    ];

    private static FrameworkFormula OfVector(string call, Func<double[], double[]> formula) => new(call, formula);

    private static FrameworkFormula Random(string call) => new(call, null);

    // SELU with constants of few digits: another function by as much.
    private static FrameworkFormula Rounded(string call, double scale, double alpha) =>
        new(call, x => [.. x.Select(each => scale * (each > 0 ? each : alpha * (Math.Exp(each) - 1)))], 1e-4);
}
