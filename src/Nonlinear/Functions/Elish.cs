using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>Swish above 0, ELU times the sigmoid below.</summary>
public readonly partial struct Elish : IElementwise<Elish>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("elish", "ELiSH")
    {
        Source = "M. Basirat, P. M. Roth, The Quest for the Golden Activation Function, 2018, arXiv:1808.00783",
        Family = ActivationFamily.Gate,
        Monotone = false,
        Kinks = [0],
        Smoothness = 1,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.SelectGreater(x, 0, V.TimesSigmoid(x, x), V.Expm1(x) * V.Sigmoid(x));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> =>
        V.SelectGreater(x, 0, V.SigmoidGateDerivative(x), (V.Exp(x) * V.Sigmoid(x)) + (V.Expm1(x) * V.SigmoidDerivative(x)));
}

public partial class Activation
{
    /// <summary>Swish above 0, ELU times the sigmoid below.</summary>
    public static ElementwiseActivation Elish() => ElementwiseActivation.Create<Elish>();
}
