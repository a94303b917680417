using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The argument, held between two bounds.</summary>
internal readonly struct Clip : IElementwise<Clip>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("clip", "Clip")
    {
        Source = "ONNX operators, Clip, 2017",
        Parameters = [new("min", "a", -1), new("max", "b", 1)],
        Kinks = [-1, 1],
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => -V.Max(-p[1], -V.Max(x, p[0]));
}
