using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by its own sigmoid, x · σ(βx); with β = 1 it is called SiLU.</summary>
public readonly partial struct Swish : IElementwise<Swish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("swish", "Swish")
    {
        Summary = new(
            "The input times its own sigmoid: close to ReLU far from 0, smooth in between, with a shallow dip below 0.",
            "输入乘以自身的 sigmoid:远离 0 时接近 ReLU,中间平滑,在 0 以下有一个浅谷。"),
        UseWhen = new(
            "In deep convolutional and transformer networks, where a smooth function trains a little better than ReLU; β may be learned.",
            "用于深层卷积网络与 Transformer:平滑函数往往比 ReLU 训练得略好;β 可以学习。"),
        AvoidWhen = new(
            "Where every nanosecond counts, or where a monotone function is needed.",
            "不宜用于分秒必争或要求单调函数的场合。"),
        Source = "P. Ramachandran, B. Zoph, Q. V. Le, Searching for Activation Functions, 2017, arXiv:1710.05941",
        Parameters =
        [
            new("beta", "β", 1)
            {
                Learnable = true,
                Meaning = new("How sharp the gate is: towards 0 the function becomes x/2, towards ∞ it becomes ReLU.", "门的陡峭程度:趋于 0 时函数变为 x/2,趋于 ∞ 时变为 ReLU。"),
                Examples = [0.25, 1, 4],
            },
        ],
        Aliases = ["silu", "sil", "swish1"],
        Spellings = [new("PyTorch", "torch.nn.SiLU()"), new("Keras", "keras.activations.silu"), new("ONNX", "Swish (alpha = β)")],
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(x, p[0] * x);

    // The derivative is that of SiLU at βx.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidGateDerivative(p[0] * x);
}

public partial class Activation
{
    /// <summary>Swish, x · σ(βx); SiLU at the default β.</summary>
    /// <param name="beta">β</param>
    /// <exception cref="ArgumentOutOfRangeException">β is not finite or out of its range.</exception>
    public static ElementwiseActivation Swish(double beta = 1) => ElementwiseActivation.Create<Swish>(beta);
}
