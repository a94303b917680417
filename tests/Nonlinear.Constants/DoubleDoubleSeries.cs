using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The polynomials behind double results and doubtful roundings.</summary>
internal static class DoubleDoubleSeries
{
    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } = [Exp, SloppyExp, Tail, SloppyTail, SloppyTailDerivative];

    private static ConstantClass Exp() =>
        Exp("DoubleDoubleExpSeries", BigFloat.Parse("0.3467"), 12, "|r| ≤ 0.3467", "DoubleDoubleElementary");

    private static ConstantClass SloppyExp() =>
        Exp("SloppyExpSeries", Functions.Log2 / 2 * BigFloat.Parse("1.0001"), 10, "|r| ≤ 1.0001 log(2)/2", "SloppyDoubleDoubleElementary");

    private static ConstantClass Exp(string name, BigFloat radius, int nodes, string interval, string user)
    {
        double[] c = [.. Chebyshev.Interpolate(r => Functions.ExpRest(r, 3), -radius, radius, nodes).Select(x => x.ToDouble())];
        BigFloat end = Functions.Log2 / 2;
        Certificate certificate = Certificate.Of(
            r => Numbers.Power(Numbers.Abs(r), 3) * (Polynomial.Evaluate(c, r) - Functions.ExpRest(r, 3)), -end, end, nodes);
        return new(
            name,
            [
                "(e^r - 1 - r - r²/2)/r³ = C0 + C1 r + C2 r² + … for |r| ≤ log(2)/2.",
                $"Chebyshev interpolation at {nodes} points, {interval}. Of e^r - 1: {certificate} Used by {user}.",
            ],
            [.. Polynomial.Doubles(c)]);
    }

    private static ConstantClass Tail()
    {
        BigFloat stretch = BigFloat.Parse("1.2");
        BigFloat Function(BigFloat s) => Scaled(4 * (1 + s) / (stretch - s));
        (double[] c, double[] lows) = Interpolate(Function, 1, 29, 6);
        return new(
            "DoubleDoubleTailPolynomial",
            [
                "(1 + t) e^(t²/2) Φ(-t) = C0 + C1 s + C2 s² + … in s = (1.2 t - 4)/(t + 4), t from 0 to 40; of six coefficients "
                + "with what a double leaves.",
                $"Chebyshev interpolation at 29 points. Relative: {Judge(Function, c, lows, 1)} Used by DoubleDoubleElementary.",
            ],
            [.. Polynomial.Doubles(c, lows)]);
    }

    private static ConstantClass SloppyTail()
    {
        BigFloat end = (BigFloat)9 / 11;
        (double[] c, double[] lows) = Interpolate(SloppyFunction, end, 25, 2);
        return new(
            "SloppyTailPolynomial",
            [
                "(1 + t) e^(t²/2) Φ(-t) = C0 + C1 s + C2 s² + … in s = (t - 4)/(t + 4), t from 0 to 40; of two coefficients "
                + "with what a double leaves.",
                $"Chebyshev interpolation at 25 points, s from -1 to 9/11. Relative: {Judge(SloppyFunction, c, lows, end)} "
                + "Used by SloppyDoubleDoubleElementary.",
            ],
            [.. Polynomial.Doubles(c, lows)]);
    }

    private static ConstantClass SloppyTailDerivative()
    {
        double[] c = Found.SloppyTailDerivative;
        BigFloat end = (BigFloat)9 / 11;
        BigFloat[] p = Chebyshev.Interpolate(SloppyFunction, -1, end, 40);
        BigFloat Derivative(BigFloat s)
        {
            BigFloat sum = 0;
            for (int power = p.Length - 1; power >= 1; power--)
                sum = (sum * s) + (power * p[power]);
            return sum;
        }
        Certificate certificate = Certificate.Of(s => Polynomial.Evaluate(c, s) - Derivative(s), -1, end, c.Length);
        return new(
            "SloppyTailDerivative",
            [
                "The derivative of the polynomial of SloppyTailPolynomial: C0 + C1 s + C2 s² + …, to as many digits as a small "
                + "correction needs.",
                $"Found by search. Absolute: {certificate} Used by SloppyDoubleDoubleElementary.",
            ],
            [.. Polynomial.Doubles(c)]);
    }

    private static BigFloat SloppyFunction(BigFloat s) => Scaled(4 * (1 + s) / (1 - s));

    private static BigFloat Scaled(BigFloat t) => (1 + t) * Functions.TailRatio(t);

    private static (double[] Coefficients, double[] Lows) Interpolate(
        Func<BigFloat, BigFloat> function, BigFloat end, int nodes, int doubled)
    {
        (double High, double Low)[] parts = [.. Chebyshev.Interpolate(function, -1, end, nodes).Select(Numbers.Split)];
        return ([.. parts.Select(part => part.High)], [.. parts.Take(doubled).Select(part => part.Low)]);
    }

    private static Certificate Judge(Func<BigFloat, BigFloat> function, double[] c, double[] lows, BigFloat end) =>
        Certificate.Of(s => ((Polynomial.Evaluate(c, s) + Polynomial.Evaluate(lows, s)) / function(s)) - 1, -1, end, c.Length);
}
