using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the tanh of its softplus, x · tanh(log(1 + eˣ)).</summary>
public readonly partial struct Mish : IElementwise<Mish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("mish", "Mish")
    {
        Summary = new(
            "A smooth, self-gated function much like swish, with a slightly deeper dip below 0 and a slope of 0.6 at 0.",
            "与 swish 相近的平滑自门控函数,0 以下的谷稍深,在 0 处斜率为 0.6。"),
        UseWhen = new(
            "In detection and other vision networks whose published recipes were tuned with it.",
            "用于以它调过参的检测等视觉网络。"),
        AvoidWhen = new(
            "Where cost matters in a framework that composes it from softplus and tanh, or where a monotone function is needed.",
            "不宜用于以 softplus 与 tanh 拼合它而又在意开销的框架,或要求单调函数的场合。"),
        Source = "D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2019, arXiv:1908.08681",
        Spellings = [new("PyTorch", "torch.nn.Mish()"), new("Keras", "keras.activations.mish"), new("ONNX", "Mish")],
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesTanhSoftplus(x, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhSoftplusGateDerivative(x);
}

public partial class Activation
{
    /// <summary>Mish.</summary>
    public static ElementwiseActivation Mish { get; } = ElementwiseActivation.Create<Mish>();
}
