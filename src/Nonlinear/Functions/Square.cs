using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The square, x².</summary>
public readonly partial struct Square : IElementwise<Square>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("square", "Square")
    {
        Family = ActivationFamily.Plain,
        Source = "R. Livni, S. Shalev-Shwartz, O. Shamir, On the Computational Efficiency of Training Neural Networks, 2014, "
            + "arXiv:1410.1141",
        Monotone = false,
        AtMinusInfinity = double.PositiveInfinity,
        FigureRange = (-3, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * x;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 2 * x;
}

public partial class Activation
{
    /// <summary>The square.</summary>
    public static ElementwiseActivation Square() => ElementwiseActivation.Create<Square>();
}
