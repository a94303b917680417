using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>A straight line between 0 and 1, flat outside.</summary>
internal readonly struct HardSigmoid : IElementwise<HardSigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_sigmoid", "Hard sigmoid")
    {
        Source = "M. Courbariaux, Y. Bengio, J.-P. David, BinaryConnect, 2015, arXiv:1511.00363",
        Parameters = [new("alpha", "α", 1 / 6.0), new("beta", "β", 0.5)],
        Kinks = [-3, 3],
        AtPlusInfinity = 1,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Max(0, -V.Max(-1, -((p[0] * x) + p[1])));
}
