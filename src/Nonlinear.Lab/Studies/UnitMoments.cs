namespace Nonlinear.Lab.Studies;

/// <summary>Means and variances of the units of a layer over the rows of a block.</summary>
/// <param name="MeanVariance">The variance of a unit over the rows, on average over the units.</param>
/// <param name="Mean">The mean over all units and rows.</param>
/// <param name="Variance">The variance over all units and rows.</param>
internal sealed record UnitMoments(double MeanVariance, double Mean, double Variance)
{
    /// <summary>Computes them.</summary>
    /// <param name="values">The outputs of the units, row after row.</param>
    /// <param name="units">The number of units.</param>
    public static UnitMoments Of(ReadOnlySpan<float> values, int units)
    {
        int rows = values.Length / units;
        double[] sums = new double[units], squares = new double[units];
        for (int i = 0; i < values.Length; i++)
            sums[i % units] += values[i];
        double mean = sums.Sum() / values.Length, total = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int unit = i % units;
            double fromUnit = values[i] - (sums[unit] / rows), fromAll = values[i] - mean;
            squares[unit] += fromUnit * fromUnit;
            total += fromAll * fromAll;
        }
        return new(squares.Average(sum => sum / rows), mean, total / values.Length);
    }
}
