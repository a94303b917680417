using MathNet.Numerics.Statistics;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies;
using Nonlinear.Lab.Studies.Choosing;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Training;

namespace Nonlinear.Bench.Claims;

/// <summary>Networks that are trained with a function and its mirror image, whose true difference is known: it is what is added.</summary>
/// <remarks>
/// min(x, 0) = -ReLU(-x). With the signs of the first and the last weights turned, a network with the one gives what a network with the
/// other gives, and so it does after each step of Adam; as starting weights are as often positive as negative, scores with both have one
/// distribution, on any rows. With the same seed they differ all the same.
/// </remarks>
internal sealed class PlantedRuns
{
    private const string Function = "relu";

    private const int Rows = 300, Seeds = 10;

    private readonly string _mirror = Activation.Parse("clip(min=-1e30,max=0)").ToString();
    private readonly Competition _competition;
    private readonly ChoicePlan _plan;

    /// <summary>Trains on other rows of the handwritten digits for each number.</summary>
    public PlantedRuns(int number, int threads, CancellationToken cancellation)
    {
        Dataset digits = Digits.Data;
        int[] order = new RandomStream(number, "planted rows").Permutation(digits.Count)[..Rows];
        Dataset some = digits with
        {
            Inputs = [.. order.SelectMany(row => digits.Inputs.AsSpan(row * digits.Width, digits.Width).ToArray())],
            Targets = [.. order.Select(row => digits.Targets[row])],
        };
        _plan = new(some, [Function, _mirror], Seeds) { Hidden = [8], Epochs = 10, Rates = [0.01], Series = number };
        _competition = Competition.Run(_plan, new(new RunsHere(store: null, threads), progress: null, cancellation));
    }

    /// <summary>The standard deviation of the differences between runs with one seed.</summary>
    public double Deviation => Pairs.Select(pair => pair.Mirrored.Score - pair.Plain.Score).StandardDeviation();

    /// <summary>The difference that choose says is found in four of five such choices.</summary>
    public static double StatedDifference(double deviation) =>
        Power.SmallestDifference(deviation, Seeds, Dataset.TestToTrain, Competition.ErrorRate - Competition.SpentOnLook);

    /// <summary>Makes the choice again from the same runs, with something added to the mirror's scores.</summary>
    public (bool Found, bool Within) Judge(double difference, CancellationToken cancellation)
    {
        Competition competition = Competition.Run(
            _plan,
            new(new RunsHere(store: null, threads: 1), progress: null, cancellation),
            new(
                run => run.Activation == Function
                    ? Of(Function, run.Seed)
                    : Of(_mirror, run.Seed) with { Score = Of(_mirror, run.Seed).Score + difference },
                run => _competition.Floor(run.Kind)[Place(run.Seed)]));
        Interval interval = competition.Difference(_mirror);
        return (
            competition.Differs(_mirror) && Math.Sign(interval.Mean) == Math.Sign(difference),
            interval.Low <= difference && difference <= interval.High);
    }

    /// <summary>Whether a difference is claimed where none was added.</summary>
    public bool Claims => _competition.Differs(_mirror);

    private IEnumerable<(ChoiceResult Mirrored, ChoiceResult Plain)> Pairs =>
        _competition.Results(_mirror).Zip(_competition.Results(Function));

    private ChoiceResult Of(string activation, int seed) => _competition.Results(activation)[Place(seed)];

    private int Place(int seed) => seed - _plan.InSeries(1);
}
