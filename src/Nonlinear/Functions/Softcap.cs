using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The identity about 0, bent so that it stays between -c and c: c · tanh(x / c).</summary>
public readonly partial struct Softcap : IElementwise<Softcap>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("softcap", "Soft cap")
    {
        Source = "Gemma Team, Gemma 2: Improving Open Language Models at a Practical Size, 2024, arXiv:2408.00118",
        Family = ActivationFamily.Bounded,
        Parameters =
        [
            new("cap", "c", 50)
            {
                Positive = true,
                Examples = [1, 5, 50],
            },
        ],
        Aliases = ["soft_cap"],
        AtMinusInfinity = -50,
        AtPlusInfinity = 50,
        FigureRange = (-100, 100),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => p[0] * V.Tanh(x / p[0]);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.TanhDerivative(x / p[0]);
}

public partial class Activation
{
    /// <summary>The identity about 0, bent so that it stays between -c and c: c · tanh(x / c).</summary>
    /// <param name="cap">c</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Softcap(double cap = 50) => ElementwiseActivation.Create<Softcap>(cap);
}
