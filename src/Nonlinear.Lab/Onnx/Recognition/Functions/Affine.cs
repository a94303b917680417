using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>A straight line.</summary>
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
