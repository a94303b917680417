using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The logarithm of the logistic sigmoid.</summary>
internal readonly struct LogSigmoid : IElementwise<LogSigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("log_sigmoid", "Log-sigmoid")
    {
        Source = "C. Dugas et al., Incorporating Second-Order Functional Knowledge for Better Option Pricing, 2001",
        AtMinusInfinity = double.NegativeInfinity,
        AtPlusInfinity = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -V.Max(-x, 0) - V.Log1p(V.Exp(-V.Abs(x)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(-x);
}
