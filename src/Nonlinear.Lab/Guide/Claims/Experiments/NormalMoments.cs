namespace Nonlinear.Lab.Guide.Claims.Experiments;

/// <summary>Means over normally distributed input, and over samples.</summary>
internal static class NormalMoments
{
    // Beyond this many standard deviations the density is below 1e-35.
    private const double Far = 12.5;
    private const int Panels = 1500;

    private static readonly double[] Nodes = [-Math.Sqrt(0.6), 0, Math.Sqrt(0.6)];
    private static readonly double[] Weights = [5 / 9.0, 8 / 9.0, 5 / 9.0];

    /// <summary>E f(X) for X ~ N(mean, deviation²), for an f that is smooth but at 0: Gauss-Legendre on panels that meet at 0.</summary>
    public static double Expect(Func<double, double> f, double mean = 0, double deviation = 1)
    {
        double low = mean - Far * deviation, high = mean + Far * deviation;
        return low < 0 && high > 0 ? Over(low, 0) + Over(0, high) : Over(low, high);

        double Over(double from, double to)
        {
            double width = (to - from) / Panels, sum = 0;
            for (int panel = 0; panel < Panels; panel++)
            {
                for (int node = 0; node < Nodes.Length; node++)
                {
                    double x = from + width * (panel + 0.5 + Nodes[node] / 2), z = (x - mean) / deviation;
                    sum += Weights[node] * f(x) * Math.Exp(-z * z / 2);
                }
            }
            return sum * width / 2 / (Math.Sqrt(2 * Math.PI) * deviation);
        }
    }

    /// <summary>Mean and variance of f(X) for X ~ N(mean, variance).</summary>
    public static (double Mean, double Variance) Through(Func<double, double> f, double mean, double variance)
    {
        double deviation = Math.Sqrt(variance), first = Expect(f, mean, deviation);
        return (first, Expect(x => Square(f(x) - first), mean, deviation));
    }

    /// <summary>Mean and variance of a sample.</summary>
    public static (double Mean, double Variance) Of(ReadOnlySpan<double> sample)
    {
        double mean = 0, variance = 0;
        foreach (double value in sample)
            mean += value / sample.Length;
        foreach (double value in sample)
            variance += Square(value - mean) / sample.Length;
        return (mean, variance);
    }

    private static double Square(double x) => x * x;
}
