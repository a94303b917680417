using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear.Kernels;

/// <summary>
/// The binary cross-entropy as a function of a logit whose first parameter, the target, differs from element to element: so it goes through
/// the loops of the elementwise functions, and is as exact as they are. The other parameters are the weight of positives and the smoothing.
/// </summary>
internal readonly struct BinaryCrossEntropyTerm : IElementwise<BinaryCrossEntropyTerm>
{
    public static ActivationInfo Info { get; } = new("binary_cross_entropy", "Binary cross-entropy")
    {
        Source = "I. Good, Rational Decisions, 1952",
        Parameters = [new("target", "t", 0), new("positive_weight", "w", 1), new("smoothing", "ε", 0)],
    };

    // -w t log σ(x) - (1 - t) log(1 - σ(x)), without a logarithm of what has been rounded; what has no weight counts for nothing.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Forward<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V yes = p[1] * Yes(p), no = No(p);
        return V.Select(yes > 0, yes * V.Softplus(-x), 0) + V.Select(no > 0, no * V.Softplus(x), 0);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Derivative<V>(V x, in Parameters<V> p)
        where V : struct, IReal<V>
    {
        V yes = Yes(p), no = No(p);
        return V.CancellingSum(no * V.Sigmoid(x), -(p[1] * yes * V.Sigmoid(-x)));
    }

    // How much of the target is positive, and how much is not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Yes<V>(in Parameters<V> p)
        where V : struct, IReal<V> => (p[0] * (1 - p[2])) + (0.5 * p[2]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V No<V>(in Parameters<V> p)
        where V : struct, IReal<V> => ((1 - p[0]) * (1 - p[2])) + (0.5 * p[2]);
}
