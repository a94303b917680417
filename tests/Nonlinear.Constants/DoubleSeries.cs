using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The polynomials over doubles, from which the results of floats are rounded.</summary>
internal static class DoubleSeries
{
    private const string Exponential = "(exp(x)-1-x)/x^2";

    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } =
        [ShortEighth, LongEighth, ShortExp, LongExp, Log, FractionLog, ShortTail, LongTail];

    private static ConstantClass ShortEighth() => Eighth("ShortEighthSeries", 4);

    private static ConstantClass LongEighth() => Eighth("LongEighthSeries", 6);

    private static ConstantClass Eighth(string name, int degree)
    {
        double[] c = Found.BySollya(name, $"fpminimax({Exponential},{degree},[|D...|],[-log(2)/16-1b-20;log(2)/16+1b-20],absolute)", 1);
        BigFloat radius = Functions.Log2 / 16;
        Certificate certificate = Certificate.Of(
            r => (Polynomial.Evaluate([1, 0.5, .. c], r) / Functions.ExpRest(r, 1)) - 1, -radius, radius, c.Length);
        return new(
            name,
            [
                "e^r - 1 = r + r²/2 + C3 r³ + C4 r⁴ + … for |r| ≤ log(2)/16: what is left of an exponent where powers of two "
                + "come in eighths.",
                $"Sollya's fpminimax of (e^r - 1 - r)/r², degree {degree}, absolute error, 2^-20 beyond the interval; "
                + $"its constant term is then made an exact ½. Relative to e^r - 1: {certificate} Used by DoubleElementary.",
            ],
            [.. Polynomial.Doubles(c, 3)]);
    }

    private static ConstantClass ShortExp()
    {
        double[] c = Found.BySollya("ShortExpSeries", $"fpminimax({Exponential},7,[|D...|],[-log(2)/2-1b-20;log(2)/2+1b-20],absolute)");
        return Exp("ShortExpSeries", c, "absolute error, 2^-20 beyond the interval");
    }

    private static ConstantClass LongExp()
    {
        double[] c = Found.BySollya("LongExpSeries", $"fpminimax({Exponential},9,[|D...|],[-0.3467;0.3467],relative)");
        return Exp("LongExpSeries", c, "relative error, |r| ≤ 0.3467");
    }

    private static ConstantClass Exp(string name, double[] c, string minimised)
    {
        BigFloat radius = Functions.Log2 / 2;
        Certificate certificate = Certificate.Of(
            r => Numbers.Abs(r) * (Polynomial.Evaluate(c, r) - Functions.ExpRest(r, 2)) / Functions.ExpRest(r, 1),
            -radius,
            radius,
            c.Length);
        return new(
            name,
            [
                "(e^r - 1 - r)/r² = C0 + C1 r + C2 r² + … for |r| ≤ log(2)/2: what is left of an exponent where powers of two come whole.",
                $"Sollya's fpminimax, degree {c.Length - 1}, {minimised}. Relative to e^r - 1: {certificate} Used by DoubleElementary.",
            ],
            [.. Polynomial.Doubles(c)]);
    }

    private static ConstantClass Log()
    {
        double[] c = Found.LogSeries;
        BigFloat root = 3 - BigFloat.Scale(BigFloat.Sqrt(2), 1), end = root * root; // ((√2 - 1) / (√2 + 1))²
        Certificate certificate = Certificate.Of(
            z => z * (Polynomial.Evaluate(c, z) - Functions.LogRest(z)) / (2 + (z * Functions.LogRest(z))), 0, end, c.Length);
        return new(
            "LogSeries",
            [
                "(log m - 2s)/s³ = C0 + C1 z + C2 z² + … in z = s² with s = (m - 1)/(m + 1), m from √½ to √2.",
                $"Found by search, near the best for the relative error. Relative to log m: {certificate} Used by DoubleElementary.",
            ],
            [.. Polynomial.Doubles(c)]);
    }

    private static ConstantClass FractionLog()
    {
        const string Name = "FractionLogSeries", LogRest = "(log((1+sqrt(x))/(1-sqrt(x)))-2*sqrt(x))/sqrt(x)^3";
        double[] c = Found.BySollya(Name, $"fpminimax({LogRest},9,[|D...|],[1b-20;1/9],relative)");
        Certificate certificate = Certificate.Of(
            z => z * (Polynomial.Evaluate(c, z) - Functions.LogRest(z)) / (2 + (z * Functions.LogRest(z))), 0, (BigFloat)1 / 9, c.Length);
        return new(
            Name,
            [
                "(log(1 + x) - 2s)/s³ = C0 + C1 z + C2 z² + … in z = s² with s = x/(x + 2), x from 0 to 1.",
                $"Sollya's fpminimax, degree {c.Length - 1}, relative error. Relative to log(1 + x): {certificate} Used by "
                + "DoubleElementary.",
            ],
            [.. Polynomial.Doubles(c)]);
    }

    private static ConstantClass ShortTail()
    {
        double[] c = Found.ShortTailFactor;
        Certificate certificate = Certificate.Of(
            u => (Polynomial.Evaluate(c, u) * u / Functions.TailRatio(5 / u - 5)) - 1, 5 / TailEnd(5), 1, c.Length);
        return new(
            "ShortTailFactor",
            [
                "e^(t²/2) Φ(-t)/u = C0 + C1 u + C2 u² + … in u = 5/(t + 5), t from 0 to 19.7: beyond, what is left vanishes in any float.",
                $"Found by search, near the best for the relative error. Relative: {certificate} Used by DoubleElementary.",
            ],
            [.. Polynomial.Doubles(c)]);
    }

    private static ConstantClass LongTail()
    {
        double[] c = Found.LongTailFactor;
        BigFloat least = 6 / TailEnd(6), scale = 2 / (1 - least), shift = (1 + least) / (1 - least);
        Certificate certificate = Certificate.Of(
            s =>
            {
                BigFloat u = (s + shift) / scale;
                return (Polynomial.Evaluate(c, s) * u / Functions.TailRatio(6 / u - 6)) - 1;
            },
            -1, 1, c.Length);
        return new(
            "LongTailFactor",
            [
                "e^(t²/2) Φ(-t)/u = C0 + C1 s + C2 s² + … in s = Scale u - Shift, which maps u = 6/(t + 6) for t from 19.7 to 0 "
                + "onto -1 to 1.",
                $"Found by search, near the best for the relative error. Relative: {certificate} Used by DoubleElementary.",
            ],
            [
                new("double", "Scale", Writer.Text(scale.ToDouble()), "2/(1 - v) where v = 6/(19.7 + 6)"),
                new("double", "Shift", Writer.Text(shift.ToDouble()), "(1 + v)/(1 - v)"),
                .. Polynomial.Doubles(c),
            ]);
    }

    private static BigFloat TailEnd(int middle) => BigFloat.Parse("19.7") + middle;
}
