using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What a competition comes to, in sentences.</summary>
/// <param name="plan">What was asked.</param>
/// <param name="competition">What came out.</param>
internal sealed class ChoiceFindings(ChoicePlan plan, Competition competition)
{
    // A network most of whose units are dead is one of fewer units.
    private const double ManyDead = 0.5;

    // Classes of which one has so many times the rows of another.
    private const double Unequal = 2;

    private readonly ChoiceWords _words = new(plan.Data);

    /// <summary>The functions, best first.</summary>
    public IReadOnlyList<string> Ranking { get; } =
        [.. plan.Activations.OrderByDescending(activation => competition.Score(activation).Mean)];

    /// <summary>The function that is advised: the best of those that are better than the baseline, or the baseline.</summary>
    public string Advised => Better.Append(plan.Baseline).First();

    /// <summary>Whether classes have so different numbers of rows that accuracy alone flatters.</summary>
    public bool IsSkewed =>
        plan.Data.IsClassification && plan.Data.ClassCounts.Max() > Unequal * plan.Data.ClassCounts.Min();

    /// <summary>The one sentence of advice.</summary>
    public string Advice
    {
        get
        {
            if (Ranking.All(Diverged))
                return "Training diverged with every function: try smaller steps with --rates.";
            string[] better = [.. Better], worse = [.. Differing(sign: -1)];
            if (better.Length == 0)
            {
                string nothing = $"Nothing could be shown to be better than {plan.Baseline}";
                return worse.Length == 0
                    ? $"{nothing}: keep it, or take whichever is cheapest for you."
                    : $"{nothing}, and {Cells.List(worse)} {(worse.Length == 1 ? "is" : "are")} worse: keep {plan.Baseline}.";
            }
            string others = better.Length == 1 ? "" : $"; so {(better.Length == 2 ? "is" : "are")} {Cells.List(better[1..])}";
            Interval gain = competition.Difference(better[0]);
            return $"Use {better[0]}: it is better than {plan.Baseline} by {_words.Points(gain.Mean).TrimStart('+')} "
                + $"({ChoiceWords.Confidence(competition.Level(better[0]))} interval {_words.Points(gain)}){others}.";
        }
    }

    /// <summary>All sentences, the advice first.</summary>
    public IReadOnlyList<string> All()
    {
        List<string> findings = [Advice];
        AddFindable(findings);
        AddFloor(findings);
        AddHealth(findings);
        string[] stopped = [.. plan.Activations.Where(competition.Stopped)];
        if (stopped.Length > 0)
            findings.Add(
                $"{Cells.List(stopped)} {(stopped.Length == 1 ? "was" : "were")} so far behind after {Competition.SeedsBeforeLook} seeds "
                + "that training was stopped there.");
        if (competition.OutOfTime)
            findings.Add($"Time ran out after {competition.Seeds} of {plan.Seeds} seeds; what is said here rests on those.");
        AddRates(findings);
        if (IsSkewed)
            findings.Add(
                "The classes have unequal numbers of rows, so that a high accuracy may say little: see the accuracy balanced over the "
                + "classes, and the log-loss.");
        findings.Add(Data());
        findings.Add(
            $"Network: {plan.Network}; {(plan.Patience > 0 ? "at most " : "")}{plan.Epochs} {(plan.Epochs == 1 ? "epoch" : "epochs")}.");
        findings.AddRange(plan.Data.Notes);
        return findings;
    }

    private IEnumerable<string> Better => Differing(sign: 1);

    private IEnumerable<string> Differing(int sign) => Ranking.Where(
        activation => competition.Differs(activation) && Math.Sign(competition.Difference(activation).Mean) == sign);

    private bool Diverged(string activation) => competition.Results(activation).All(result => result.Diverged);

    private void AddFindable(List<string> findings)
    {
        if (competition.Findable is not { } findable)
            return;
        if (findable.Difference > competition.LargestDifference)
        {
            findings.Add(
                $"{competition.Seeds} seeds of these {plan.Data.Count} rows can show nothing for sure: results vary so much from seed to "
                + "seed that no difference that is possible would be found in four of five such choices. Take more --seeds.");
            return;
        }
        string half = findable.SeedsForHalf is { } seeds
            ? $"half of it takes {Math.Max(seeds, competition.Seeds + 1)} seeds."
            : "half of it no number of seeds will show, because they share these rows; it takes about four times as many rows.";
        findings.Add(
            $"What {competition.Seeds} seeds of these {plan.Data.Count} rows can show: a true difference of "
            + $"{_words.Size(findable.Difference)} is found in four of five such choices; {half}");
    }

    private void AddFloor(List<string> findings)
    {
        FloorKind best = competition.BestFloor;
        string floor = $"the {FloorRun.NameOf(best, plan.Data)} ({_words.Score(competition.Score(best).Mean)})";
        string[] above = [.. Ranking.Where(competition.BeatsFloor)], below = [.. Ranking.Where(name => !competition.BeatsFloor(name))];
        findings.Add(
            below.Length == 0 ? $"Every function does better than {floor}, which needs no network."
            : above.Length == 0 && Ranking.All(competition.IsBelowFloor)
                ? $"No function could be shown to do better than {floor}, which needs no network, and all did worse on average: train them "
                    + "longer, with --epochs and --early-stopping, or do without a network."
            : above.Length == 0
                ? $"No function could be shown to do better than {floor}, which needs no network: on these data a network may not be worth "
                    + "its cost."
            : $"{Cells.List(below)} could not be shown to do better than {floor}, which needs no network.");
    }

    private void AddHealth(List<string> findings)
    {
        string[] diverged = [.. Ranking.Where(Diverged)];
        if (diverged.Length > 0 && diverged.Length < Ranking.Count)
            findings.Add($"With {Cells.List(diverged)} training diverged for every seed.");
        double dead = competition.Results(Advised).Average(result => result.Dead);
        if (dead > ManyDead)
            findings.Add(
                $"In the networks with {Advised}, {Cells.Share(dead)} of the hidden units are dead: their output and slope are 0 on every "
                + "row. They are networks of fewer units; try smaller --rates, a --bias nearer to 0, or a function that does not die.");
    }

    private void AddRates(List<string> findings)
    {
        IReadOnlyList<double> tried = plan.Ladder.Count > 0 ? plan.Ladder : plan.Rates;
        string[] edge =
        [
            .. plan.Activations.Where(activation => tried.Count > 1
                && !Diverged(activation)
                && MedianRate(activation) is double rate
                && (rate == tried[0] || rate == tried[^1])),
        ];
        if (edge.Length > 0)
            findings.Add(
                $"For {Cells.List(edge)} the best learning rate lies at an end of those that were tried; with others it might do better.");
    }

    /// <summary>The learning rate that most seeds would agree on.</summary>
    public double MedianRate(string activation)
    {
        double[] rates = [.. competition.Results(activation).Select(result => result.Rate).Order()];
        return rates[rates.Length / 2];
    }

    // The size of the data, with the rows of each class.
    private string Data()
    {
        const int MostShown = 10;
        IReadOnlyList<int> counts = plan.Data.ClassCounts;
        string classes = string.Join(", ", plan.Data.ClassNames.Zip(counts).Take(MostShown).Select(
            pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First} {pair.Second}")));
        string more = counts.Count > MostShown ? ", …" : "";
        return $"Data: {plan.Data.Description}{(counts.Count > 0 ? $" ({classes}{more})" : "")}.";
    }
}
