using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>A smooth ReLU: the logarithm of 1 + e to the argument.</summary>
internal readonly struct Softplus : IElementwise<Softplus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softplus", "Softplus")
    {
        Source = "C. Dugas et al., Incorporating Second-Order Functional Knowledge for Better Option Pricing, 2001",
        Parameters = [new("beta", "β", 1)],
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Max(x, 0) + (V.Log1p(V.Exp(-V.Abs(p[0] * x))) / p[0]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(p[0] * x);
}
