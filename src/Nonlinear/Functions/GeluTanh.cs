using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>GELU with Φ replaced by a logistic function of a cubic: ½ x (1 + tanh u) with u = √(2/π) (x + 0.044715 x³).</summary>
public readonly struct GeluTanh : IElementwise<GeluTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gelu_tanh", "GELU (tanh)")
    {
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415, section 2",
        Aliases = ["gelu(approximate=tanh)", "gelu(approximate=true)", "gelu_approximate", "gelu_new", "gelu_pytorch_tanh", "fastgelu"],
        Spellings =
        [
            new("PyTorch", "torch.nn.GELU(approximate='tanh')"),
            new("Keras", "keras.activations.gelu(x, approximate=True)"),
            new("ONNX", "Gelu (approximate = \"tanh\")"),
        ],
        Monotone = false,
        FigureRange = (-5, 5),
    };

    /// <inheritdoc/>
    public static bool KeepsDigits => true;

    /// <inheritdoc/>
    public static bool FloatsSuffice(double first, double second) => true;

    // ½ (1 + tanh u) = σ(2u), which keeps its digits where u is far below 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.CubicSigmoidGate(x, SqrtTwoOverPi, Cubic);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NearRoot(x, SlopeRoot, V.CubicSigmoidGateSlope(x, SqrtTwoOverPi, Cubic));

    private static Constant SqrtTwoOverPi { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => new(0.7978845608028654, -4.98465440455546e-17, "√(2/π)"); }
    private static Constant Cubic { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => new(0.044715, 2.1960211427085595e-18, "0.044715"); }

    private static readonly Root SlopeRoot = new(
        -0.7524614220710163,
        3.635560509207687e-17,
        [0.4304000910248585, 0.38751844613578895, -0.01578285352184803, -0.11394448308095899, -0.01661932834305256, 0.019682309459833118, 0.005261059254921912, -0.0024227318458750974],
        2.028254970529195e-17);
}

public partial class Activation
{
    /// <summary>The tanh approximation of GELU.</summary>
    public static ElementwiseActivation GeluTanh { get; } = ElementwiseActivation.Create<GeluTanh>();
}
