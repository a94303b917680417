using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The argument, held between -1 and 1.</summary>
internal readonly struct HardTanh : IElementwise<HardTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_tanh", "Hard tanh")
    {
        Source = "R. Collobert, Large Scale Machine Learning, 2004",
        Kinks = [-1, 1],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -V.Max(-1, -V.Max(x, -1));
}
