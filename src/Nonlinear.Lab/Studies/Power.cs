using MathNet.Numerics.Distributions;

namespace Nonlinear.Lab.Studies;

/// <summary>What a paired t test over runs can find.</summary>
/// <remarks>
/// Power is the chance that a true difference is called one. The test's statistic is distributed as a noncentral t, which is computed by
/// the mean over the quantiles of the variance.
/// </remarks>
internal static class Power
{
    /// <summary>The power by which differences are called findable.</summary>
    public const double Usual = 0.8;

    private const int Quantiles = 200, MostRuns = 1000;

    /// <summary>The smallest true difference that is found with the usual power.</summary>
    /// <param name="deviation">The standard deviation of the differences of paired runs.</param>
    /// <param name="runs">How many pairs there are.</param>
    /// <param name="testToTrain">The rows of a test part relative to those learned from; 0 if the parts do not vary.</param>
    /// <param name="level">The error rate of the test, on both sides together.</param>
    public static double SmallestDifference(double deviation, int runs, double testToTrain, double level)
    {
        double[] roots = Roots(runs - 1);
        double critical = StudentT.InvCDF(0, 1, runs - 1, 1 - (level / 2)), low = 0, high = 2 * (critical + 10);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Of(middle, critical, roots) < Usual ? (middle, high) : (low, middle);
        }
        return high * deviation * Math.Sqrt((1.0 / runs) + testToTrain);
    }

    /// <summary>How many pairs of runs it takes to find a difference with the usual power; null if no number does.</summary>
    public static int? RunsFor(double difference, double deviation, double testToTrain, double level)
    {
        int low = 2, high = MostRuns;
        if (SmallestDifference(deviation, high, testToTrain, level) > difference)
            return null;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = SmallestDifference(deviation, middle, testToTrain, level) > difference ? (middle, high) : (low, middle);
        }
        return high;
    }

    /// <summary>The chance to call a true difference one.</summary>
    public static double Of(double difference, double deviation, int runs, double testToTrain, double level) => Of(
        difference / (deviation * Math.Sqrt((1.0 / runs) + testToTrain)),
        StudentT.InvCDF(0, 1, runs - 1, 1 - (level / 2)),
        Roots(runs - 1));

    private static double Of(double shift, double critical, double[] roots) => roots.Average(
        root => Normal.CDF(0, 1, shift - (critical * root)) + Normal.CDF(0, 1, -shift - (critical * root)));

    // Of what the variance of a sample is of the true one, at equally probable places.
    private static double[] Roots(int freedom) =>
    [
        .. Enumerable.Range(0, Quantiles).Select(
            i => Math.Sqrt(ChiSquared.InvCDF(freedom, (i + 0.5) / Quantiles) / freedom)),
    ];
}
