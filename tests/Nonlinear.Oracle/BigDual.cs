namespace Nonlinear.Oracle;

/// <summary>A number and its derivative by x, by the rules of calculus over <see cref="BigFloat"/>. At a kink it is the slope on the left.</summary>
public readonly record struct BigDual(BigFloat Value, BigFloat Tangent)
{
    public static BigDual Variable(double x) => new(x, 1);

    public static implicit operator BigDual(double value) => new(value, 0);
    public static implicit operator BigDual(BigFloat value) => new(value, 0);

    public static BigDual operator +(BigDual a, BigDual b) => new(a.Value + b.Value, a.Tangent + b.Tangent);
    public static BigDual operator -(BigDual a, BigDual b) => new(a.Value - b.Value, a.Tangent - b.Tangent);
    public static BigDual operator *(BigDual a, BigDual b) => new(a.Value * b.Value, (a.Tangent * b.Value) + (b.Tangent * a.Value));
    // Only an exponential leaves MPFR's range of exponents, and over it everything else vanishes.
    public static BigDual operator /(BigDual a, BigDual b) => b.Value.IsFinite
        ? new(a.Value / b.Value, ((a.Tangent * b.Value) - (b.Tangent * a.Value)) / (b.Value * b.Value))
        : new(a.Value / b.Value, 0);

    public static BigDual operator -(BigDual a) => new(-a.Value, -a.Tangent);
    public static bool operator >(BigDual a, BigDual b) => a.Value > b.Value;
    public static bool operator <(BigDual a, BigDual b) => a.Value < b.Value;

    public static BigDual Max(BigDual a, BigDual b) => a > b ? a : b;
    public static BigDual Abs(BigDual x) => x > 0 ? x : -x;
    public static BigDual Sqrt(BigDual x) => new(BigFloat.Sqrt(x.Value), x.Tangent / (2 * BigFloat.Sqrt(x.Value)));
    public static BigDual Exp(BigDual x) => new(BigFloat.Exp(x.Value), x.Tangent * BigFloat.Exp(x.Value));
    public static BigDual Expm1(BigDual x) => new(BigFloat.Expm1(x.Value), x.Tangent * BigFloat.Exp(x.Value));
    public static BigDual Log1p(BigDual x) => new(BigFloat.Log1p(x.Value), x.Tangent / (1 + x.Value));

    public static BigDual Softplus(BigDual x) => x > 0 ? x + Log1p(Exp(-x)) : Log1p(Exp(x));

    public static BigDual Tanh(BigDual x)
    {
        BigFloat sech = BigFloat.Sech(x.Value);
        return new(BigFloat.Tanh(x.Value), x.Tangent * sech * sech);
    }

    public static BigDual Erfc(BigDual x) =>
        new(BigFloat.Erfc(x.Value), x.Tangent * (-2 / BigFloat.Sqrt(BigFloat.Pi)) * BigFloat.Exp(-(x.Value * x.Value)));
}
