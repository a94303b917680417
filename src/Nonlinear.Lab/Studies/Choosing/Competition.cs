using System.Diagnostics;
using MathNet.Numerics.Statistics;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What the runs could have shown.</summary>
/// <param name="Difference">The smallest true difference that four of five such choices find.</param>
/// <param name="SeedsForHalf">How many seeds find half of it as surely; null if no number does.</param>
internal sealed record Findable(double Difference, int? SeedsForHalf);

/// <summary>Trains every activation seed by seed, and stops those that are hopelessly behind.</summary>
/// <remarks>
/// <para>The error rate. All comparisons with the baseline together say "different" falsely with a probability of at most 5%: of it 1% is
/// spent on a look after five seeds and 4% on the end, each corrected for the number of comparisons by Holm's method. With five seeds or
/// fewer there is no look, and the end has all 5%.</para>
/// <para>Stopping. After the look an activation other than the baseline is trained no further if a paired test finds it behind the leader
/// with p &lt; 1% divided by the number of pairs. Its comparison with the baseline is then the one at the look.</para>
/// <para>Intervals. Holm's method tries each comparison at a level of its own; the interval of a difference is the one at the level at
/// which its comparison was decided. So it excludes 0 exactly where the verdict is "different".</para>
/// <para>The floor. Whether a function beats the models without hidden layers is a question of its own, with 5% for all its answers; a
/// function must beat both models.</para>
/// </remarks>
internal sealed class Competition
{
    /// <summary>How often a difference may be claimed where there is none.</summary>
    public const double ErrorRate = 0.05;

    /// <summary>The seeds before the look.</summary>
    public const int SeedsBeforeLook = 5;

    /// <summary>What of the error rate is spent on the look.</summary>
    public const double SpentOnLook = 0.01;

    /// <summary>The name of the runs of models without hidden layers.</summary>
    public const string FloorName = "choose floor";

    private readonly ChoicePlan _plan;
    private readonly ChoiceRunner _runner;
    private readonly Dictionary<string, List<ChoiceResult>> _results;
    private readonly Dictionary<FloorKind, List<FloorResult>> _floors =
        Enum.GetValues<FloorKind>().ToDictionary(kind => kind, _ => new List<FloorResult>());
    private readonly Dictionary<string, double> _corrected = [], _levels = [];
    private readonly HashSet<string> _aboveFloor = [];
    private readonly HashSet<string> _stopped = [];
    private readonly double _resolution;

    private Competition(ChoicePlan plan, ChoiceRunner runner)
    {
        (_plan, _runner) = (plan, runner);
        _results = plan.Activations.ToDictionary(activation => activation, _ => new List<ChoiceResult>());
        _resolution = plan.Data.ScoreResolution;
    }

    /// <summary>The seeds that were carried out.</summary>
    public int Seeds { get; private set; }

    /// <summary>Whether time ran out before all seeds were carried out.</summary>
    public bool OutOfTime => Seeds < _plan.Seeds;

    /// <summary>Carries out the plan.</summary>
    /// <param name="plan">What is asked.</param>
    /// <param name="lab">Where runs are carried out.</param>
    /// <param name="runner">Carries out a run; training does if none is given.</param>
    /// <exception cref="InvalidOperationException">Time ran out before anything could be concluded.</exception>
    public static Competition Run(ChoicePlan plan, Laboratory lab, ChoiceRunner? runner = null)
    {
        Competition competition = new(plan, runner ?? ChoiceRunner.Training(plan.Data, lab.Cancellation));
        long start = Stopwatch.GetTimestamp();
        for (int seed = 1; seed <= plan.Seeds; seed = competition.Seeds + 1)
        {
            if (Stopwatch.GetElapsedTime(start) > plan.Budget)
                break;
            if (seed == SeedsBeforeLook + 1)
                competition.Look();
            // Whoever hands runs out gives all at once that do not depend on others, unless time may end between them.
            int last = !lab.HandsOut || plan.Budget < TimeSpan.MaxValue ? seed
                : seed <= SeedsBeforeLook ? Math.Min(plan.Seeds, SeedsBeforeLook)
                : plan.Seeds;
            competition.Carry(seed, last, lab);
        }
        if (competition.Seeds < Math.Min(plan.Seeds, ChoicePlan.FewestSeeds))
            throw new InvalidOperationException(
                $"Time ran out after {competition.Seeds} of at least {ChoicePlan.FewestSeeds} seeds; they are kept. "
                + "Give more with --budget, or compare fewer activations.");
        competition.Conclude();
        return competition;
    }

    /// <summary>The results of an activation, seed by seed.</summary>
    public IReadOnlyList<ChoiceResult> Results(string activation) => _results[activation];

    /// <summary>Whether an activation was stopped at the look.</summary>
    public bool Stopped(string activation) => _stopped.Contains(activation);

    /// <summary>
    /// The p value of the difference from the baseline, corrected for the number of comparisons and looks; 1 for the baseline itself.
    /// </summary>
    public double Corrected(string activation) => activation == _plan.Baseline ? 1 : _corrected[activation];

    /// <summary>Whether an activation may be called different from the baseline.</summary>
    public bool Differs(string activation) => Corrected(activation) < ErrorRate;

    /// <summary>The results of a model without hidden layers, seed by seed.</summary>
    public IReadOnlyList<FloorResult> Floor(FloorKind kind) => _floors[kind];

    /// <summary>The model without hidden layers that does best.</summary>
    public FloorKind BestFloor => _floors.MaxBy(floor => floor.Value.Average(result => result.Score)).Key;

    /// <summary>Whether an activation was shown to do better than the models without hidden layers.</summary>
    public bool BeatsFloor(string activation) => _aboveFloor.Contains(activation);

    /// <summary>Whether an activation did worse on average than the best of the models without hidden layers.</summary>
    public bool IsBelowFloor(string activation) => Score(activation).Mean < Score(BestFloor).Mean;

    /// <summary>The mean score with its 95% interval.</summary>
    public Interval Score(string activation) => ScoreOf([.. _results[activation].Select(result => result.Score)]);

    /// <summary>The mean score of a model without hidden layers with its 95% interval.</summary>
    public Interval Score(FloorKind kind) => ScoreOf([.. _floors[kind].Select(result => result.Score)]);

    /// <summary>The mean difference from the baseline with the interval by which it was judged.</summary>
    public Interval Difference(string activation) => Within(
        -LargestDifference,
        LargestDifference,
        Statistics.MeanInterval(Differences(activation, _plan.Baseline), Dataset.TestToTrain, 1 - Level(activation), _resolution));

    /// <summary>The error rate at which an activation's comparison with the baseline was decided.</summary>
    public double Level(string activation) => _levels.GetValueOrDefault(activation, ErrorRate);

    /// <summary>
    /// What could have been found where no difference was; null if every function that was trained to the end differs, or none is left.
    /// </summary>
    public Findable? Findable
    {
        get
        {
            string[] open =
            [
                .. _plan.Activations.Where(activation => activation != _plan.Baseline && !_stopped.Contains(activation)
                    && !Differs(activation) && !_results[activation].All(result => result.Diverged)),
            ];
            if (open.Length == 0)
                return null;
            double level = open.Min(Level);
            double deviation = open.Max(
                activation => Math.Max(_resolution, Differences(activation, _plan.Baseline).StandardDeviation()));
            double smallest = Power.SmallestDifference(deviation, Seeds, Dataset.TestToTrain, level);
            // More seeds have a look on the way, which costs a part of the error rate.
            double further = Seeds > SeedsBeforeLook ? level : level * (ErrorRate - SpentOnLook) / ErrorRate;
            return new(smallest, Power.RunsFor(smallest / 2, deviation, Dataset.TestToTrain, further));
        }
    }

    /// <summary>The largest difference that two scores can have.</summary>
    public double LargestDifference => 1 - LeastScore;

    private double LeastScore => _plan.Data.IsClassification ? 0 : ChoiceRun.LeastScore;

    private Interval ScoreOf(double[] scores) =>
        Within(LeastScore, 1, Statistics.MeanInterval(scores, Dataset.TestToTrain, leastDeviation: _resolution));

    private static Interval Within(double least, double most, Interval interval) =>
        new(interval.Mean, Math.Max(least, interval.Low), Math.Min(most, interval.High));

    private void Carry(int first, int last, Laboratory lab)
    {
        string[] running = [.. _plan.Activations.Where(activation => !_stopped.Contains(activation))];
        int[] seeds = [.. Enumerable.Range(first, last - first + 1)];
        ChoiceRun[] runs = [.. seeds.SelectMany(seed => _plan.Runs(seed, running))];
        IReadOnlyList<ChoiceResult> results = lab.Run(
            ChoiceReport.Name, runs, _runner.Run, (first - 1.0) / _plan.Seeds, (double)last / _plan.Seeds);
        for (int i = 0; i < runs.Length; i++)
            _results[running[i % running.Length]].Add(results[i]);
        FloorRun[] floors = [.. seeds.SelectMany(_plan.Floors)];
        IReadOnlyList<FloorResult> below = lab.Run(
            FloorName, floors, _runner.Floor, (double)last / _plan.Seeds, (double)last / _plan.Seeds);
        for (int i = 0; i < floors.Length; i++)
            _floors[floors[i].Kind].Add(below[i]);
        Seeds = last;
    }

    private void Look()
    {
        string leader = _plan.Activations.MaxBy(activation => Score(activation).Mean)!;
        double pairs = _plan.Activations.Count * (_plan.Activations.Count - 1) / 2.0;
        foreach (string activation in _plan.Activations)
        {
            if (activation != _plan.Baseline && activation != leader && Probability(activation, leader) < SpentOnLook / pairs)
                _stopped.Add(activation);
        }
        Correct(_stopped, SpentOnLook);
    }

    private void Conclude()
    {
        Correct(
            [.. _plan.Activations.Where(activation => !_stopped.Contains(activation))],
            Seeds > SeedsBeforeLook ? ErrorRate - SpentOnLook : ErrorRate);
        double[] corrected = Statistics.Holm([.. _plan.Activations.Select(FloorProbability)]);
        for (int i = 0; i < corrected.Length; i++)
        {
            if (corrected[i] < ErrorRate)
                _aboveFloor.Add(_plan.Activations[i]);
        }
    }

    // That an activation is no better than one of the models without hidden layers; 1 where it did no better.
    private double FloorProbability(string activation) => _floors.Values.Max(floor =>
    {
        double[] differences = [.. _results[activation].Zip(floor, (one, other) => one.Score - other.Score)];
        return differences.Average() > 0 ? Statistics.PairedTest(differences, Dataset.TestToTrain, _resolution) : 1;
    });

    // Corrects for all comparisons, those included that are settled at another time.
    private void Correct(HashSet<string> settled, double spent)
    {
        string[] compared = [.. _plan.Activations.Where(activation => activation != _plan.Baseline)];
        double[] probabilities =
        [
            .. compared.Select(activation => settled.Contains(activation) || !_corrected.ContainsKey(activation)
                ? Probability(activation, _plan.Baseline)
                : 1),
        ];
        double[] corrected = Statistics.Holm(probabilities), levels = Statistics.HolmLevels(probabilities, spent);
        for (int i = 0; i < compared.Length; i++)
        {
            if (!settled.Contains(compared[i]))
                continue;
            _corrected[compared[i]] = Math.Min(1, corrected[i] * ErrorRate / spent);
            _levels[compared[i]] = levels[i];
        }
    }

    private double Probability(string activation, string other) =>
        Statistics.PairedTest(Differences(activation, other), Dataset.TestToTrain, _resolution);

    private double[] Differences(string activation, string other) =>
        [.. _results[activation].Zip(_results[other], (one, another) => one.Score - another.Score)];
}
