using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>0 about 0; outside, the argument moved towards 0.</summary>
internal readonly struct Shrink : IElementwise<Shrink>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("shrink", "Shrink")
    {
        Source = "I. Daubechies, M. Defrise, C. De Mol, "
            + "An iterative thresholding algorithm for linear inverse problems, 2004, arXiv:math/0307152",
        Parameters = [new("bias", "b", 0), new("lambda", "λ", 0.5)],
        Kinks = [-0.5, 0.5],
        AtMinusInfinity = double.NegativeInfinity,
        Smoothness = -1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > p[1], x - p[0], V.Select(x < -p[1], x + p[0], 0));
}
