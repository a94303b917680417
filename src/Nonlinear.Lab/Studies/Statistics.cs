using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Nonlinear.Lab.Studies;

/// <summary>A mean with an interval that holds the true one with a given confidence.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct Interval(double Mean, double Low, double High);

/// <summary>The statistics of repeated runs.</summary>
/// <remarks>
/// Runs on random splits of the same rows are not independent: they share most of what they learn from. The variance of their mean is
/// therefore (1/n + test/train) s² rather than s²/n (Nadeau and Bengio, Inference for the generalization error, Machine Learning 52, 2003).
/// Where the parts are fixed and only the seed varies, test/train is 0, and what is inferred is about the randomness of training alone.
/// </remarks>
internal static class Statistics
{
    /// <summary>Student's interval for a mean.</summary>
    /// <param name="values">The results of runs.</param>
    /// <param name="testToTrain">The rows of a test part relative to those learned from; 0 if the parts do not vary.</param>
    /// <param name="confidence">The confidence.</param>
    /// <param name="leastDeviation">The least standard deviation to believe in: what scores that come in steps can show.</param>
    public static Interval MeanInterval(
        IReadOnlyList<double> values, double testToTrain, double confidence = 0.95, double leastDeviation = 0)
    {
        double mean = values.Average();
        if (values.Count < 2)
            return new(mean, double.NegativeInfinity, double.PositiveInfinity);
        double reach = StudentT.InvCDF(0, 1, values.Count - 1, (1 + confidence) / 2)
            * Math.Sqrt((1.0 / values.Count) + testToTrain)
            * Math.Max(leastDeviation, values.StandardDeviation());
        return new(mean, mean - reach, mean + reach);
    }

    /// <summary>How probable differences at least this far from 0 are if their true mean is 0 (a two-sided paired t test).</summary>
    /// <param name="differences">The differences of paired runs.</param>
    /// <param name="testToTrain">The rows of a test part relative to those learned from; 0 if the parts do not vary.</param>
    /// <param name="leastDeviation">The least standard deviation to believe in: what scores that come in steps can show.</param>
    public static double PairedTest(IReadOnlyList<double> differences, double testToTrain, double leastDeviation = 0)
    {
        if (differences.Count < 2)
            return 1;
        double mean = differences.Average(),
            error = Math.Sqrt((1.0 / differences.Count) + testToTrain) * Math.Max(leastDeviation, differences.StandardDeviation());
        if (error == 0)
            return mean == 0 ? 1 : 0;
        return 2 * StudentT.CDF(0, 1, differences.Count - 1, -Math.Abs(mean / error));
    }

    /// <summary>
    /// Corrects p values for their number (Holm, 1979): the chance that any of those below α is a false difference stays below α.
    /// </summary>
    public static double[] Holm(IReadOnlyList<double> probabilities)
    {
        double[] corrected = new double[probabilities.Count];
        double largest = 0;
        int rank = 0;
        foreach (int i in Enumerable.Range(0, corrected.Length).OrderBy(i => probabilities[i]))
        {
            largest = Math.Max(largest, Math.Min(1, (probabilities.Count - rank++) * probabilities[i]));
            corrected[i] = largest;
        }
        return corrected;
    }

    /// <summary>
    /// The level at which Holm's method decides each hypothesis: that of its own step if it is rejected, else that of the step at which the
    /// method stops. A p value is below its level exactly if its hypothesis is rejected.
    /// </summary>
    public static double[] HolmLevels(IReadOnlyList<double> probabilities, double errorRate)
    {
        double[] levels = new double[probabilities.Count];
        int rank = 0;
        foreach (int i in Enumerable.Range(0, levels.Length).OrderBy(i => probabilities[i]))
        {
            levels[i] = errorRate / (probabilities.Count - rank);
            if (probabilities[i] < levels[i])
                rank++;
        }
        return levels;
    }
}
