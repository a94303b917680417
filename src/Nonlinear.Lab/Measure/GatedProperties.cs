namespace Nonlinear.Lab.Measure;

/// <summary>What is measured of a gated unit, on seeded gates and values that are standard normal and independent.</summary>
public sealed record GatedProperties
{
    /// <summary>The function's canonical spelling.</summary>
    public required string Name { get; init; }

    /// <summary>Mean and variance of the outputs, estimated from the sample.</summary>
    public required Moments NormalInput { get; init; }

    /// <summary>The standard errors of both.</summary>
    public required Moments StandardError { get; init; }

    /// <summary>The share of outputs that are exactly 0.</summary>
    public required double Sparsity { get; init; }

    /// <summary>The root of the mean square of the slope by the gate: how much of a gradient goes on to it.</summary>
    public required double SlopeByGate { get; init; }

    /// <summary>The same of the slope by the value.</summary>
    public required double SlopeByValue { get; init; }

    /// <summary>Measures a function.</summary>
    public static GatedProperties Of(GatedActivation activation)
    {
        const int Pairs = 200_000;
        double[] gate = new double[Pairs], value = new double[Pairs], y = new double[Pairs];
        double[] byGate = new double[Pairs], byValue = new double[Pairs], upstream = new double[Pairs];
        Random random = new(1);
        MathNet.Numerics.Distributions.Normal.Samples(random, gate, 0, 1);
        MathNet.Numerics.Distributions.Normal.Samples(random, value, 0, 1);
        Array.Fill(upstream, 1);
        activation.Forward(gate, value, y);
        activation.Backward<double>(gate, value, upstream, byGate, byValue);
        double mean = y.Average(), variance = y.Average(output => (output - mean) * (output - mean));
        double fourth = y.Average(output => Math.Pow(output - mean, 4));
        return new()
        {
            Name = activation.ToString(),
            NormalInput = new(mean, variance),
            StandardError = new(Math.Sqrt(variance / Pairs), Math.Sqrt((fourth - (variance * variance)) / Pairs)),
            Sparsity = y.Count(output => output == 0) / (double)Pairs,
            SlopeByGate = RootMeanSquare(byGate),
            SlopeByValue = RootMeanSquare(byValue),
        };
    }

    private static double RootMeanSquare(double[] slopes) => Math.Sqrt(slopes.Average(slope => slope * slope));
}
