using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>GELU with Φ replaced by a logistic function of a cubic: ½ x (1 + tanh u) with u = √(2/π) (x + 0.044715 x³).</summary>
public readonly partial struct GeluTanh : IElementwise<GeluTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("gelu_tanh", "GELU (tanh)")
    {
        Family = ActivationFamily.Tutorial,
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415, section 2",
        Aliases = ["gelu(approximate=tanh)", "gelu(approximate=true)", "gelu_approximate", "gelu_new", "gelu_pytorch_tanh", "fastgelu"],
        Monotone = false,
        FigureRange = (-5, 5),
    };

    // The slope is nearer to 1 than 2⁻²⁰⁰ here.
    private const double SettledSlope = 12;

    // ½ (1 + tanh u) = σ(2u), which keeps its digits where u is far below 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(x, Argument(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        x = V.Settled(SettledSlope, x);
        V rise = 2 * V.Of(SqrtTwoOverPi) * (1 + 3 * V.Of(Cubic) * x * x);
        (V gate, V derivative) = V.SigmoidAndDerivative(Argument(x));
        return gate + x * rise * derivative;
    }

    // 2√(2/π) (x + 0.044715 x³)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Argument<V>(V x)
        where V : struct, IReal<V> => 2 * (V.Of(SqrtTwoOverPi) * (x + V.Of(Cubic) * x * x * x));

    private static Constant SqrtTwoOverPi
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get =>
            new(DoubleConstants.SqrtTwoOverPi, DoubleConstants.SqrtTwoOverPiLow, "√(2/π)");
    }

    private static Constant Cubic
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get =>
            new(DoubleConstants.GeluTanhCubic, DoubleConstants.GeluTanhCubicLow, "0.044715");
    }
}

public partial class Activation
{
    /// <summary>The tanh approximation of GELU.</summary>
    public static ElementwiseActivation GeluTanh() => ElementwiseActivation.Create<GeluTanh>();
}
