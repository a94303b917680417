using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Gaussian error linear unit, x · Φ(x) with the standard normal distribution function Φ.</summary>
public readonly struct Gelu : IElementwise<Gelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gelu", "GELU")
    {
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415",
        Aliases = ["gelu(approximate=none)", "gelu(approximate=false)"],
        Spellings = [new("PyTorch", "torch.nn.GELU()"), new("Keras", "keras.activations.gelu"), new("ONNX", "Gelu")],
        Monotone = false,
        FastUlps = 6,
        FigureRange = (-5, 5),
    };

    /// <inheritdoc/>
    public static bool KeepsDigits => true;

    /// <inheritdoc/>
    public static bool FloatsSuffice(double first, double second) => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NormalGate(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.NearRoot(x, SlopeRoot, V.NormalGateSlope(x));

    private static readonly Root SlopeRoot = new(
        -0.7517915246935645,
        1.4956759177009883e-17,
        [0.4314939923140469, 0.388284982990552, -0.018199676398671087, -0.1140082332972217, -0.014771522148244337, 0.019421679838189067, 0.004539228379125415, -0.002239538068073497],
        2.7308688141129613e-17);
}

public partial class Activation
{
    /// <summary>The exact Gaussian error linear unit.</summary>
    public static ElementwiseActivation Gelu { get; } = ElementwiseActivation.Create<Gelu>();
}
