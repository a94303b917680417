using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument gated by the tanh of its softplus, x · tanh(log(1 + eˣ)).</summary>
public readonly struct Mish : IElementwise<Mish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("mish", "Mish")
    {
        Source = "D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2019, arXiv:1908.08681",
        Spellings = [new("PyTorch", "torch.nn.Mish()"), new("Keras", "keras.activations.mish"), new("ONNX", "Mish")],
        Monotone = false,
    };

    /// <inheritdoc/>
    public static bool KeepsDigits => true;

    /// <inheritdoc/>
    public static bool FloatsSuffice(double first, double second) => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhSoftplusGate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NearRoot(x, SlopeRoot, V.TanhSoftplusGateSlope(x));

    private static readonly Root SlopeRoot = new(
        -1.1924312145154952,
        -4.8484829848031044e-17,
        [0.2669479140495345, 0.20473126408010586, 0.04190782104360987, -0.020271822716684245, -0.01582112656173338, -0.0033606849270232685, 0.0010924055409445854, 0.0009898181021289196],
        1.5332816617135587e-17);
}

public partial class Activation
{
    /// <summary>Mish.</summary>
    public static ElementwiseActivation Mish { get; } = ElementwiseActivation.Create<Mish>();
}
