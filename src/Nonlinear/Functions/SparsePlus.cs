using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>SmeLU with β = 1, the sparse twin of softplus: 0 below -1, x above 1, (x + 1)²/4 between.</summary>
public readonly partial struct SparsePlus : IElementwise<SparsePlus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("sparse_plus", "Sparse plus")
    {
        Family = ActivationFamily.Rectifier,
        Source = "M. Blondel, A. F. T. Martins, V. Niculae, Learning with Fenchel-Young Losses, 2020, arXiv:1901.02324",
        Kinks = [-1, 1],
        Smoothness = 1,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
{
        V rise = V.PositivePart(x + 1);
        return V.SelectGreater(x, 1, x, 0.25 * (rise * rise));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 1, 1, 0.5 * V.PositivePart(x + 1));
}

public partial class Activation
{
    /// <summary>The sparse twin of softplus.</summary>
    public static ElementwiseActivation SparsePlus() => ElementwiseActivation.Create<SparsePlus>();
}
