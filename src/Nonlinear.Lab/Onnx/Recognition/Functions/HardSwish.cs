using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>The argument gated by its own hard sigmoid.</summary>
internal readonly struct HardSwish : IElementwise<HardSwish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_swish", "Hard swish")
    {
        Source = "A. Howard et al., Searching for MobileNetV3, 2019, arXiv:1905.02244",
        Parameters = [new("alpha", "α", 1 / 6.0), new("beta", "β", 0.5)],
        Kinks = [-3, 3],
        Monotone = false,
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * V.Max(0, -V.Max(-1, -((p[0] * x) + p[1])));
}
