using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The argument gated by the sigmoid of 1.702 times it.</summary>
internal readonly struct QuickGelu : IElementwise<QuickGelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("quick_gelu", "Quick GELU")
    {
        Source = "D. Hendrycks, K. Gimpel, Gaussian Error Linear Units (GELUs), 2016, arXiv:1606.08415",
        Monotone = false,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TimesSigmoid(x, 1.702 * x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidGateDerivative(1.702 * x);
}
