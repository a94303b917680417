using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace Nonlinear.Lab.Measure;

/// <summary>What a function costs on floats, measured in turns with ReLU so that a busy machine slows both.</summary>
/// <param name="Nanoseconds">The median time for an element.</param>
/// <param name="RelativeToRelu">The median of the ratios to ReLU, round by round.</param>
public readonly record struct Cost(double Nanoseconds, double RelativeToRelu)
{
    private const int Elements = 16384, Rounds = 15, Repetitions = 4;

    /// <summary>Measures forward on 16,384 floats, which stay in the second-level cache.</summary>
    public static Cost Of(Activation activation)
    {
        activation = Gates.First(activation);
        Random random = new(1);
        float[] x = new float[Elements], y = new float[Elements];
        for (int i = 0; i < x.Length; i++)
            x[i] = (float)Normal(random);

        int inputs = activation is PooledActivation pooled ? Elements / pooled.Pieces * pooled.Pieces : Elements;
        y = new float[Math.Max(Elements, activation.OutputsFor(inputs))];
        Time(Activation.Relu());
        Time(activation);
        double[] times = new double[Rounds], ratios = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            double relu = Time(Activation.Relu());
            times[round] = Time(activation);
            ratios[round] = times[round] / relu;
        }
        return new(times.Median(), ratios.Median());

        double Time(Activation timed)
        {
            int taken = timed == activation ? inputs : Elements;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repetitions; i++)
                timed.Forward(x.AsSpan(0, taken), y.AsSpan(0, timed.OutputsFor(taken)));
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / (Repetitions * Elements);
        }
    }

    private static double Normal(Random random) => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
}
