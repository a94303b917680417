using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument, held between -1 and 1.</summary>
/// <remarks>At both bounds the derivative is 0, as in PyTorch and JAX.</remarks>
public readonly partial struct HardTanh : IElementwise<HardTanh>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("hard_tanh", "Hard tanh")
    {
        Family = ActivationFamily.Bounded,
        Source = "R. Collobert, Large Scale Machine Learning, 2004",
        Kinks = [-1, 1],
        Smoothness = 0,
        AtMinusInfinity = -1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Min(V.Max(x, -1), 1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Select(V.Abs(x) < 1, 1, 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => Derivative(y, p);
}

public partial class Activation
{
    /// <summary>The argument, held between -1 and 1; for other bounds see <see cref="Clip"/>.</summary>
    public static ElementwiseActivation HardTanh() => ElementwiseActivation.Create<HardTanh>();
}
