using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A straight line from 0 at -1 to 1 at 1, flat outside: the derivative of sparse plus.</summary>
/// <remarks>At -1 and 1 the derivative is 0, as in JAX.</remarks>
public readonly partial struct SparseSigmoid : IElementwise<SparseSigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("sparse_sigmoid", "Sparse sigmoid")
    {
        Family = ActivationFamily.Bounded,
        Source = "M. Blondel, A. F. T. Martins, V. Niculae, Learning with Fenchel-Young Losses, 2020, arXiv:1901.02324",
        Kinks = [-1, 1],
        Smoothness = 0,
        AtPlusInfinity = 1,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 0.5 * V.Min(V.PositivePart(x + 1), 2);

    // By the argument: x + 1 may be rounded up to 2.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(x > -1, V.Select(x < 1, 0.5, 0), 0);
}

public partial class Activation
{
    /// <summary>The sparse twin of the sigmoid.</summary>
    public static ElementwiseActivation SparseSigmoid() => ElementwiseActivation.Create<SparseSigmoid>();
}
