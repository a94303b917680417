using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// The abstract number over which every activation function is written once. Lanes of <see cref="double"/>, pairs of doubles,
/// dual numbers and expressions implement it, and so turn one formula into fast kernels, exact kernels, derivatives and text.
/// </summary>
/// <remarks>
/// The comparisons give a mask that only <see cref="Select"/> understands. Both branches of a selection are evaluated, and the
/// one that is not chosen may be anything, NaN included. A function named <c>…Derivative</c> is that of the function before it, in a form
/// that does not cancel.
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

    /// <summary>
    /// Where a &gt; b, the first value; elsewhere the second. Lanes take fewer steps to this than to a selection by a mask.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V SelectGreater(V a, V b, V whereTrue, V whereFalse) =>
        V.Select(a > b, whereTrue, whereFalse);

    /// <summary>
    /// The larger of a and b, 0 being larger than -0, and NaN where either is; where they are equal, the derivative is that of b.
    /// </summary>
    static abstract V Max(V a, V b);

    /// <summary>
    /// The smaller of a and b, -0 being smaller than 0, and NaN where either is; where they are equal, the derivative is that of b.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V Min(V a, V b) => -V.Max(-a, -b);

    /// <summary>The larger of x and 0; at 0 its derivative is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V PositivePart(V x) => V.Max(x, 0);

    /// <summary>|x|; its derivative at 0 is -1, by the convention that a kink takes the derivative on its left.</summary>
    static abstract V Abs(V x);

    /// <summary>eˣ</summary>
    static abstract V Exp(V x);

    /// <summary>eˣ - 1, without cancellation near 0.</summary>
    static abstract V Expm1(V x);

    /// <summary>√x</summary>
    static abstract V Sqrt(V x);

    /// <summary>The natural logarithm; -∞ at 0, NaN below.</summary>
    static abstract V Log(V x);

    /// <summary>log(1 + x) for x > -1, without cancellation near 0.</summary>
    static abstract V Log1p(V x);

    /// <summary>log(1 + eˣ), of which the exponential does not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V Softplus(V x) =>
        V.PositivePart(x) + V.Log1pOfFraction(V.Exp(-V.Abs(x)));

    /// <summary>sin x, for an x of any size.</summary>
    static abstract V Sin(V x);

    /// <summary>cos x, for an x of any size.</summary>
    static abstract V Cos(V x);

    /// <summary>sin(a · b), of which the product need not be rounded first: it may be many turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V SinOfProduct(V a, V b) => V.Sin(a * b);

    /// <summary>cos(a · b), of which the product need not be rounded first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V CosOfProduct(V a, V b) => V.Cos(a * b);

    /// <summary>1 + sin(a · b), right also where it vanishes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V OnePlusSinOfProduct(V a, V b) => 1 + V.Sin(a * b);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract V Tanh(V x);

    /// <summary>tanh′(x) = sech²(x)</summary>
    static abstract V TanhDerivative(V x);

    /// <summary>The logistic function, σ(x) = 1 / (1 + e⁻ˣ).</summary>
    static abstract V Sigmoid(V x);

    /// <summary>σ′(x) = σ(x) σ(-x)</summary>
    static abstract V SigmoidDerivative(V x);

    /// <summary>tanh(log(1 + eˣ)), which is rational in eˣ.</summary>
    static abstract V TanhSoftplus(V x);

    /// <summary>The derivative of tanh(log(1 + eˣ)).</summary>
    static abstract V TanhSoftplusDerivative(V x);

    /// <summary>Φ(x), the distribution function of the standard normal law.</summary>
    static abstract V NormalCdf(V x);

    /// <summary>φ(x) = Φ′(x), the density of the standard normal law.</summary>
    static abstract V NormalPdf(V x);

    /// <summary>erf(x) = 2/√π ∫₀ˣ e^(-t²) dt, without cancellation near 0.</summary>
    static abstract V Erf(V x);

    /// <summary>
    /// a + b, whose terms may cancel. Lanes whose rounding is checked leave such a sum open, and it is computed again over more digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V CancellingSum(V a, V b) => a + b;

    /// <summary>x · σ(z), of which the factor σ(z) may be too small for the number where the product is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V TimesSigmoid(V x, V z) => x * V.Sigmoid(z);

    /// <summary>x · Φ(z), of which the factor Φ(z) may be too small for the number where the product is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V TimesNormalCdf(V x, V z) => x * V.NormalCdf(z);

    /// <summary>x · tanh(log(1 + eᶻ)), of which the factor may be too small for the number where the product is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V TimesTanhSoftplus(V x, V z) => x * V.TanhSoftplus(z);

    /// <summary>(z · σ(z))′ = σ(z) + z · σ′(z), right also about its zero at -1.28, where the terms cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V SigmoidGateDerivative(V z) => GateDerivatives.Sigmoid(z);

    /// <summary>(z · Φ(z))′ = Φ(z) + z · φ(z), right also about its zero at -0.75, where the terms cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V NormalGateDerivative(V z) => GateDerivatives.Normal(z);

    /// <summary>(z · tanh(log(1 + eᶻ)))′, right also about its zero at -1.19, where its terms cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] static virtual V TanhSoftplusGateDerivative(V z) => GateDerivatives.TanhSoftplus(z);

    /// <summary>σ(x) and σ′(x) at once, for formulas that want both: they have most steps in common.</summary>
    static virtual (V Value, V Derivative) SigmoidAndDerivative(V x) => (V.Sigmoid(x), V.SigmoidDerivative(x));

    /// <summary>tanh(log(1 + eˣ)) and its derivative at once.</summary>
    static virtual (V Value, V Derivative) TanhSoftplusAndDerivative(V x) => (V.TanhSoftplus(x), V.TanhSoftplusDerivative(x));

    /// <summary>Φ(x) and φ(x) at once.</summary>
    static virtual (V Cdf, V Pdf) NormalCdfAndPdf(V x) => (V.NormalCdf(x), V.NormalPdf(x));

    // eˣ for an x whose exponential is the exponent of another, and whose error counts as often as that is large.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] internal static virtual V PreciseExp(V x) => V.Exp(x);

    // log(1 + x) for x from 0 to 1, as it is behind a softplus.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] internal static virtual V Log1pOfFraction(V x) => V.Log1p(x);

    // A factor of a product that may be large where the factor is next to nothing. Pairs of doubles leave one open that may have lost bits
    // below their range, and the product is computed again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] internal static virtual V WithAllDigits(V factor) => factor;

    // An argument of which a formula, beyond a bound, has come as near to its limit as matters. Numbers that never round to the limit are
    // held there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] internal static virtual V Settled(double bound, V x) => x;

    // Within the root's radius the function's Taylor series about the root, where the general form would cancel; outside it the general
    // form. Numbers without a fixed precision take the general form throughout.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] internal static virtual V NearRoot<TRoot>(V x, V elsewhere)
        where TRoot : struct, IRoot => elsewhere;
}
