namespace Nonlinear.Lab.Measure;

/// <summary>What is measured of a function that gives several outputs for each input, on seeded standard normal inputs.</summary>
public sealed record WidenedProperties
{
    /// <summary>The function's canonical spelling.</summary>
    public required string Name { get; init; }

    /// <summary>The number of outputs for each input.</summary>
    public required int Outputs { get; init; }

    /// <summary>Mean and variance of the outputs, estimated from the sample.</summary>
    public required Moments NormalInput { get; init; }

    /// <summary>The share of outputs that are exactly 0.</summary>
    public required double Sparsity { get; init; }

    /// <summary>Whether no two of the inputs had the same outputs: nothing is lost.</summary>
    public required bool IsInjective { get; init; }

    /// <summary>Measures a function.</summary>
    public static WidenedProperties Of(WidenedActivation activation)
    {
        const int Inputs = 200_000;
        double[] x = new double[Inputs], y = new double[activation.OutputsFor(Inputs)];
        MathNet.Numerics.Distributions.Normal.Samples(new Random(1), x, 0, 1);
        activation.Forward(x, y);
        double mean = y.Average();
        int outputs = y.Length / Inputs;
        HashSet<string> seen =
            [.. Enumerable.Range(0, Inputs).Select(i => string.Join(' ', Enumerable.Range(0, outputs).Select(k => y[(k * Inputs) + i])))];
        return new()
        {
            Name = activation.ToString(),
            Outputs = outputs,
            NormalInput = new(mean, y.Average(value => (value - mean) * (value - mean))),
            Sparsity = y.Count(value => value == 0) / (double)y.Length,
            IsInjective = seen.Count == x.Distinct().Count(),
        };
    }
}
