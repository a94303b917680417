using System.Globalization;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>Tells what came out of a competition.</summary>
/// <param name="plan">What was asked.</param>
/// <param name="competition">What came out.</param>
/// <param name="command">The command that repeats it, but for the number of seeds.</param>
internal sealed class ChoiceReport(ChoicePlan plan, Competition competition, string command)
{
    /// <summary>The name of the page's folder.</summary>
    public const string Name = "choose";

    private readonly string[] _ranking = [.. plan.Activations.OrderByDescending(activation => competition.Score(activation).Mean)];

    /// <summary>The function that is advised: the best of those that are better than the baseline, or the baseline.</summary>
    public string Advised =>
        _ranking.FirstOrDefault(activation => competition.Differs(activation) && competition.Difference(activation).Mean > 0)
            ?? plan.Baseline;

    /// <summary>The one sentence of advice.</summary>
    public string Advice
    {
        get
        {
            if (_ranking.All(Diverged))
                return "Training diverged with every function: try smaller steps with --rates.";
            string[] better =
                [.. _ranking.Where(activation => competition.Differs(activation) && competition.Difference(activation).Mean > 0)];
            string[] worse =
                [.. _ranking.Where(activation => competition.Differs(activation) && competition.Difference(activation).Mean < 0)];
            if (better.Length == 0 && worse.Length == 0)
                return $"There is no difference that this data can show: keep {plan.Baseline}, or take whichever is cheapest for you.";
            if (better.Length == 0)
            {
                string are = worse.Length == 1 ? "is" : "are";
                return $"Keep {plan.Baseline}: nothing is better on this data, and {Cells.List(worse)} {are} worse.";
            }
            string others = better.Length == 1 ? "" : $"; so {(better.Length == 2 ? "is" : "are")} {Cells.List(better[1..])}";
            Interval gain = competition.Difference(better[0]);
            string mean = Points(gain.Mean).TrimStart('+');
            return $"Use {better[0]}: it is better than {plan.Baseline} by {mean} (95% interval {Points(gain)}){others}.";
        }
    }

    /// <summary>The report.</summary>
    public StudyReport Write()
    {
        List<string> findings = [Advice];
        string[] stopped = [.. plan.Activations.Where(competition.Stopped)];
        if (stopped.Length > 0)
            findings.Add(
                $"{Cells.List(stopped)} {(stopped.Length == 1 ? "was" : "were")} so far behind after {Competition.SeedsBeforeLook} seeds "
                + "that training was stopped there.");
        string[] diverged = [.. _ranking.Where(Diverged)];
        if (diverged.Length > 0 && diverged.Length < _ranking.Length)
            findings.Add($"With {Cells.List(diverged)} training diverged for every seed.");
        if (competition.OutOfTime)
            findings.Add($"Time ran out after {competition.Seeds} of {plan.Seeds} seeds; what is said here rests on those.");
        string[] edge =
            [.. plan.Activations.Where(activation => plan.Rates.Count > 1
                && !Diverged(activation)
                && MedianRate(activation) is double rate
                && (rate == plan.Rates[0] || rate == plan.Rates[^1]))];
        if (edge.Length > 0)
            findings.Add(
                $"For {Cells.List(edge)} the best learning rate lies at an end of those that were tried; with others it might do better.");
        return new(
            Name,
            $"Which activation suits {plan.Data.Name}?",
            $"The same network was trained with each of {plan.Activations.Count} activation functions, "
            + $"{competition.Seeds} times: every time with another split of the data, "
            + "other initial weights and another order of the batches, but all functions alike. What differs is the function.",
            findings,
            [
                new Heading("Ranking"),
                Ranking(),
                new ReportFigure(
                    "scores",
                    $"{Capital(plan.Data.ScoreName)} on rows not learned from: the mean, its 95% interval, and every run (pale). "
                    + "Blue: the baseline. Orange: differs from it. Green: may be equal.",
                    () => Scores()),
                new ReportFigure(
                    "differences",
                    $"Difference from {plan.Baseline} with the same seed: the mean and its 95% interval for this comparison alone. "
                    + "An interval that crosses the dashed line is compatible with no difference.",
                    () => Differences()),
                new Heading("Cost and health"),
                Cost(),
                new Heading("How it was done"),
                new Prose($"Data: {plan.Data.Name} ({plan.Data.Description}). {plan.Data.Origin}"),
                .. plan.Data.Notes.Select(note => new Prose(note)),
                new Prose(
                    $"Network: {plan.Data.Width} inputs, hidden layers of {Cells.List([.. plan.Hidden.Select(width => $"{width}")])} "
                    + "units, no normalisation, no dropout. Weights start normally distributed with the deviation that keeps the size of "
                    + $"the signal for the function in question, and the hidden biases at {Cells.Number(plan.Bias)}. "
                    + $"Adam, {plan.Epochs} epochs, batches of {plan.Batch}."),
                new Prose(
                    "Learning rate: each function is trained with each of "
                    + $"{Cells.List([.. plan.Rates.Select(rate => Cells.Number(rate))])} for every seed, "
                    + "and the one that does best on the validation part (15% of the rows) is taken. "
                    + "The test part (another 10%, another one for each of ten seeds) is looked at once, with that one."),
                new Prose(
                    "Intervals and tests: Student's t over seeds, with the variance enlarged for the fact that the splits share rows "
                    + "(Nadeau and Bengio, 2003). Differences are taken between runs with the same seed. "
                    + "The p values are corrected for the number of comparisons (Holm, 1979) and of looks, "
                    + "so that on data where all functions are equal at most 5 of 100 such pages claim a difference."),
                new Prose(
                    $"Stopping: after {Competition.SeedsBeforeLook} seeds a function is trained no further if it is behind the one that "
                    + "leads with p below 1% divided by the number of pairs; 1 of the 5 percent is spent on that look."),
                new Prose(
                    "Dead: output and slope are 0 on every row learned from. "
                    + "Saturated: the slope is below a hundredth of the function's steepest on 99% of the rows or more. "
                    + "Times were taken while other runs shared the machine, and are good for comparison only."),
            ],
            $"{command} --seeds {competition.Seeds}");
    }

    private ReportTable Ranking() => new(
        $"{Capital(plan.Data.ScoreName)} over {competition.Seeds} seeds; "
        + $"p against {plan.Baseline}, corrected for {plan.Activations.Count - 1} comparisons.",
        [
            "function",
            plan.Data.ScoreName,
            "95% interval",
            $"difference from {plan.Baseline}",
            "its 95% interval",
            "p",
            "seeds",
            "conclusion",
        ],
        [.. _ranking.Select(activation => (IReadOnlyList<string>)
        [
            activation,
            Score(competition.Score(activation).Mean),
            $"{Score(competition.Score(activation).Low)} to {Score(Math.Min(1, competition.Score(activation).High))}",
            activation == plan.Baseline ? "" : Points(competition.Difference(activation).Mean),
            activation == plan.Baseline
                ? ""
                : $"{Signed(competition.Difference(activation).Low)} to {Signed(competition.Difference(activation).High)}",
            activation == plan.Baseline ? "" : Probability(competition.Corrected(activation)),
            $"{competition.Results(activation).Count}",
            Conclusion(activation),
        ])])
    {
        WordsAtEnd = 1,
    };

    private ReportTable Cost() => new(
        "Means over seeds. Training and inference relative to the baseline; the learning rate is the median of those chosen.",
        ["function", "learning rate", "training", "inference", "parameters", "dead units", "saturated units", "diverged"],
        [.. _ranking.Select(activation => (IReadOnlyList<string>)
        [
            activation,
            Cells.Number(MedianRate(activation)),
            Times(activation, result => result.EpochSeconds),
            Times(activation, result => result.InferenceMicroseconds),
            competition.Results(activation)[0].Parameters.ToString("N0", CultureInfo.InvariantCulture),
            Cells.Share(Mean(activation, result => result.Dead)),
            Cells.Share(Mean(activation, result => result.Saturated)),
            $"{competition.Results(activation).Count(result => result.Diverged)} of {competition.Results(activation).Count}",
        ])]);

    private Figure Scores() => IntervalChart.Of(
        $"{Capital(plan.Data.ScoreName)} on unseen rows",
        plan.Data.ScoreName,
        [.. _ranking.Select(activation => Row(activation, competition.Score(activation), result => result.Score))]);

    private Figure Differences()
    {
        IReadOnlyList<ChoiceResult> baseline = competition.Results(plan.Baseline);
        return IntervalChart.Of(
            $"Difference from {plan.Baseline}, seed by seed",
            $"difference in {plan.Data.ScoreName}",
            [
                .. _ranking.Where(activation => activation != plan.Baseline).Select(activation =>
                {
                    Interval difference = competition.Difference(activation);
                    return new IntervalRow(
                        activation,
                        difference.Mean,
                        difference.Low,
                        difference.High,
                        [.. competition.Results(activation).Zip(baseline, (one, other) => one.Score - other.Score)],
                        Style(activation));
                }),
            ],
            reference: 0);
    }

    private IntervalRow Row(string activation, Interval interval, Func<ChoiceResult, double> value) =>
        new(activation, interval.Mean, interval.Low, interval.High, [.. competition.Results(activation).Select(value)], Style(activation));

    private int Style(string activation) => activation == plan.Baseline ? 0 : competition.Differs(activation) ? 1 : 2;

    private bool Diverged(string activation) => competition.Results(activation).All(result => result.Diverged);

    private string Conclusion(string activation) => activation == plan.Baseline
        ? "the baseline"
        : Compared(activation) + (competition.Stopped(activation) ? ", stopped" : "");

    private string Compared(string activation) =>
        !competition.Differs(activation) ? "may be equal"
            : competition.Difference(activation).Mean > 0 ? "better"
            : "worse";

    // Times vary upwards only: the fastest seed says most.
    private string Times(string activation, Func<ChoiceResult, double> time) =>
        Cells.Number(competition.Results(activation).Min(time) / competition.Results(plan.Baseline).Min(time), 2) + " ×";

    private double Mean(string activation, Func<ChoiceResult, double> value) => competition.Results(activation).Average(value);

    private double MedianRate(string activation)
    {
        double[] rates = [.. competition.Results(activation).Select(result => result.Rate).Order()];
        return rates[rates.Length / 2];
    }

    private string Score(double value) => plan.Data.IsClassification ? Cells.Share(value) : Cells.Number(value);

    private string Points(Interval difference) => $"{Signed(difference.Low)} to {Points(difference.High)}";

    private string Points(double difference) => Signed(difference) + (plan.Data.IsClassification ? " points" : "");

    private string Signed(double difference)
    {
        string size = plan.Data.IsClassification
            ? (100 * Math.Abs(difference)).ToString("0.0", CultureInfo.InvariantCulture)
            : Math.Abs(difference).ToString("0.000", CultureInfo.InvariantCulture);
        return (difference < 0 ? "−" : "+") + size;
    }

    private static string Probability(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
