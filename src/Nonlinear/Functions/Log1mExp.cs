using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>log(1 - e⁻ˣ), which turns the logarithm of a probability into that of its opposite; NaN below 0.</summary>
public readonly partial struct Log1mExp : IElementwise<Log1mExp>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("log1mexp", "Log1mexp")
    {
        Source = "M. Mächler, Accurately Computing log(1 - exp(-|a|)), R package Rmpfr, 2012",
        Family = ActivationFamily.Plain,
        AtMinusInfinity = double.NaN,
        AtPlusInfinity = 0,
        FigureRange = (0, 5),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Log(1 - V.Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 1 / V.Expm1(x);
}

public partial class Activation
{
    /// <summary>log(1 - e⁻ˣ), which turns the logarithm of a probability into that of its opposite; NaN below 0.</summary>
    public static ElementwiseActivation Log1mExp() => ElementwiseActivation.Create<Log1mExp>();
}
