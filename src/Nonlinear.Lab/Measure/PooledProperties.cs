namespace Nonlinear.Lab.Measure;

/// <summary>What is measured of a pooled function, on seeded standard normal inputs.</summary>
public sealed record PooledProperties
{
    /// <summary>The function's canonical spelling.</summary>
    public required string Name { get; init; }

    /// <summary>The number of inputs that become one output.</summary>
    public required int Pieces { get; init; }

    /// <summary>Mean and variance of the output, estimated from the sample.</summary>
    public required Moments NormalInput { get; init; }

    /// <summary>The standard errors of the two estimates.</summary>
    public required Moments StandardError { get; init; }

    /// <summary>The share of outputs that are exactly 0.</summary>
    public required double Sparsity { get; init; }

    /// <summary>
    /// Whether the value midway between two inputs never exceeded the mean of the two values: convexity, as far as 200,000 pairs show.
    /// </summary>
    public required bool IsConvex { get; init; }

    /// <summary>The largest ratio seen of a change of the output to the largest change of an input.</summary>
    public required double Lipschitz { get; init; }

    /// <summary>Measures a function.</summary>
    public static PooledProperties Of(PooledActivation activation)
    {
        const int Outputs = 200_000;
        int pieces = activation.Pieces;
        double[] a = Sample(1), b = Sample(2), middle = [.. a.Zip(b, (left, right) => (left + right) / 2)];
        double[] fa = Apply(a), fb = Apply(b), fm = Apply(middle);
        double mean = fa.Average(), variance = fa.Average(y => (y - mean) * (y - mean));
        double[] steps =
            [.. Enumerable.Range(0, Outputs).Select(j => Enumerable.Range(j * pieces, pieces).Max(i => Math.Abs(a[i] - b[i])))];
        return new()
        {
            Name = activation.ToString(),
            Pieces = pieces,
            NormalInput = new(mean, variance),
            StandardError = new(
                Math.Sqrt(variance / Outputs),
                Math.Sqrt((fa.Average(y => Math.Pow(y - mean, 4)) - (variance * variance)) / Outputs)),
            Sparsity = fa.Count(y => y == 0) / (double)Outputs,
            IsConvex = Enumerable.Range(0, Outputs).All(j => fm[j] <= ((fa[j] + fb[j]) / 2) + 1e-12),
            Lipschitz = Enumerable.Range(0, Outputs).Max(j => Math.Abs(fa[j] - fb[j]) / steps[j]),
        };

        double[] Sample(int seed)
        {
            double[] x = new double[Outputs * pieces];
            MathNet.Numerics.Distributions.Normal.Samples(new Random(seed), x, 0, 1);
            return x;
        }

        double[] Apply(double[] x)
        {
            double[] y = new double[Outputs];
            activation.Forward(x, y);
            return y;
        }
    }
}
