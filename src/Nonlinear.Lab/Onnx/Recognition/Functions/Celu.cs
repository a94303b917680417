using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>ELU whose derivative is continuous at every α.</summary>
internal readonly struct Celu : IElementwise<Celu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("celu", "CELU")
    {
        Source = "J. T. Barron, Continuously Differentiable Exponential Linear Units, 2017, arXiv:1704.07483",
        Parameters = [new("alpha", "α", 1)],
        Kinks = [0],
        AtMinusInfinity = -1,
        Smoothness = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Max(x, 0) + (p[0] * V.Expm1(-V.Max(-x, 0) / p[0]));
}
