using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Recognition.Functions;

/// <summary>Squared ReLU, scaled and shifted.</summary>
internal readonly struct StarRelu : IElementwise<StarRelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("star_relu", "StarReLU")
    {
        Source = "W. Yu et al., MetaFormer Baselines for Vision, 2022, arXiv:2210.13452",
        Parameters = [new("scale", "s", 0.8944), new("bias", "b", -0.4472)],
        Kinks = [0],
        AtMinusInfinity = -0.4472,
        Smoothness = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => (p[0] * (V.Max(x, 0) * V.Max(x, 0))) + p[1];
}
