using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;
using MathNet.Numerics.LinearAlgebra;

namespace Nonlinear.Lab.Measure;

/// <summary>What a function does to normally distributed inputs, by Gauss-Legendre quadrature on panels that end at its kinks.</summary>
internal sealed class GaussianInput(ElementwiseActivation activation, IReadOnlyList<Kink> kinks)
{
    private const double Reach = 13, Panel = 0.5;
    private const int Order = 24;

    /// <summary>Mean and variance of f(X) for X normal with the given ones; to about 13 digits.</summary>
    public Moments Moments(Moments input)
    {
        double deviation = Math.Sqrt(input.Variance);
        double[] edges =
        [
            .. Enumerable.Range(0, (int)(2 * Reach / Panel) + 1).Select(k => -Reach + (k * Panel))
                .Concat(kinks.Select(kink => (kink.X - input.Mean) / deviation).Where(z => Math.Abs(z) < Reach))
                .Distinct().Order(),
        ];
        List<double> points = [], weights = [];
        for (int panel = 0; panel + 1 < edges.Length; panel++)
        {
            GaussLegendreRule rule = new(edges[panel], edges[panel + 1], Order);
            for (int i = 0; i < Order; i++)
            {
                double z = rule.GetAbscissa(i);
                points.Add(input.Mean + (deviation * z));
                weights.Add(rule.GetWeight(i) * Normal.PDF(0, 1, z));
            }
        }

        double[] y = new double[points.Count];
        activation.Forward(points.ToArray(), y);
        double mean = y.Zip(weights, (value, weight) => value * weight).Sum();
        double variance = y.Zip(weights, (value, weight) => (value - mean) * (value - mean) * weight).Sum();
        return new(mean, variance);
    }

    /// <summary>The fixed point reached from (0, 1) by going from layer to layer, if one with a signal left is reached.</summary>
    public MomentFixedPoint? FixedPoint()
    {
        Moments at = new(0, 1);
        for (int layer = 0; layer < 300; layer++)
        {
            Moments next = Moments(at);
            if (!double.IsFinite(next.Variance) || next.Variance is < 1e-3 or > 1e6)
                return null;
            if (Math.Abs(next.Mean - at.Mean) + Math.Abs(next.Variance - at.Variance) < 1e-11)
                return new(next, SpectralRadius(next));
            at = next;
        }
        return null;
    }

    /// <summary>The share of standard normal inputs in the given stretches.</summary>
    public static double Share(IReadOnlyList<Stretch> stretches) =>
        stretches.Sum(stretch => Normal.CDF(0, 1, stretch.To) - Normal.CDF(0, 1, stretch.From));

    private double SpectralRadius(Moments at)
    {
        const double Step = 1e-5;
        Moments right = Moments(at with { Mean = at.Mean + Step }), left = Moments(at with { Mean = at.Mean - Step });
        Moments wide = Moments(at with { Variance = at.Variance + Step }), narrow = Moments(at with { Variance = at.Variance - Step });
        Matrix<double> jacobian = Matrix<double>.Build.DenseOfRowArrays(
            [(right.Mean - left.Mean) / (2 * Step), (wide.Mean - narrow.Mean) / (2 * Step)],
            [(right.Variance - left.Variance) / (2 * Step), (wide.Variance - narrow.Variance) / (2 * Step)]);
        return jacobian.Evd().EigenValues.Max(value => value.Magnitude);
    }
}
