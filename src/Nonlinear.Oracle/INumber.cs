namespace Nonlinear.Oracle;

/// <summary>
/// What the oracle's formulas are written over: a number of many bits (<see cref="BigFloat"/>), an interval that is sure to hold the number
/// (<see cref="Interval"/>), or either with its derivative (<see cref="Dual{N}"/>).
/// </summary>
/// <typeparam name="N">The number itself.</typeparam>
public interface INumber<N>
    where N : struct, INumber<N>
{
    // From here on what tanh lacks to 1 counts as much as this: too little for any format, and enough to tell half of its last place from
    // more.
    private const double Far = 60;

    // Up to here the series are right to more digits than a difference would leave.
    private const double NextToZero = 1.0 / (1 << 24);

    /// <summary>A double, exactly.</summary>
    static abstract implicit operator N(double value);

    /// <summary>A decimal number, as a paper prints it.</summary>
    static abstract N Parse(string digits);

    /// <summary>What stands for a value where a function has none.</summary>
    static abstract N Nowhere { get; }

    /// <summary>π</summary>
    static abstract N Pi { get; }

    /// <summary>2/√π, the slope of the error function at 0.</summary>
    static virtual N ErfSlope => 2 / N.Sqrt(N.Pi);

    /// <summary>Whether it is exactly 0: the derivative of a constant, over which the rules of calculus need not go.</summary>
    static abstract bool IsZero(N x);

    /// <summary>The sum.</summary>
    static abstract N operator +(N a, N b);

    /// <summary>The difference.</summary>
    static abstract N operator -(N a, N b);

    /// <summary>The product.</summary>
    static abstract N operator *(N a, N b);

    /// <summary>The quotient.</summary>
    static abstract N operator /(N a, N b);

    /// <summary>The number with the other sign.</summary>
    static abstract N operator -(N a);

    /// <summary>Whether a is larger: formulas branch on it.</summary>
    static abstract bool operator >(N a, N b);

    /// <summary>Whether a is smaller: formulas branch on it.</summary>
    static abstract bool operator <(N a, N b);

    /// <summary>Where a is larger, the first value; elsewhere the second. What is not sure of the one has both.</summary>
    static virtual N Select(N a, N b, N whereGreater, N otherwise) => a > b ? whereGreater : otherwise;

    /// <summary>The larger number; of equal ones the second.</summary>
    static virtual N Max(N a, N b) => N.Select(a, b, a, b);

    /// <summary>The smaller number; of equal ones the second, but of two zeros -0.</summary>
    static virtual N Min(N a, N b) => N.Select(b, a, a, b);

    /// <summary>|x|</summary>
    static virtual N Abs(N x) => x > 0 ? x : -x;

    /// <summary>√x</summary>
    static abstract N Sqrt(N x);

    /// <summary>eˣ</summary>
    static abstract N Exp(N x);

    /// <summary>eˣ - 1</summary>
    static abstract N Expm1(N x);

    /// <summary>log x</summary>
    static abstract N Log(N x);

    /// <summary>sin x</summary>
    static abstract N Sin(N x);

    /// <summary>cos x</summary>
    static abstract N Cos(N x);

    /// <summary>The error function.</summary>
    static abstract N Erf(N x);

    /// <summary>log(1 + x)</summary>
    static abstract N Log1p(N x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract N Tanh(N x);

    /// <summary>The complement of the error function.</summary>
    static abstract N Erfc(N x);

    /// <summary>1 / (1 + e⁻ˣ), in the form whose exponential does not overflow.</summary>
    static virtual N Sigmoid(N x)
    {
        if (x > 0)
            return 1 / (1 + N.Exp(-x));
        N e = N.Exp(x);
        return e / (1 + e);
    }

    /// <summary>σ′(x) = σ(x) σ(-x)</summary>
    static virtual N SigmoidSlope(N x) => N.Sigmoid(x) * N.Sigmoid(-x);

    /// <summary>log(1 + eˣ), in the form whose exponential does not overflow.</summary>
    static virtual N Softplus(N x) => x > 0 ? x + N.Log1p(N.Exp(-x)) : N.Log1p(N.Exp(x));

    /// <summary>(x + √(x² + b)) / 2, below 0 as b / 2 over the sum with the other sign.</summary>
    static virtual N Squareplus(N x, N b)
    {
        N root = N.Sqrt((x * x) + b);
        return x < 0 ? b / (2 * (root - x)) : (root + x) / 2;
    }

    /// <summary>eˣ - 1 - x, next to 0 by its series.</summary>
    static virtual N ExpTail(N x) => N.Abs(x) > NextToZero ? N.Expm1(x) - x : TaylorSeries.ExpTail(x);

    /// <summary>x - tanh x, next to 0 by its series.</summary>
    static virtual N TanhShrink(N x) =>
        x > Far ? x - 1 + (2 * N.Exp(-2 * Far))
        : x < -Far ? x + 1 - (2 * N.Exp(-2 * Far))
        : N.Abs(x) > NextToZero ? x - N.Tanh(x)
        : TaylorSeries.TanhShrink(x);

    /// <summary>log cosh x, about 0 as log(1 + 2 sinh²(x/2)).</summary>
    static virtual N LogCosh(N x)
    {
        N size = N.Abs(x);
        if (size > 1)
            return size - N.Log(2) + N.Log1p(N.Exp(-2 * size));
        N m = N.Expm1(size / 2), sinh = (m + (m / (m + 1))) / 2;
        return N.Log1p(2 * (sinh * sinh));
    }
}
