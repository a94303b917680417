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

    private readonly ChoiceFindings _findings = new(plan, competition);
    private readonly ChoiceWords _words = new(plan.Data);

    /// <summary>The function that is advised.</summary>
    public string Advised => _findings.Advised;

    /// <summary>The one sentence of advice.</summary>
    public string Advice => _findings.Advice;

    /// <summary>The report.</summary>
    public StudyReport Write()
    {
        return new(
            $"{Name}/{plan.Folder}",
            $"Which activation suits {plan.Data.Name}?",
            $"The same network was trained with each of {plan.Activations.Count} activation functions, "
            + $"{competition.Seeds} times: every time with another split of the data, "
            + "other initial weights and another order of the batches, but all functions alike. What differs is the function.",
            _findings.All(),
            [
                new Heading("Ranking"),
                Ranking(),
                .. _findings.IsSkewed ? [Skewed()] : (ReportPart[])[],
                new ReportFigure(
                    "scores",
                    $"{Capital(plan.Data.ScoreName)} on rows not learned from: the mean, its 95% interval, and every run (pale). "
                    + "Blue: the baseline. Orange: differs from it. Green: may be equal.",
                    () => Scores()),
                new ReportFigure(
                    "differences",
                    $"Difference from {plan.Baseline} with the same seed: the mean and the interval by which it was judged, wider than "
                    + "that of one comparison because there are several. One that crosses the dashed line is compatible with no "
                    + "difference.",
                    () => Differences()),
                new Heading("Cost and health"),
                Cost(),
                new Heading("How it was done"),
                new Prose($"Data: {plan.Data.Name} ({plan.Data.Description}). {plan.Data.Origin}"),
                new Prose(
                    $"Network: {plan.Data.Width} inputs, {plan.Network}. "
                    + (plan.Filters.Count > 0 ? "A filter sees 3 × 3 places about every second place. " : "")
                    + (plan.Normalised ? "Sums are normalised over the batch before the function, and the biases are the shifts. " : "")
                    + (plan.Residual ? "The sums of a layer are added to those of the next, where they are as many. " : "")
                    + "Weights start normally distributed with the deviation that keeps the size of "
                    + $"the signal for the function in question, and the hidden biases at {Cells.Number(plan.Bias)}. "
                    + $"Adam, {plan.Epochs} epochs, batches of {plan.Batch}."
                    + (plan.Patience > 0
                        ? $" Training ends when the loss on the validation part has not fallen for {plan.Patience} epochs, and the "
                            + "weights with which it was smallest are taken."
                        : "")),
                new Prose(
                    "Learning rate: each function is trained with each of "
                    + $"{Cells.List([.. plan.Rates.Select(rate => Cells.Number(rate))])} for every seed, "
                    + (plan.Ladder.Count > 0
                        ? "and, as long as the best is the smallest or the largest of them, with the next one beyond, from "
                            + $"{Cells.Number(plan.Ladder[0])} to {Cells.Number(plan.Ladder[^1])}; "
                        : "")
                    + "and the one that does best on the validation part (15% of the rows) is taken. "
                    + "The test part (another 10%, another one for each of ten seeds) is looked at once, with that one."),
                new Prose(
                    "Intervals and tests: Student's t over seeds, with the variance enlarged for the fact that the splits share rows "
                    + "(Nadeau and Bengio, 2003). Differences are taken between runs with the same seed. "
                    + "The p values are corrected for the number of comparisons (Holm, 1979) and of looks, "
                    + "so that on data where all functions are equal at most 5 of 100 such pages claim a difference. "
                    + "The interval of a difference is the one at the level at which Holm's method decided the comparison: it excludes 0 "
                    + "exactly where the verdict is better or worse. No deviation below the steps that scores come in is believed."),
                new Prose(
                    $"The floor: the {FloorRun.NameOf(FloorKind.Constant, plan.Data)} of the rows learned from, and a "
                    + $"{FloorRun.NameOf(FloorKind.Linear, plan.Data)} without hidden units, fitted to the same rows with the penalty on "
                    + "large weights that does best on the validation part. A function is above the floor if it is better than both, by "
                    + "the same kind of test, corrected for the number of functions."),
                new Prose(
                    $"Stopping: after {Competition.SeedsBeforeLook} seeds a function is trained no further if it is behind the one that "
                    + "leads with p below 1% divided by the number of pairs; 1 of the 5 percent is spent on that look."),
                new Prose(
                    "Dead: output and slope are 0 on every row learned from. "
                    + "Saturated: the slope is below a hundredth of the function's steepest on 99% of the rows or more. "
                    + (plan.IsPortable
                        ? "The arithmetic is that which gives the same bits on every machine; so there are no times."
                        : "Times were taken while other runs shared the machine, and are good for comparison only.")),
            ],
            $"{command} --seeds {competition.Seeds}");
    }

    private ReportTable Ranking() => new(
        $"{Capital(plan.Data.ScoreName)} over {competition.Seeds} seeds; "
        + $"difference from {plan.Baseline} with the interval by which it was judged, and p corrected for "
        + $"{plan.Activations.Count - 1} {(plan.Activations.Count == 2 ? "comparison" : "comparisons")}.",
        [
            "function",
            plan.Data.ScoreName,
            "95% interval",
            "difference",
            "its interval",
            "p",
            "seeds",
            "conclusion",
        ],
        [
            .. Enum.GetValues<FloorKind>().Select(kind => (IReadOnlyList<string>)
            [
                FloorRun.NameOf(kind, plan.Data),
                _words.Score(competition.Score(kind).Mean),
                _words.Scores(competition.Score(kind)),
                "",
                "",
                "",
                $"{competition.Floor(kind).Count}",
                kind == competition.BestFloor ? "the floor" : "no network",
            ]),
            .. _findings.Ranking.Select(activation => (IReadOnlyList<string>)
            [
                activation,
                _words.Score(competition.Score(activation).Mean),
                _words.Scores(competition.Score(activation)),
                activation == plan.Baseline ? "" : _words.Points(competition.Difference(activation).Mean),
                activation == plan.Baseline
                    ? ""
                    : _words.Interval(competition.Difference(activation)),
                activation == plan.Baseline ? "" : ChoiceWords.Probability(competition.Corrected(activation)),
                $"{competition.Results(activation).Count}",
                Conclusion(activation),
            ]),
        ])
    {
        WordsAtEnd = 1,
    };

    private ReportTable Skewed() => new(
        "Classes of unequal size: accuracy, its mean over the classes, and the log-loss (mean cross-entropy in nats; less is better).",
        ["function", "accuracy", "balanced accuracy", "log-loss"],
        [
            .. Enum.GetValues<FloorKind>().Select(kind => (IReadOnlyList<string>)
            [
                FloorRun.NameOf(kind, plan.Data),
                .. Means(competition.Floor(kind).Select(result => (result.Score, result.Balanced, result.Loss))),
            ]),
            .. _findings.Ranking.Select(activation => (IReadOnlyList<string>)
            [
                activation,
                .. Means(competition.Results(activation).Select(result => (result.Score, result.Balanced, result.Loss))),
            ]),
        ]);

    private ReportTable Cost() => new(
        plan.IsPortable
            ? "Means over seeds. The learning rate is the median of those chosen."
            : "Means over seeds. Training and inference relative to the baseline; the learning rate is the median of those chosen.",
        [
            "function", "learning rate", .. plan.IsPortable ? (string[])[] : ["training", "inference"], "parameters", "dead units",
            "saturated units", "diverged",
        ],
        [.. _findings.Ranking.Select(activation => (IReadOnlyList<string>)
        [
            activation,
            Cells.Number(_findings.MedianRate(activation)),
            .. plan.IsPortable
                ? (string[])[]
                : [Times(activation, result => result.EpochSeconds), Times(activation, result => result.InferenceMicroseconds)],
            competition.Results(activation)[0].Parameters.ToString("N0", CultureInfo.InvariantCulture),
            Cells.Share(Mean(activation, result => result.Dead)),
            Cells.Share(Mean(activation, result => result.Saturated)),
            $"{competition.Results(activation).Count(result => result.Diverged)} of {competition.Results(activation).Count}",
        ])]);

    private Figure Scores() => IntervalChart.Of(
        $"{Capital(plan.Data.ScoreName)} on unseen rows",
        plan.Data.ScoreName,
        [.. _findings.Ranking.Select(activation => Row(activation, competition.Score(activation), result => result.Score))]);

    private Figure Differences()
    {
        IReadOnlyList<ChoiceResult> baseline = competition.Results(plan.Baseline);
        return IntervalChart.Of(
            $"Difference from {plan.Baseline}, seed by seed",
            $"difference in {plan.Data.ScoreName}",
            [
                .. _findings.Ranking.Where(activation => activation != plan.Baseline).Select(activation =>
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

    private static string[] Means(IEnumerable<(double Score, double Balanced, double Loss)> results)
    {
        (double Score, double Balanced, double Loss)[] all = [.. results];
        return
        [
            Cells.Share(all.Average(result => result.Score)),
            Cells.Share(all.Average(result => result.Balanced)),
            Cells.Number(all.Average(result => result.Loss)),
        ];
    }

    private string Conclusion(string activation) => activation == plan.Baseline
        ? "the baseline" + Floor(activation)
        : Compared(activation) + (competition.Stopped(activation) ? ", stopped" : "") + Floor(activation);

    private string Floor(string activation) => competition.BeatsFloor(activation) ? ""
        : competition.IsBelowFloor(activation) ? ", on average below the floor"
        : ", not shown above the floor";

    private string Compared(string activation) =>
        !competition.Differs(activation) ? "may be equal"
            : competition.Difference(activation).Mean > 0 ? "better"
            : "worse";

    // Times vary upwards only: the fastest seed says most.
    private string Times(string activation, Func<ChoiceResult, double> time) =>
        Cells.Number(competition.Results(activation).Min(time) / competition.Results(plan.Baseline).Min(time), 2) + " ×";

    private double Mean(string activation, Func<ChoiceResult, double> value) => competition.Results(activation).Average(value);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
