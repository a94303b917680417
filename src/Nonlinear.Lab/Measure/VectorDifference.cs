namespace Nonlinear.Lab.Measure;

/// <summary>How far two functions along an axis are apart, on seeded random vectors of doubles: a sample, no proof.</summary>
/// <param name="First">The first function's spelling.</param>
/// <param name="Second">The second's.</param>
/// <param name="Vectors">How many vectors were looked at.</param>
/// <param name="Value">The largest difference of an output.</param>
/// <param name="Input">The vector on which it is so large.</param>
/// <param name="Slope">The largest difference of an element of the Jacobian.</param>
public sealed record VectorDifference(
    string First, string Second, int Vectors, double Value, IReadOnlyList<double> Input, double Slope)
{
    private const int Count = 2000, Length = 5, Spread = 3;

    // Functions along an axis are within 2 ulp on doubles.
    private static readonly double Rounding = 8 * (Math.BitIncrement(1.0) - 1);

    private static readonly double[][] Telling = [[0, 0], [1, 0], [1000, 1000], [-1000, 1000], [0, 1, 2, 3], [2, 2, 2, -1]];

    /// <summary>Whether none of the vectors showed a difference beyond rounding.</summary>
    public bool AreSame => Value == 0 && Slope == 0;

    /// <summary>Compares two functions.</summary>
    public static VectorDifference Of(AxisActivation first, AxisActivation second)
    {
        Random random = new(1);
        double[][] vectors =
        [
            .. Telling,
            .. Enumerable.Range(0, Count - Telling.Length)
                .Select(_ => new double[Length].Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, Spread)).ToArray()),
        ];
        (double value, double slope, double[] input) = (0, 0, vectors[0]);
        foreach (double[] x in vectors)
        {
            double gap = Largest(Forward(first, x), Forward(second, x));
            if (gap > value)
                (value, input) = (gap, x);
            slope = Math.Max(slope, Largest(Jacobian(first, x), Jacobian(second, x)));
        }
        return new(first.ToString(), second.ToString(), vectors.Length, value, input, slope);
    }

    private static double[] Forward(AxisActivation function, double[] x)
    {
        double[] y = new double[x.Length];
        function.Forward(x, y);
        return y;
    }

    private static double[] Jacobian(AxisActivation function, double[] x)
    {
        double[] jacobian = new double[x.Length * x.Length];
        function.Jacobian(x, jacobian);
        return jacobian;
    }

    private static double Largest(double[] a, double[] b) => a.Zip(b).Max(pair =>
    {
        (double y, double z) = pair;
        double gap = y.Equals(z) ? 0 : Math.Abs(y - z);
        return double.IsNaN(gap) ? double.PositiveInfinity : gap <= Rounding * Math.Max(1, Math.Max(Math.Abs(y), Math.Abs(z))) ? 0 : gap;
    });
}
