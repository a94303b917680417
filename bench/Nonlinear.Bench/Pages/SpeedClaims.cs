using static Nonlinear.Bench.Measuring.TierNames;
using static Nonlinear.Bench.Pages.Direction;
using static Nonlinear.Bench.Pages.FunctionKind;
using static Nonlinear.Bench.Pages.SpeedClaim;

namespace Nonlinear.Bench.Pages;

/// <summary>What is claimed of the library's speed, on every processor.</summary>
internal static class SpeedClaims
{
    private const string Libtorch = "libtorch", OnnxRuntime = "ONNX Runtime";

    // As fast as memory, so that noise decides who is first.
    private static readonly string[] Linear = ["relu", "leaky_relu", "prelu"];

    /// <summary>The claims in the order of the page.</summary>
    public static IReadOnlyList<SpeedClaim> All { get; } =
    [
        new("elementwise, forward, but ReLU and its kin", Elementwise, Fast, FastestRival, 1) { Direction = Forward, Except = Linear },
        new("elementwise, gradients, but those", Elementwise, Fast, FastestRival, 1)
        {
            Direction = Backward, From = Saved.Either, Except = Linear,
        },
        new("ReLU, leaky ReLU, PReLU, forward and gradients", Elementwise, Fast, FastestRival, 1.05)
        {
            From = Saved.Either, Functions = Linear,
        },
        new("sigmoid, swish, forward", Elementwise, Exact, Libtorch, 1.3)
        {
            AtMostNarrow = 1.95, Direction = Forward, Functions = ["sigmoid", "swish"],
        },
        new("GELU, forward", Elementwise, Exact, Libtorch, 2) { AtMostNarrow = 3, Direction = Forward, Functions = ["gelu"] },
        new("ELU, GELU (both), mish, SELU, swish, gradients from inputs", Elementwise, Exact, Libtorch, 1.5)
        {
            AtMostNarrow = 2.25, Direction = Backward, Functions = ["elu", "gelu", "gelu_tanh", "mish", "selu", "swish"],
        },
        new("sigmoid, tanh, gradients from outputs", Elementwise, Exact, Libtorch, 1.5)
        {
            AtMostNarrow = 2.25, Direction = Backward, From = Saved.Outputs, Functions = ["sigmoid", "tanh"],
        },
        new("gated units, forward", Gated, Fast, FastestRival, 1) { Direction = Forward },
        new("gated units, gradients", Gated, Fast, FastestRival, 1) { Direction = Backward },
        new("GLU, SwiGLU, GEGLU, forward and gradients", Gated, Exact, Libtorch, 1.5) { Functions = ["glu", "swiglu", "geglu"] },
        new("ReGLU, forward and gradients", Gated, Fast, Memory, 1.2) { Functions = ["reglu"] },
        new("softmax", AlongAxis, Fast, OnnxRuntime, 0.9) { Direction = Forward, Functions = ["softmax"] },
        new("softmax", AlongAxis, Exact, Libtorch, 1) { Direction = Forward, Functions = ["softmax"] },
        new("log-softmax", AlongAxis, Fast, OnnxRuntime, 1) { Direction = Forward, Functions = ["log_softmax"] },
        new("log-softmax, rows of 10,000 and more", AlongAxis, Exact, Libtorch, 0.9)
        {
            Direction = Forward, Functions = ["log_softmax"], Columns = (10_000, int.MaxValue),
        },
        new("log-softmax, rows of 1,000 to 10,000", AlongAxis, Exact, Libtorch, 1)
        {
            Direction = Forward, Functions = ["log_softmax"], Columns = (1000, 9999),
        },
        new("log-softmax, shorter rows", AlongAxis, Exact, Libtorch, 1.2)
        {
            Direction = Forward, Functions = ["log_softmax"], Columns = (1, 999),
        },
        new("softmax, gradients from outputs", AlongAxis, Fast, Libtorch, 0.9)
        {
            Direction = Backward, From = Saved.Outputs, Functions = ["softmax"],
        },
        new("log-softmax, gradients from outputs", AlongAxis, Fast, Libtorch, 0.8)
        {
            Direction = Backward, From = Saved.Outputs, Functions = ["log_softmax"],
        },
        new("softmax and log-softmax, gradients from outputs", AlongAxis, Exact, Libtorch, 1.5)
        {
            Direction = Backward, From = Saved.Outputs, Functions = ["softmax", "log_softmax"],
        },
    ];
}
