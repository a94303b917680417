using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Lab.Names.Forms;

/// <summary>Softplus that gives x itself where βx exceeds a threshold, as PyTorch's does.</summary>
internal readonly struct SwitchedSoftplus : IElementwise<SwitchedSoftplus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softplus_switched", "Softplus with a threshold")
    {
        Source = "torch.nn.Softplus",
        Parameters = [new("beta", "β", 1) { Positive = true }, new("threshold", "t", 20)],
        KinksWhen = p => [p[1] / p[0]],
        Smoothness = -1,
        FigureRange = (16, 24),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(p[0] * x, p[1], x, V.Softplus(p[0] * x) / p[0]);
}
