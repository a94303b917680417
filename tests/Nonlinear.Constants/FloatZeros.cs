using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The zeros of the derivatives of the gates, as two floats, and polynomials for the derivatives about them.</summary>
internal static class FloatZeros
{
    private const int SeriesTerms = 48;

    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } =
    [
        SigmoidGate,
        () => OfSollya("FloatMishZero", "(x tanh(log(1 + eˣ)))′", Functions.TanhSoftplusGate, -1.192, "-0.25", "0.25"),
        () => OfSollya("FloatGeluZero", "(x Φ(x))′", Functions.NormalGate, -0.7518, "-0.2", "0.243"),
        () => OfSollya("FloatGeluTanhZero", "The derivative of GELU (tanh)", Functions.GeluTanh, -0.7525, "-0.2", "0.243"),
    ];

    private static ConstantClass SigmoidGate()
    {
        Zero zero = Zero.Of(Functions.SigmoidGate, -1.278, SeriesTerms);
        double[] c = [.. Found.FloatSiluSeries];
        return Class("FloatSiluZero", "(x σ(x))′", zero, c, "-0.1875", "0.1875", "Found by search, near the best for the relative error.");
    }

    private static ConstantClass OfSollya(string name, string what, Func<Series, Series> function, double near, string from, string to)
    {
        Zero zero = Zero.Of(function, near, SeriesTerms);
        IEnumerable<string> terms = Enumerable.Range(1, SeriesTerms)
            .Select(power => $"({zero.Derivative[power].ToText(70)})*x^{power - 1}");
        string series = string.Join('+', terms);
        double[] c = Found.BySollya(name, $"fpminimax({series},5,[|SG...|],[{from};{to}],relative)");
        return Class(name, what, zero, c, from, to, "Sollya's fpminimax, degree 5, relative error.");
    }

    private static ConstantClass Class(string name, string what, Zero zero, double[] c, string from, string to, string method)
    {
        (float high, float low) = Numbers.SplitFloat(zero.Point);
        Certificate certificate = Certificate.Of(
            d => (Polynomial.Evaluate(c, d) / zero.Quotient(d, SeriesTerms)) - 1, BigFloat.Parse(from), BigFloat.Parse(to), c.Length);
        return new(
            name,
            [
                $"{what} about its zero: with the distance d from the zero, d (C0 + C1 d + C2 d² + …), d from {from} to {to}.",
                $"{method} Relative: {certificate} Used by the derivatives over floats.",
            ],
            [
                new("float", "Zero", Writer.Text(high), "The float nearest to the zero."),
                new("float", "ZeroLow", Writer.Text(low), "The float nearest to what is left."),
                .. Polynomial.Floats(c),
            ]);
    }
}
