using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>Runs whose scores are drawn, with a difference of a known size: what choose says of them can be checked.</summary>
/// <remarks>
/// Scores are drawn as the test takes them to be: a part of a difference comes from the rows, which all runs share, with the variance
/// test/train of that of the runs, and the rest is each run's own.
/// </remarks>
internal sealed class PlantedScores
{
    /// <summary>The function that is better, and the one that it is better than.</summary>
    public const string Better = "gelu", Baseline = ChoicePlan.UsualBaseline;

    private const double Deviation = 0.01;

    private const int Seeds = 10;

    private readonly ChoicePlan _plan;

    private PlantedScores(double difference)
    {
        Difference = difference;
        const int Rows = 2000;
        float[] inputs = [.. Enumerable.Range(0, Rows).Select(row => (float)row)];
        Dataset data = new("planted", Text.Same(""), ["x"], inputs, [.. inputs.Select(x => x % 2)], ["even", "odd"]);
        _plan = new(data, [Baseline, Better], Seeds);
    }

    /// <summary>By how much the better function is better.</summary>
    public double Difference { get; }

    /// <summary>The difference that choose says is found in four of five choices.</summary>
    public static PlantedScores AtStatedPower() => Of(
        Power.SmallestDifference(
            Math.Sqrt(2) * Deviation, Seeds, Dataset.TestToTrain, Competition.ErrorRate - Competition.SpentOnLook));

    /// <summary>A difference of a given size; 0 for none.</summary>
    public static PlantedScores Of(double difference) => new(difference);

    /// <summary>Makes a choice from scores drawn anew.</summary>
    public Competition Compete(int number, CancellationToken cancellation)
    {
        double shared = Draw(number, "rows", 0) * Math.Sqrt(2 * Dataset.TestToTrain);
        ChoiceRunner runner = new(
            run =>
            {
                double planted = run.Activation == Better ? Difference + (Deviation * shared) : 0;
                double score = 0.8 + planted + (Deviation * Draw(number, run.Activation, run.Seed));
                return new(score, score, 0.5, 0.01, Diverged: false, 0, 0, 1, 1, 1);
            },
            run => new(0.5, 0.5, 0.7));
        return Competition.Run(_plan, new(new RunsHere(store: null, threads: 1), progress: null, cancellation), runner);
    }

    private static double Draw(int number, string what, int seed) =>
        new RandomStream(number, FormattableString.Invariant($"{what} {seed}")).Normal();
}
