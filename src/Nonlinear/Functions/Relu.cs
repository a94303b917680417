using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Rectified linear unit, max(x, 0).</summary>
public readonly partial struct Relu : IElementwise<Relu>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("relu", "ReLU")
    {
        Family = ActivationFamily.Tutorial,
        Source = "V. Nair, G. Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, 2010",
        Aliases = ["rectifier"],
        Kinks = [0],
        Smoothness = 0,
        DerivativeFromOutput = true,
        FigureRange = (-4, 4),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.PositivePart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(y, 0, 1, 0);
}

public partial class Activation
{
    /// <summary>The rectified linear unit.</summary>
    public static ElementwiseActivation Relu() => ElementwiseActivation.Create<Relu>();
}
