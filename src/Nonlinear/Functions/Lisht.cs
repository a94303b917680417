using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The argument times its hyperbolic tangent, x · tanh x.</summary>
public readonly partial struct Lisht : IElementwise<Lisht>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("lisht", "LiSHT")
    {
        Source = "S. K. Roy et al., LiSHT: Non-Parametric Linearly Scaled Hyperbolic Tangent Activation Function for Neural Networks, "
            + "2019, arXiv:1901.05894",
        Family = ActivationFamily.Gate,
        Monotone = false,
        AtMinusInfinity = double.PositiveInfinity,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => x * V.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.Tanh(x) + (x * V.TanhDerivative(x));
}

public partial class Activation
{
    /// <summary>The argument times its hyperbolic tangent, x · tanh x.</summary>
    public static ElementwiseActivation Lisht() => ElementwiseActivation.Create<Lisht>();
}
