using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// The abstract number over which every activation function is written once. Lanes of <see cref="double"/>, pairs of doubles,
/// dual numbers and expressions implement it, and so turn one formula into fast kernels, exact kernels, derivatives and text.
/// </summary>
/// <remarks>
/// The comparisons give a mask that only <see cref="Select"/> understands. Both branches of a selection are evaluated, and the
/// one that is not chosen may be anything, NaN included. A function named <c>…Slope</c> is the derivative of the function before
/// it, in a form that does not cancel.
/// </remarks>
/// <typeparam name="V">The number itself.</typeparam>
public interface IReal<V>
    where V : struct, IReal<V>
{
    /// <summary>The number that equals a double exactly.</summary>
    static abstract implicit operator V(double value);

    /// <summary>A constant that one double cannot hold, to the precision of the number.</summary>
    static abstract V Of(Constant constant);

    /// <summary>a + b</summary>
    static abstract V operator +(V a, V b);

    /// <summary>a - b</summary>
    static abstract V operator -(V a, V b);

    /// <summary>a · b</summary>
    static abstract V operator *(V a, V b);

    /// <summary>a / b</summary>
    static abstract V operator /(V a, V b);

    /// <summary>A constant times x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V Times(Constant constant, V x) => V.Of(constant) * x;

    /// <summary>c + a · b, rounded once where the number can.</summary>
    static virtual V MultiplyAdd(V a, V b, V c) => c + (a * b);

    /// <summary>-a</summary>
    static abstract V operator -(V a);

    /// <summary>The mask of a &lt; b; false where either is NaN.</summary>
    static abstract V operator <(V a, V b);

    /// <summary>The mask of a &gt; b; false where either is NaN.</summary>
    static abstract V operator >(V a, V b);

    /// <summary>Where the mask holds, the first value; elsewhere the second.</summary>
    static abstract V Select(V mask, V whereTrue, V whereFalse);

    /// <summary>Where a &gt; b, the first value; elsewhere the second. Lanes take fewer steps to this than to a selection by a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V SelectGreater(V a, V b, V whereTrue, V whereFalse) => V.Select(a > b, whereTrue, whereFalse);

    /// <summary>The larger of a and b, 0 being larger than -0, and NaN where either is; where they are equal, the derivative is that of b.</summary>
    static abstract V Max(V a, V b);

    /// <summary>The larger of x and 0; at 0 its derivative is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V PositivePart(V x) => V.Max(x, 0);

    /// <summary>|x|; its derivative at 0 is -1, by the convention that a kink takes the slope on its left.</summary>
    static abstract V Abs(V x);

    /// <summary>eˣ</summary>
    static abstract V Exp(V x);

    /// <summary>eˣ - 1, without cancellation near 0.</summary>
    static abstract V Expm1(V x);

    /// <summary>log(1 + x) for x ≥ 0, without cancellation near 0.</summary>
    static abstract V Log1p(V x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract V Tanh(V x);

    /// <summary>tanh′(x) = sech²(x)</summary>
    static abstract V TanhSlope(V x);

    /// <summary>The logistic function, σ(x) = 1 / (1 + e⁻ˣ).</summary>
    static abstract V Sigmoid(V x);

    /// <summary>σ′(x) = σ(x) σ(-x)</summary>
    static abstract V SigmoidSlope(V x);

    /// <summary>tanh(log(1 + eˣ)), which is rational in eˣ.</summary>
    static abstract V TanhSoftplus(V x);

    /// <summary>The derivative of tanh(log(1 + eˣ)).</summary>
    static abstract V TanhSoftplusSlope(V x);

    /// <summary>Φ(x), the distribution function of the standard normal law.</summary>
    static abstract V NormalCdf(V x);

    /// <summary>φ(x) = Φ′(x), the density of the standard normal law.</summary>
    static abstract V NormalPdf(V x);

    /// <summary>x · σ(βx); like the gates that follow, a function of its own for numbers whose exponents do not reach as low as its factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V SigmoidGate(V x, V steepness) => x * V.Sigmoid(steepness * x);

    /// <summary>x · σ(2k (x + c x³))</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V CubicSigmoidGate(V x, Constant k, Constant c) => x * V.Sigmoid(CubicArgument(x, k, c));

    /// <summary>x · tanh(log(1 + eˣ))</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V TanhSoftplusGate(V x) => x * V.TanhSoftplus(x);

    /// <summary>x · Φ(x)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V NormalGate(V x) => x * V.NormalCdf(x);

    /// <summary>A function and its slope at once, for formulas that want both: they have most steps in common.</summary>
    static virtual (V Value, V Slope) SigmoidAndSlope(V x) => (V.Sigmoid(x), V.SigmoidSlope(x));

    /// <inheritdoc cref="SigmoidAndSlope"/>
    static virtual (V Value, V Slope) TanhSoftplusAndSlope(V x) => (V.TanhSoftplus(x), V.TanhSoftplusSlope(x));

    /// <inheritdoc cref="SigmoidAndSlope"/>
    static virtual (V Value, V Slope) NormalCdfAndPdf(V x) => (V.NormalCdf(x), V.NormalPdf(x));

    /// <summary>The derivative of x · σ(x), but for the series about its zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V SigmoidGateSlope(V x)
    {
        (V gate, V slope) = V.SigmoidAndSlope(x);
        return V.MultiplyAdd(x, slope, gate);
    }

    /// <summary>The derivative of x · σ(2k (x + c x³)), but for the series about its zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V CubicSigmoidGateSlope(V x, Constant k, Constant c)
    {
        V rise = 2 * V.Of(k) * (1 + 3 * V.Of(c) * x * x);
        (V gate, V slope) = V.SigmoidAndSlope(CubicArgument(x, k, c));
        return gate + x * rise * slope;
    }

    /// <summary>The derivative of x · tanh(log(1 + eˣ)), but for the series about its zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V TanhSoftplusGateSlope(V x)
    {
        (V gate, V slope) = V.TanhSoftplusAndSlope(x);
        return V.MultiplyAdd(x, slope, gate);
    }

    /// <summary>The derivative of x · Φ(x), but for the series about its zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V NormalGateSlope(V x)
    {
        (V cdf, V pdf) = V.NormalCdfAndPdf(x);
        return V.MultiplyAdd(x, pdf, cdf);
    }

    /// <summary>
    /// Within the root's radius the function's Taylor series about the root, where the general form would cancel; outside it the
    /// general form.
    /// </summary>
    /// <param name="x">The argument.</param>
    /// <param name="root">A simple zero of the function, and the series there.</param>
    /// <param name="elsewhere">The function's general form at <paramref name="x"/>.</param>
    static abstract V NearRoot(V x, Root root, V elsewhere);

    [MethodImpl(MethodImplOptions.AggressiveInlining)] private static V CubicArgument(V x, Constant k, Constant c) => 2 * (V.Of(k) * (x + V.Of(c) * x * x * x));
}
