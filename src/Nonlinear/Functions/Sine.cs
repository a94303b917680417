using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The sine of SIREN, sin(ωx).</summary>
public readonly partial struct Sine : IElementwise<Sine>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("sine", "Sine")
    {
        Source = "V. Sitzmann et al., Implicit Neural Representations with Periodic Activation Functions, 2020, arXiv:2006.09661",
        Family = ActivationFamily.Plain,
        Parameters =
        [
            new("omega", "ω", 30)
            {
                Examples = [1, 10, 30],
            },
        ],
        Aliases = ["sin", "siren"],
        Monotone = false,
        AtMinusInfinity = double.NaN,
        AtPlusInfinity = double.NaN,
        FigureRange = (-0.5, 0.5),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SinOfProduct(p[0], x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.CosOfProduct(p[0], x);
}

public partial class Activation
{
    /// <summary>The sine of SIREN, sin(ωx).</summary>
    /// <param name="omega">ω</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Sine(double omega = 30) => ElementwiseActivation.Create<Sine>(omega);
}
