using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>A smooth ReLU without an exponential, (x + √(x² + b)) / 2.</summary>
public readonly partial struct Squareplus : IElementwise<Squareplus>
{
    /// <inheritdoc/>
    public static ActivationInfo Info { get; } = new("squareplus", "Squareplus")
    {
        Source = "J. T. Barron, Squareplus: A Softplus-Like Algebraic Rectifier, 2021, arXiv:2112.11687",
        Family = ActivationFamily.Rectifier,
        Parameters =
        [
            new("b", "b", 4)
            {
                Positive = true,
                Examples = [0.25, 1, 4],
            },
        ],
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => (x + V.Sqrt(V.MultiplyAdd(x, x, p[0]))) / 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V> => (1 + (x / V.Sqrt(V.MultiplyAdd(x, x, p[0])))) / 2;
}

public partial class Activation
{
    /// <summary>A smooth ReLU without an exponential, (x + √(x² + b)) / 2.</summary>
    /// <param name="b">b</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite or out of its range.</exception>
    public static ElementwiseActivation Squareplus(double b = 4) => ElementwiseActivation.Create<Squareplus>(b);
}
