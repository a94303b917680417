using System.Globalization;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
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
    public Text Advice => _findings.Advice;

    private Text ScoreTitle => new(Capital(plan.Data.ScoreName.English), plan.Data.ScoreName.Chinese);

    /// <summary>The report.</summary>
    public StudyReport Write()
    {
        return new(
            $"{Name}/{plan.Folder}",
            new($"Which activation suits {plan.Data.Name}?", $"哪个激活函数适合 {plan.Data.Name}？"),
            new(
                $"The same network was trained with each of {plan.Activations.Count} activation functions, "
                + $"{competition.Seeds} times: every time with another split of the data, "
                + "other initial weights and another order of the batches, but all functions alike. What differs is the function.",
                $"用 {plan.Activations.Count} 个激活函数分别训练同一个网络，各 {competition.Seeds} 次：每次采用不同的数据划分、"
                + "不同的初始权重和不同的批次顺序，但对所有函数都相同。不同的只有函数。"),
            _findings.All(),
            [
                new Heading(new("Ranking", "排名")),
                Ranking(),
                .. _findings.IsSkewed ? [Skewed()] : (ReportPart[])[],
                new ReportFigure(
                    "scores",
                    new(
                        $"{ScoreTitle.English} on rows not learned from: the mean, its 95% interval, and every run (pale). "
                        + "Blue: the baseline. Orange: differs from it. Green: may be equal.",
                        $"在未用于学习的行上的{ScoreTitle.Chinese}：均值、其 95% 置信区间，以及每次运行（浅色）。"
                        + "蓝色：基准。橙色：与基准不同。绿色：可能相等。"),
                    Scores),
                new ReportFigure(
                    "differences",
                    new(
                        $"Difference from {plan.Baseline} with the same seed: the mean and the interval by which it was judged, wider than "
                        + "that of one comparison because there are several. One that crosses the dashed line is compatible with no "
                        + "difference.",
                        $"相同种子下与 {plan.Baseline} 之差：均值及作为判断依据的区间；因为有多项比较，它比单项比较的区间更宽。"
                        + "跨过虚线的区间与“没有差异”相容。"),
                    Differences),
                new Heading(new("Cost and health", "代价与健康状况")),
                Cost(),
                new Heading(new("How it was done", "做法")),
                new Prose(plan.Data.InWords),
                new Prose(Network()),
                new Prose(Rates()),
                new Prose(new(
                    "Intervals and tests: Student's t over seeds, with the variance enlarged for the fact that the splits share rows "
                    + "(Nadeau and Bengio, 2003). Differences are taken between runs with the same seed. "
                    + "The p values are corrected for the number of comparisons (Holm, 1979) and of looks, "
                    + "so that on data where all functions are equal at most 5 of 100 such pages claim a difference. "
                    + "The interval of a difference is the one at the level at which Holm's method decided the comparison: it excludes 0 "
                    + "exactly where the verdict is better or worse. No deviation below the steps that scores come in is believed.",
                    "区间与检验：对种子做学生 t 检验，并因各划分共用行而放大方差（Nadeau 与 Bengio，2003）。差值取自相同种子的运行。"
                    + "p 值按比较的次数（Holm，1979）和查看的次数校正，因此在所有函数都相等的数据上，100 个这样的页面中至多有 5 个声称有差异。"
                    + "差值的区间取 Holm 方法裁定该比较时的水平：恰好在结论为更好或更差时，区间不含 0。小于得分最小步长的标准差不予采信。")),
                new Prose(Floor()),
                new Prose(new(
                    $"Stopping: after {Competition.SeedsBeforeLook} seeds a function is trained no further if it is behind the one that "
                    + "leads with p below 1% divided by the number of pairs; 1 of the 5 percent is spent on that look.",
                    $"停止：{Competition.SeedsBeforeLook} 个种子之后，若某函数落后于领先者，且 p 值低于 1% 除以函数对数，则不再训练；"
                    + "那 5 个百分点中有 1 个用于这次查看。")),
                new Prose(new(
                    "Dead: output and slope are 0 on every row learned from. "
                    + "Saturated: the slope is below a hundredth of the function's steepest on 99% of the rows or more. "
                    + (plan.IsPortable
                        ? "The arithmetic is that which gives the same bits on every machine; so there are no times."
                        : "Times were taken while other runs shared the machine, and are good for comparison only."),
                    "死亡：在每一个用于学习的行上，输出和斜率都为 0。饱和：在 99% 或更多的行上，斜率低于该函数最大斜率的百分之一。"
                    + (plan.IsPortable
                        ? "所用算术在每台机器上给出相同的比特，因此没有时间数据。"
                        : "测量时间时机器上还有其他运行，时间只适合用于比较。"))),
            ],
            $"{command} --seeds {competition.Seeds}");
    }

    private Text Network()
    {
        Text network = plan.Network;
        string bias = Cells.Number(plan.Bias);
        return Text.Sentences(
        [
            new($"Network: {plan.Data.Width} inputs, {network.English}.", $"网络：{plan.Data.Width} 个输入，{network.Chinese}。"),
            .. plan.Filters.Count > 0
                ? (Text[])[new("A filter sees 3 × 3 places about every second place.", "每个滤波器每隔一个位置查看周围 3 × 3 个位置。")]
                : [],
            .. plan.Normalised
                ? (Text[])[
                    new(
                        "Sums are normalised over the batch before the function, and the biases are the shifts.",
                        "加权和在进入函数之前按批归一化，偏置即其平移量。")]
                : [],
            .. plan.Residual
                ? (Text[])[
                    new(
                        "The sums of a layer are added to those of the next, where they are as many.",
                        "一层的加权和在数目相同时加到下一层的加权和上。")]
                : [],
            new(
                "Weights start normally distributed with the deviation that keeps the size of the signal for the function in question, "
                + $"and the hidden biases at {bias}. Adam, {plan.Epochs} epochs, batches of {plan.Batch}.",
                $"权重初始服从正态分布，其标准差使信号在所用函数下保持大小不变；隐藏层偏置从 {bias} 开始。"
                + $"Adam，{plan.Epochs} 轮，批大小 {plan.Batch}。"),
            .. plan.Patience > 0
                ? (Text[])[
                    new(
                        $"Training ends when the loss on the validation part has not fallen for {plan.Patience} epochs, and the weights "
                        + "with which it was smallest are taken.",
                        $"若验证部分的损失连续 {plan.Patience} 轮没有下降，训练即告结束，并取损失最小时的权重。")]
                : [],
        ]);
    }

    private Text Rates()
    {
        Text rates = Text.List([.. plan.Rates.Select(rate => Cells.Number(rate))]);
        bool ladder = plan.Ladder.Count > 0;
        (string first, string last) = ladder ? (Cells.Number(plan.Ladder[0]), Cells.Number(plan.Ladder[^1])) : ("", "");
        return new(
            $"Learning rate: each function is trained with each of {rates.English} for every seed, "
            + (ladder
                ? "and, as long as the best is the smallest or the largest of them, with the next one beyond, from "
                    + $"{first} to {last}; "
                : "")
            + "and the one that does best on the validation part (15% of the rows) is taken. "
            + "The test part (another 10%, another one for each of ten seeds) is looked at once, with that one.",
            $"学习率：对每个种子，每个函数分别用 {rates.Chinese} 训练；"
            + (ladder ? $"只要最好的是其中最小或最大的一个，就继续尝试更外侧的下一个，范围从 {first} 到 {last}；" : "")
            + "取在验证部分（15% 的行）上表现最好的一个。测试部分（另外 10%，十个种子各不相同）只用它查看一次。");
    }

    private Text Floor()
    {
        Text constant = FloorRun.NameOf(FloorKind.Constant, plan.Data), linear = FloorRun.NameOf(FloorKind.Linear, plan.Data);
        return new(
            $"The floor: the {constant.English} of the rows learned from, and a {linear.English} without hidden units, fitted to the same "
            + "rows with the penalty on large weights that does best on the validation part. A function is above the floor if it is better "
            + "than both, by the same kind of test, corrected for the number of functions.",
            $"底线：用于学习的行的{constant.Chinese}，以及没有隐藏单元的{linear.Chinese}；后者拟合相同的行，"
            + "其大权重惩罚取在验证部分上表现最好的。若某函数按同类检验（按函数个数校正）优于两者，则它高于底线。");
    }

    private ReportTable Ranking()
    {
        int comparisons = plan.Activations.Count - 1;
        return new(
            new(
                $"{ScoreTitle.English} over {competition.Seeds} seeds; difference from {plan.Baseline} with the interval by which it was "
                + $"judged, and p corrected for {comparisons} {(comparisons == 1 ? "comparison" : "comparisons")}.",
                $"{competition.Seeds} 个种子的{ScoreTitle.Chinese}；与 {plan.Baseline} 之差及作为判断依据的区间；p 值按 {comparisons} 项比较校正。"),
            [
                ReportWords.Function,
                plan.Data.ScoreName,
                ReportWords.Interval,
                new Text("difference", "差值"),
                new Text("its interval", "差值的区间"),
                "p",
                new Text("seeds", "种子数"),
                new Text("conclusion", "结论"),
            ],
            [
                .. Enum.GetValues<FloorKind>().Select(kind => (IReadOnlyList<Label>)
                [
                    FloorRun.NameOf(kind, plan.Data),
                    _words.Score(competition.Score(kind).Mean),
                    _words.Scores(competition.Score(kind)),
                    "",
                    "",
                    "",
                    $"{competition.Floor(kind).Count}",
                    kind == competition.BestFloor ? new Text("the floor", "底线") : new Text("no network", "无网络"),
                ]),
                .. _findings.Ranking.Select(activation => (IReadOnlyList<Label>)
                [
                    activation,
                    _words.Score(competition.Score(activation).Mean),
                    _words.Scores(competition.Score(activation)),
                    .. activation == plan.Baseline
                        ? (Label[])["", "", ""]
                        : [
                            _words.Points(competition.Difference(activation).Mean),
                            _words.Interval(competition.Difference(activation)),
                            ChoiceWords.Probability(competition.Corrected(activation)),
                        ],
                    $"{competition.Results(activation).Count}",
                    Conclusion(activation),
                ]),
            ])
        {
            WordsAtEnd = 1,
        };
    }

    private ReportTable Skewed() => new(
        new(
            "Classes of unequal size: accuracy, its mean over the classes, and the log-loss (mean cross-entropy in nats; less is better).",
            "大小不等的类别：准确率、其按类别的均值，以及对数损失（平均交叉熵，单位为奈特；越小越好）。"),
        [
            ReportWords.Function,
            ReportWords.AccuracyOfColumn,
            new Text("balanced accuracy", "平衡准确率"),
            new Text("log-loss", "对数损失"),
        ],
        [
            .. Enum.GetValues<FloorKind>().Select(kind => (IReadOnlyList<Label>)
            [
                FloorRun.NameOf(kind, plan.Data),
                .. Means(competition.Floor(kind).Select(result => (result.Score, result.Balanced, result.Loss))),
            ]),
            .. _findings.Ranking.Select(activation => (IReadOnlyList<Label>)
            [
                activation,
                .. Means(competition.Results(activation).Select(result => (result.Score, result.Balanced, result.Loss))),
            ]),
        ]);

    private ReportTable Cost() => new(
        plan.IsPortable
            ? new(
                "Means over seeds. The learning rate is the median of those chosen.",
                "各种子的均值。学习率为所选学习率的中位数。")
            : new(
                "Means over seeds. Training and inference relative to the baseline; the learning rate is the median of those chosen.",
                "各种子的均值。训练与推理的时间以基准为单位；学习率为所选学习率的中位数。"),
        [
            ReportWords.Function,
            ReportWords.LearningRate,
            .. plan.IsPortable ? (Label[])[] : [new Text("training", "训练"), new Text("inference", "推理")],
            new Text("parameters", "参数量"),
            new Text("dead units", "死亡单元"),
            new Text("saturated units", "饱和单元"),
            new Text("diverged", "发散"),
        ],
        [.. _findings.Ranking.Select(activation => (IReadOnlyList<Label>)
        [
            activation,
            Cells.Number(_findings.MedianRate(activation)),
            .. plan.IsPortable
                ? (Label[])[]
                : [Times(activation, result => result.EpochSeconds), Times(activation, result => result.InferenceMicroseconds)],
            competition.Results(activation)[0].Parameters.ToString("N0", CultureInfo.InvariantCulture),
            Cells.Share(Mean(activation, result => result.Dead)),
            Cells.Share(Mean(activation, result => result.Saturated)),
            Diverged(competition.Results(activation)),
        ])]);

    private static Text Diverged(IReadOnlyList<ChoiceResult> results)
    {
        int diverged = results.Count(result => result.Diverged);
        return new($"{diverged} of {results.Count}", $"{results.Count} 中的 {diverged}");
    }

    private Figure Scores(Language language) => IntervalChart.Of(
        language,
        new($"{ScoreTitle.English} on unseen rows", $"在未见过的行上的{ScoreTitle.Chinese}"),
        plan.Data.ScoreName,
        [.. _findings.Ranking.Select(activation => Row(activation, competition.Score(activation), result => result.Score))]);

    private Figure Differences(Language language)
    {
        IReadOnlyList<ChoiceResult> baseline = competition.Results(plan.Baseline);
        return IntervalChart.Of(
            language,
            new($"Difference from {plan.Baseline}, seed by seed", $"各种子与 {plan.Baseline} 之差"),
            new($"difference in {plan.Data.ScoreName.English}", $"{plan.Data.ScoreName.Chinese}之差"),
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

    private static Label[] Means(IEnumerable<(double Score, double Balanced, double Loss)> results)
    {
        (double Score, double Balanced, double Loss)[] all = [.. results];
        return
        [
            Cells.Share(all.Average(result => result.Score)),
            Cells.Share(all.Average(result => result.Balanced)),
            Cells.Number(all.Average(result => result.Loss)),
        ];
    }

    private Text Conclusion(string activation)
    {
        Text compared = activation == plan.Baseline ? new("the baseline", "基准")
            : !competition.Differs(activation) ? new("may be equal", "可能相等")
            : competition.Difference(activation).Mean > 0 ? new("better", "更好")
            : new("worse", "更差");
        Text stopped = competition.Stopped(activation) ? new(", stopped", "，已停止") : Text.Same("");
        Text floor = competition.BeatsFloor(activation) ? Text.Same("")
            : competition.IsBelowFloor(activation) ? new(", on average below the floor", "，平均低于底线")
            : new(", not shown above the floor", "，未证明高于底线");
        return new(compared.English + stopped.English + floor.English, compared.Chinese + stopped.Chinese + floor.Chinese);
    }

    // Times vary upwards only: the fastest seed says most.
    private string Times(string activation, Func<ChoiceResult, double> time) =>
        Cells.Number(competition.Results(activation).Min(time) / competition.Results(plan.Baseline).Min(time), 2) + " ×";

    private double Mean(string activation, Func<ChoiceResult, double> value) => competition.Results(activation).Average(value);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
