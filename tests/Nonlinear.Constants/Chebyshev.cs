using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The polynomial that equals a function at the zeros of a Chebyshev polynomial, brought onto an interval.</summary>
internal static class Chebyshev
{
    /// <summary>Its coefficients, of the lowest power first.</summary>
    public static BigFloat[] Interpolate(Func<BigFloat, BigFloat> function, BigFloat from, BigFloat to, int nodes)
    {
        BigFloat middle = BigFloat.Scale(from + to, -1), radius = BigFloat.Scale(to - from, -1);
        BigFloat step = BigFloat.Pi / (2 * nodes);
        BigFloat[] points = [.. Enumerable.Range(0, nodes).Select(k => middle + (radius * BigFloat.Cos(step * (2 * k + 1))))];
        return Monomials(points, DividedDifferences(points, [.. points.Select(function)]));
    }

    // Newton's form …
    private static BigFloat[] DividedDifferences(BigFloat[] points, BigFloat[] values)
    {
        for (int order = 1; order < points.Length; order++)
        {
            for (int i = points.Length - 1; i >= order; i--)
                values[i] = (values[i] - values[i - 1]) / (points[i] - points[i - order]);
        }
        return values;
    }

    // … multiplied out.
    private static BigFloat[] Monomials(BigFloat[] points, BigFloat[] differences)
    {
        BigFloat[] sum = new BigFloat[points.Length];
        Array.Fill(sum, 0);
        for (int k = points.Length - 1; k >= 0; k--)
        {
            for (int power = sum.Length - 1; power > 0; power--)
                sum[power] = sum[power - 1] - (points[k] * sum[power]);
            sum[0] = differences[k] - (points[k] * sum[0]);
        }
        return sum;
    }
}
