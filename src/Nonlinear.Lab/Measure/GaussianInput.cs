using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace Nonlinear.Lab.Measure;

/// <summary>What a function does to normally distributed inputs, by Gauss-Legendre quadrature on panels that end at its kinks.</summary>
internal sealed class GaussianInput(ElementwiseActivation activation, IReadOnlyList<double> kinks)
{
    private const double Reach = 13, Panel = 0.5;
    private const int Order = 24;

    private static readonly GaussLegendreRule Rule = new(-1, 1, Order);

    /// <summary>Mean and variance of f(X) for X normal with the given ones; to about 13 digits.</summary>
    public Moments Moments(Moments input)
    {
        double deviation = Math.Sqrt(input.Variance);
        double[] edges =
        [
            .. Enumerable.Range(0, (int)(2 * Reach / Panel) + 1).Select(k => -Reach + (k * Panel))
                .Concat(kinks.Select(kink => (kink - input.Mean) / deviation).Where(z => Math.Abs(z) < Reach))
                .Distinct().Order(),
        ];
        List<double> points = [], weights = [];
        for (int panel = 0; panel + 1 < edges.Length; panel++)
        {
            double middle = (edges[panel] + edges[panel + 1]) / 2, half = (edges[panel + 1] - edges[panel]) / 2;
            for (int i = 0; i < Order; i++)
            {
                double z = middle + (half * Rule.GetAbscissa(i));
                points.Add(input.Mean + (deviation * z));
                weights.Add(half * Rule.GetWeight(i) * Normal.PDF(0, 1, z));
            }
        }

        double[] y = new double[points.Count];
        activation.Forward(points.ToArray(), y);
        double mean = y.Zip(weights, (value, weight) => value * weight).Sum();
        double variance = y.Zip(weights, (value, weight) => (value - mean) * (value - mean) * weight).Sum();
        return new(mean, variance);
    }

    /// <summary>
    /// The fixed point reached from (0, 1) by going from layer to layer, if one with a signal left is reached. The layers are normalised as
    /// SELU's theory has it: each unit's weights sum to 0 and their squares to 1, so that it sees mean 0 and the variance of its inputs.
    /// </summary>
    public MomentFixedPoint? FixedPoint()
    {
        double variance = 1;
        for (int layer = 0; layer < 300; layer++)
        {
            Moments next = Moments(new(0, variance));
            if (!double.IsFinite(next.Variance) || next.Variance is < 1e-3 or > 1e6)
                return null;
            if (Math.Abs(next.Variance - variance) < 1e-11)
                return new(next, Math.Abs(Slope(next.Variance)));
            variance = next.Variance;
        }
        return null;
    }

    /// <summary>The share of standard normal inputs in the given stretches.</summary>
    public static double Share(IReadOnlyList<Stretch> stretches) =>
        stretches.Sum(stretch => Normal.CDF(0, 1, stretch.To) - Normal.CDF(0, 1, stretch.From));

    // Of the map from variance to variance; the mean that goes in has no influence.
    private double Slope(double variance)
    {
        const double Step = 1e-5;
        return (Moments(new(0, variance + Step)).Variance - Moments(new(0, variance - Step)).Variance) / (2 * Step);
    }
}
