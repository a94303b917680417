using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Scaled exponential linear unit, λ · ELU with the α and λ that keep mean 0 and variance 1.</summary>
public readonly partial struct Selu : IElementwise<Selu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("selu", "SELU")
    {
        Family = ActivationFamily.Tutorial,
        Source = "G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, Self-Normalizing Neural Networks, 2017, arXiv:1706.02515",
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = -SeluFixedPoint.Level,
        DerivativeFromOutput = true,
        FigureRange = (-5, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, V.Times(Lambda, x), V.Of(Level) * V.Expm1(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, V.Of(Lambda), V.Of(Level) * V.Exp(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, V.Of(Lambda), y + V.Of(Level));

    /// <summary>λα: the function tends to -λα at -∞.</summary>
    public static Constant Level
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => new(SeluFixedPoint.Level, SeluFixedPoint.LevelLow, "λα");
    }

    /// <summary>α, the solution of the paper's fixed-point equations.</summary>
    public static Constant Alpha
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => new(SeluFixedPoint.Alpha, SeluFixedPoint.AlphaLow, "α");
    }

    /// <summary>λ, the solution of the paper's fixed-point equations.</summary>
    public static Constant Lambda
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)] get => new(SeluFixedPoint.Lambda, SeluFixedPoint.LambdaLow, "λ");
    }
}

public partial class Activation
{
    /// <summary>The scaled exponential linear unit.</summary>
    public static ElementwiseActivation Selu() => ElementwiseActivation.Create<Selu>();
}
