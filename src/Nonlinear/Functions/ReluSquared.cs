using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>The square of ReLU, max(x, 0)².</summary>
public readonly partial struct ReluSquared : IElementwise<ReluSquared>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("relu_squared", "Squared ReLU")
    {
        Family = ActivationFamily.Rectifier,
        Source = "D. R. So et al., Primer: Searching for Efficient Transformers for Language Modeling, 2021, arXiv:2109.08668",
        Aliases = ["relu2", "squared_relu"],
        Kinks = [0],
        Smoothness = 1,
        FigureRange = (-2, 3),
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => V.PositivePart(x) * V.PositivePart(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => 2 * V.PositivePart(x);
}

public partial class Activation
{
    /// <summary>The square of ReLU.</summary>
    public static ElementwiseActivation ReluSquared() => ElementwiseActivation.Create<ReluSquared>();
}
