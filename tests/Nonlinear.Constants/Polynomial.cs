using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>A polynomial as a class of its coefficients C0, C1, …, named by their powers.</summary>
internal static class Polynomial
{
    public static BigFloat Evaluate(IReadOnlyList<double> coefficients, BigFloat x)
    {
        BigFloat sum = 0;
        for (int i = coefficients.Count - 1; i >= 0; i--)
            sum = (sum * x) + coefficients[i];
        return sum;
    }

    public static IEnumerable<Member> Doubles(IEnumerable<double> coefficients, int lowest = 0) =>
        coefficients.Select((value, i) => new Member("double", $"C{lowest + i}", Writer.Text(value)));

    public static IEnumerable<Member> Floats(IEnumerable<double> coefficients, string letter = "C") =>
        coefficients.Select((value, i) => new Member("float", $"{letter}{i}", Writer.Text((float)value)));

    /// <summary>Doubles, and what they leave of the first few coefficients.</summary>
    public static IEnumerable<Member> Doubles(IReadOnlyList<double> coefficients, IReadOnlyList<double> lows) =>
        Doubles(coefficients).Concat(lows.Select((value, i) => new Member("double", $"C{i}Low", Writer.Text(value))));
}
