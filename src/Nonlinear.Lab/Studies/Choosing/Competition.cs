using System.Diagnostics;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>Trains every activation seed by seed, and stops those that are hopelessly behind.</summary>
/// <remarks>
/// <para>The error rate. All comparisons with the baseline together say "different" falsely with a probability of at most 5%: of it 1% is
/// spent on a look after five seeds and 4% on the end, each corrected for the number of comparisons by Holm's method. With five seeds or
/// fewer there is no look, and the end has all 5%.</para>
/// <para>Stopping. After the look an activation other than the baseline is trained no further if a paired test finds it behind the leader
/// with p &lt; 1% divided by the number of pairs. Its comparison with the baseline is then the one at the look.</para>
/// </remarks>
internal sealed class Competition
{
    /// <summary>How often a difference may be claimed where there is none.</summary>
    public const double ErrorRate = 0.05;

    /// <summary>The seeds before the look.</summary>
    public const int SeedsBeforeLook = 5;

    private const double SpentOnLook = 0.01;

    private readonly ChoicePlan _plan;
    private readonly Dictionary<string, List<ChoiceResult>> _results;
    private readonly Dictionary<string, double> _corrected = [];
    private readonly HashSet<string> _stopped = [];
    private readonly double _resolution;

    private Competition(ChoicePlan plan)
    {
        _plan = plan;
        _results = plan.Activations.ToDictionary(activation => activation, _ => new List<ChoiceResult>());
        // Scores of a few rows come in steps; equal differences by luck must not look like certainty.
        _resolution = plan.Data.IsClassification ? 0.5 / plan.Data.Split(1).Test.Count : 0;
    }

    /// <summary>The seeds that were carried out.</summary>
    public int Seeds { get; private set; }

    /// <summary>Whether time ran out before all seeds were carried out.</summary>
    public bool OutOfTime => Seeds < _plan.Seeds;

    /// <summary>Carries out the plan.</summary>
    /// <exception cref="InvalidOperationException">Time ran out before anything could be concluded.</exception>
    public static Competition Run(ChoicePlan plan, Laboratory lab)
    {
        Competition competition = new(plan);
        long start = Stopwatch.GetTimestamp();
        for (int seed = 1; seed <= plan.Seeds; seed++)
        {
            if (Stopwatch.GetElapsedTime(start) > plan.Budget)
                break;
            if (seed == SeedsBeforeLook + 1)
                competition.Look();
            competition.Carry(seed, lab);
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

    /// <summary>The mean score with its interval.</summary>
    public Interval Score(string activation) =>
        Statistics.MeanInterval([.. _results[activation].Select(result => result.Score)], Data.Dataset.TestToTrain);

    /// <summary>The mean difference from the baseline with its interval, for this comparison alone.</summary>
    public Interval Difference(string activation) =>
        Statistics.MeanInterval(Differences(activation, _plan.Baseline), Data.Dataset.TestToTrain);

    private void Carry(int seed, Laboratory lab)
    {
        string[] running = [.. _plan.Activations.Where(activation => !_stopped.Contains(activation))];
        IReadOnlyList<ChoiceResult> results = lab.Run(
            ChoiceReport.Name,
            _plan.Runs(seed, running),
            run => run.Carry(_plan.Data, lab.Cancellation),
            (seed - 1.0) / _plan.Seeds,
            (double)seed / _plan.Seeds);
        for (int i = 0; i < running.Length; i++)
            _results[running[i]].Add(results[i]);
        Seeds = seed;
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

    private void Conclude() =>
        Correct(
            [.. _plan.Activations.Where(activation => !_stopped.Contains(activation))],
            Seeds > SeedsBeforeLook ? ErrorRate - SpentOnLook : ErrorRate);

    // Corrects for all comparisons, those included that are settled at another time.
    private void Correct(HashSet<string> settled, double spent)
    {
        string[] compared = [.. _plan.Activations.Where(activation => activation != _plan.Baseline)];
        double[] corrected = Statistics.Holm(
            [.. compared.Select(activation => settled.Contains(activation) || !_corrected.ContainsKey(activation)
                ? Probability(activation, _plan.Baseline)
                : 1)]);
        for (int i = 0; i < compared.Length; i++)
        {
            if (settled.Contains(compared[i]))
                _corrected[compared[i]] = Math.Min(1, corrected[i] * ErrorRate / spent);
        }
    }

    private double Probability(string activation, string other) =>
        Statistics.PairedTest(Differences(activation, other), Data.Dataset.TestToTrain, _resolution);

    private double[] Differences(string activation, string other) =>
        [.. _results[activation].Zip(_results[other], (one, another) => one.Score - another.Score)];
}
