using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// An activation function of a whole vector that no sum of exponentials gives, such as sparsemax: an algorithm of its own, written once
/// over doubles, which hold a number of any type exactly. Its results are pairs of doubles, rounded once to the type.
/// </summary>
/// <typeparam name="TSelf">The function itself.</typeparam>
internal interface IOfVector<TSelf>
    where TSelf : struct, IOfVector<TSelf>
{
    /// <summary>What is known about the function.</summary>
    static abstract ActivationInfo Info { get; }

    /// <summary>The formula, as it is shown.</summary>
    static abstract Formula Formula { get; }

    /// <summary>The formula of the Jacobian's elements, as it is shown.</summary>
    static abstract Formula DerivativeFormula { get; }

    /// <summary>
    /// How far the results may be off for doubles, in ulps; see <see cref="Guarantee"/>. 0.5 says that nothing is rounded on any type.
    /// </summary>
    static virtual double DoubleUlps => 2;

    /// <summary>
    /// Whether an infinite input, or none that is finite, has a meaning. Where it has none, such a vector gives NaN throughout, as one
    /// with NaN always does.
    /// </summary>
    static virtual bool TakesInfinities => false;

    /// <summary>y = F(x), for one vector without NaN.</summary>
    static abstract void Forward(ReadOnlySpan<double> x, Span<Pair> y, ReadOnlySpan<double> parameters);

    /// <summary>
    /// target = Jᵀ u = J u, by way of the outputs, for one vector without NaN: all Jacobians here are symmetric.
    /// </summary>
    static abstract void Product(ReadOnlySpan<Pair> y, ReadOnlySpan<double> u, Span<Pair> target, ReadOnlySpan<double> parameters);
}
