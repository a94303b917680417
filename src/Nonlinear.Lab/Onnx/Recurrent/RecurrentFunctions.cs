using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recurrent;

// Functions that ONNX allows inside its recurrent operators and that the catalogue does not have; written as users write theirs.

/// <summary>min(max(αx + β, 0), 1)</summary>
internal readonly struct HardSigmoid : IElementwise<HardSigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_sigmoid", "Hard sigmoid")
    {
        Source = "ONNX operators, HardSigmoid",
        Parameters = [new("alpha", "α", 0.2), new("beta", "β", 0.5)],
        Kinks = [-2.5, 2.5],
        Smoothness = 0,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V line = (p[0] * x) + p[1];
        return V.SelectGreater(line, 1, 1, V.PositivePart(line));
    }
}

/// <summary>x / (1 + |x|)</summary>
internal readonly struct Softsign : IElementwise<Softsign>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softsign", "Softsign")
    {
        Source = "ONNX operators, Softsign",
        Kinks = [0],
        Smoothness = 1,
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x / (1 + V.Abs(x));

    // The derived form cancels far from 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 1 / ((1 + V.Abs(x)) * (1 + V.Abs(x)));
}

/// <summary>log(1 + eˣ)</summary>
internal readonly struct Softplus : IElementwise<Softplus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softplus", "Softplus") { Source = "ONNX operators, Softplus" };

    // log(1 + eˣ) as it stands overflows.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.PositivePart(x) + V.Log1p(V.Exp(-V.Abs(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(x);
}

/// <summary>x above α, 0 below</summary>
internal readonly struct ThresholdedRelu : IElementwise<ThresholdedRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("thresholded_relu", "Thresholded ReLU")
    {
        Source = "ONNX operators, ThresholdedRelu",
        Parameters = [new("alpha", "α", 1)],
        Kinks = [1],
        Smoothness = -1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, p[0], x, 0 * x);
}

/// <summary>α · tanh(βx)</summary>
internal readonly struct ScaledTanh : IElementwise<ScaledTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("scaled_tanh", "Scaled tanh")
    {
        Source = "ONNX operators, ScaledTanh",
        Parameters = [new("alpha", "α", 1), new("beta", "β", 1)],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.Tanh(p[1] * x);

    // The derived form, 1 - tanh², cancels far from 0.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * p[1] * V.TanhDerivative(p[1] * x);
}

/// <summary>αx + β</summary>
internal readonly struct Affine : IElementwise<Affine>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("affine", "Affine")
    {
        Source = "ONNX operators, Affine",
        Parameters = [new("alpha", "α", 1), new("beta", "β", 0)],
        AtMinusInfinity = double.NegativeInfinity,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => (p[0] * x) + p[1];
}
