using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Names.Forms;

/// <summary>SELU with constants of one's own: MLX and Darknet have the paper's, cut short.</summary>
internal readonly struct RoundedSelu : IElementwise<RoundedSelu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("selu_rounded", "SELU with rounded constants")
    {
        Source = "mlx.nn.selu; darknet, src/activations.h",
        Parameters = [new("alpha", "α", 1), new("lambda", "λ", 1)],
        Kinks = [0],
        Smoothness = 0,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, p[1] * x, p[0] * p[1] * V.Expm1(x));
}
