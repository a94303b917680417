using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The logistic function, σ(x) = 1 / (1 + e⁻ˣ).</summary>
public readonly partial struct Sigmoid : IElementwise<Sigmoid>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("sigmoid", "Sigmoid")
    {
        Family = ActivationFamily.Tutorial,
        Source = "P.-F. Verhulst, Recherches mathématiques sur la loi d'accroissement de la population, 1845",
        Aliases = ["logistic", "expit"],
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SigmoidDerivative(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V DerivativeFromOutput<V>(V y, in Parameters<V> p)
        where V : struct, IReal<V> => V.MultiplyAdd(-y, y, y);
}

public partial class Activation
{
    /// <summary>The logistic function.</summary>
    public static ElementwiseActivation Sigmoid() => ElementwiseActivation.Create<Sigmoid>();
}
