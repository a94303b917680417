using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The polynomials over floats: exponentials and the tail of the normal distribution.</summary>
internal static class FloatSeries
{
    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } = [Exp, DoubledExp, Log1p, TailQuotient, TailFactor];

    private static ConstantClass Exp()
    {
        double[] c = Found.BySollya(
            "FloatExpSeries", "fpminimax(exp(x),[|2,...,6|],[|SG...|],[-log(2)/2*1.003;log(2)/2*1.003],relative,1+x)", 2);
        BigFloat end = Functions.Log2 / 2;
        Certificate certificate = Certificate.Of(r => (Polynomial.Evaluate([1, 1, .. c], r) / BigFloat.Exp(r)) - 1, -end, end, c.Length);
        return new(
            "FloatExpSeries",
            [
                "(e^r - 1 - r)/r² = C0 + C1 r + C2 r² + … for |r| ≤ log(2)/2.",
                $"Sollya's fpminimax of e^r, relative error, on 1.003 times the interval. "
                + $"Relative to e^r: {certificate} Used by FloatPower.",
            ],
            [.. Polynomial.Floats(c)]);
    }

    private static ConstantClass DoubledExp()
    {
        double[] c = Found.BySollya(
            "FloatDoubledExpSeries",
            "fpminimax(expm1(2*x),[|2,...,6|],[|SG...|],[-(log(2)/2*1.003)/2;(log(2)/2*1.003)/2],relative,2*x)",
            2);
        BigFloat end = Functions.Log2 / 4;
        Certificate certificate = Certificate.Of(
            r => Numbers.Abs(r) * (Polynomial.Evaluate(c, r) - (4 * Functions.ExpRest(2 * r, 2))) / (2 * Functions.ExpRest(2 * r, 1)),
            -end,
            end,
            c.Length);
        return new(
            "FloatDoubledExpSeries",
            [
                "(e^2r - 1 - 2r)/r² = C0 + C1 r + C2 r² + … for |r| ≤ log(2)/4.",
                $"Sollya's fpminimax of e^2r - 1, relative error, on 1.003 times the interval. "
                + $"Relative to e^2r - 1: {certificate} Used by FloatElementary.",
            ],
            [.. Polynomial.Floats(c)]);
    }

    private static ConstantClass Log1p()
    {
        double[] c = Found.BySollya(
            "FloatLog1pSeries", "fpminimax(log1p(x)/x,[|1,...,9|],[|SG...|],[2^-60;1],relative,1)", 1);
        Certificate certificate = Certificate.Of(
            u => (Polynomial.Evaluate([1, .. c], u) * u / BigFloat.Log1p(u)) - 1, BigFloat.Scale(1, -60), 1, c.Length);
        return new(
            "FloatLog1pSeries",
            [
                "(log(1 + u) - u)/u² = C0 + C1 u + C2 u² + … for u from 0 to 1.",
                $"Sollya's fpminimax of log(1 + u), relative error. Relative to log(1 + u): {certificate} Used by FloatElementary.",
            ],
            [.. Polynomial.Floats(c)]);
    }

    private static ConstantClass TailQuotient()
    {
        double[] numerator = [.. Found.FloatTailNumerator], denominator = [.. Found.FloatTailDenominator];
        Certificate certificate = Certificate.Of(
            t => (Polynomial.Evaluate(numerator, t) / Polynomial.Evaluate(denominator, t) / Functions.TailRatio(t)) - 1,
            0, 14.5, numerator.Length + denominator.Length - 1);
        return new(
            "FloatTailQuotient",
            [
                "e^(t²/2) Φ(-t) = (N0 + N1 t + N2 t² + …)/(D0 + D1 t + D2 t² + …), t from 0 to 14.5.",
                $"Found by search, near the best for the relative error. Relative: {certificate} Used by FloatGates.",
            ],
            [.. Polynomial.Floats(numerator, "N"), .. Polynomial.Floats(denominator, "D")]);
    }

    private static ConstantClass TailFactor()
    {
        double[] c = Found.BySollya(
            "FloatTailFactor", "fpminimax(exp((2.5/x-4)^2/2)*erfc((2.5/x-4)/sqrt(2))/2/x,9,[|SG...|],[2.5/18.5;2.5/4],relative)");
        Certificate certificate = Certificate.Of(
            u => (Polynomial.Evaluate(c, u) * u / Functions.TailRatio(2.5 / u - 4)) - 1, (BigFloat)2.5 / 18.5, 0.625, c.Length);
        return new(
            "FloatTailFactor",
            [
                "e^(t²/2) Φ(-t)/u = C0 + C1 u + C2 u² + … in u = 2.5/(t + 4), t from 0 to 14.5.",
                $"Sollya's fpminimax, degree 9, relative error. Relative: {certificate} Used by FloatDerivatives.",
            ],
            [.. Polynomial.Floats(c)]);
    }
}
