using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>The experiments of three papers, as far as two cores allow: our order of the functions beside the published one.</summary>
internal sealed class PublishedStudy() : Study("published", "the experiments of the GELU, Mish and maxout papers, on Fashion-MNIST")
{
    private static readonly string[] GeluPaper = ["gelu", "relu", "elu"],
        MishPaper = ["mish", "swish", "relu"],
        MaxoutPaper = ["maxout(pieces=5)", "relu"];
    private static readonly double[] GeluRates = [1e-3, 1e-4];

    /// <summary>Everything that decides a result.</summary>
    private sealed record Configuration(
        string Data, string Activation, int[] Hidden, double Dropout, bool Adam, double Rate, int Batch, int Epochs, int Rows, int Seed);

    /// <summary>What was measured: losses at the end of training, and the accuracy on the test part.</summary>
    private sealed record Result(double TrainingLoss, double TestLoss, double Accuracy);

    /// <summary>A run and what was measured.</summary>
    private sealed record Measured(Configuration Run, Result Result);

    /// <summary>How much of a paper's experiment is done.</summary>
    private sealed record Size(int Rows, int Epochs, int MishEpochs, int Seeds, int[] Depths);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["maxout-pieces"];

    /// <inheritdoc/>
    public override StudyReport Run(Laboratory lab, StudyScope scope)
    {
        (Dataset trainData, Dataset testData) = scope.FashionMnist();
        (DataPart train, DataPart test) = trainData.With(testData);
        Size size = scope.Quick ? new(6_000, 5, 5, 3, [10, 20]) : new(60_000, 10, 5, 5, [10, 15, 20, 25]);
        Configuration Plan(string activation, int[] hidden, double dropout, bool adam, double rate, int epochs, int seed) =>
            new(trainData.Fingerprint, activation, hidden, dropout, adam, rate, 128, epochs, size.Rows, seed);
        int[] seeds = [.. Enumerable.Range(1, size.Seeds)];
        Measured[] gelu = Measure(
            [
                .. from dropout in (double[])[0, 0.5]
                    from rate in GeluRates
                    from activation in GeluPaper
                    from seed in seeds
                    select Plan(activation, [.. Enumerable.Repeat(128, 8)], dropout, true, rate, size.Epochs, seed),
            ],
            0,
            0.3);
        Measured[] mish = Measure(
            [
                .. from depth in size.Depths
                    from activation in MishPaper
                    from seed in seeds
                    select Plan(activation, [.. Enumerable.Repeat(128, depth)], 0.25, false, 0.01, size.MishEpochs, seed),
            ],
            0.3,
            0.7);
        Measured[] maxout = Measure(
            [
                .. from activation in MaxoutPaper
                    from seed in seeds
                    select Plan(activation, activation == "relu" ? [1024, 1024] : [240, 240], 0.5, true, 1e-3, size.Epochs, seed),
            ],
            0.7,
            1);
        return Report(scope, size, gelu, mish, maxout);

        Measured[] Measure(Configuration[] runs, double from, double to) =>
            [.. runs.Zip(
                lab.Run(Name, runs, run => Train(run, train, test, lab.Cancellation), from, to),
                (run, result) => new Measured(run, result))];
    }

    private static Result Train(Configuration run, DataPart train, DataPart test, CancellationToken cancellation)
    {
        DataPart part = train with { Inputs = train.Inputs[..(run.Rows * train.Features)], Targets = train.Targets[..run.Rows] };
        Network network = new(
            new(part.Features, run.Hidden, part.Outputs, HiddenActivation.Parse(run.Activation), Initialisation.He)
            {
                Dropout = run.Dropout,
            },
            run.Seed);
        Trainer trainer = new(network, part, run.Adam ? new AdamPlan(run.Rate) : new SgdPlan(run.Rate), run.Batch, run.Seed);
        double loss = 0;
        for (int epoch = 0; epoch < run.Epochs && double.IsFinite(loss); epoch++)
            loss = trainer.Epoch(cancellation);
        Evaluation evaluation = Evaluation.Of(network, test);
        return new(loss, evaluation.Loss, evaluation.Score);
    }

    private StudyReport Report(StudyScope scope, Size size, Measured[] gelu, Measured[] mish, Measured[] maxout)
    {
        double[] Values(IEnumerable<Measured> runs, string activation, Func<Result, double> value) =>
            [.. runs.Where(measured => measured.Run.Activation == activation)
                .OrderBy(measured => measured.Run.Seed)
                .Select(measured => value(measured.Result))];
        IEnumerable<Measured> Deep(int depth) => mish.Where(measured => measured.Run.Hidden.Length == depth);

        // As the paper: the better of the learning rates for each function.
        Measured[] Best(double dropout) => [.. GeluPaper.SelectMany(activation => GeluRates
            .Select(rate => gelu
                .Where(measured => measured.Run.Activation == activation && measured.Run.Dropout == dropout && measured.Run.Rate == rate)
                .ToArray())
            .MinBy(runs => Values(runs, activation, result => result.TrainingLoss).Order().ElementAt(size.Seeds / 2))!)];

        Comparison[] comparisons =
        [
            .. from dropout in (double[])[0, 0.5] from rival in GeluPaper[1..] select new Comparison(
                Text.Same($"GELU, dropout {Cells.Number(dropout)}"),
                Comparison.Loss,
                "gelu",
                rival,
                new("gelu lower", "gelu 更低"),
                Values(Best(dropout), "gelu", result => result.TrainingLoss),
                Values(Best(dropout), rival, result => result.TrainingLoss),
                LowerIsBetter: true),
            .. from depth in size.Depths from rival in MishPaper[1..] select new Comparison(
                new($"Mish, {depth} layers", $"Mish，{depth} 层"),
                Comparison.Accuracy,
                "mish",
                rival,
                depth > 15 ? new("mish far higher", "mish 高得多") : new("about equal", "大致相等"),
                Values(Deep(depth), "mish", result => result.Accuracy),
                Values(Deep(depth), rival, result => result.Accuracy),
                LowerIsBetter: false) { PublishedEqual = depth <= 15 },
            new Comparison(
                new("Maxout, 2 layers", "Maxout，2 层"),
                Comparison.Accuracy,
                MaxoutPaper[0],
                "relu",
                new("maxout higher by 0.1 points", "maxout 高 0.1 个百分点"),
                Values(maxout, MaxoutPaper[0], result => result.Accuracy),
                Values(maxout, "relu", result => result.Accuracy),
                LowerIsBetter: false),
        ];
        int agree = comparisons.Count(comparison => comparison.Verdict == Comparison.Agrees),
            contradict = comparisons.Count(comparison => comparison.Verdict == Comparison.Contradicts);

        return new(
            Name,
            new("Do published comparisons come out again?", "已发表的比较能重现吗？"),
            new(
                "Three papers compared activations on handwritten digits (MNIST) with dense networks. "
                + "Here their settings are repeated on Fashion-MNIST, which is as large and harder, as far as two processor cores allow: "
                + "the order and the gaps, each with its 95% interval, stand beside what the papers say.",
                "三篇论文用全连接网络在手写数字(MNIST)上比较了激活函数。这里在同样大小但更难的 Fashion-MNIST 上，"
                + "在两个处理器核心允许的范围内重复它们的设置：先后次序与差距，连同各自的 95% 置信区间，与论文的说法并列。"),
            [
                new(
                    $"Of {comparisons.Length} comparisons {agree} come out as in the paper, {contradict} the other way, "
                    + $"and {comparisons.Length - agree - contradict} cannot be told apart from chance with {size.Seeds} seeds.",
                    $"在 {comparisons.Length} 项比较中，{agree} 项与论文一致，{contradict} 项相反，"
                    + $"{comparisons.Length - agree - contradict} 项用 {size.Seeds} 个种子无法与偶然区分。"),
                .. comparisons.Where(comparison => comparison.Verdict == Comparison.Contradicts)
                    .Select(comparison => new Text(
                        $"{comparison.Experiment.English}, {comparison.Favourite} against {comparison.Rival}: the paper has "
                        + $"{comparison.Published.English}; here the difference in {comparison.Quantity.English} is "
                        + $"{comparison.Gap.English}.",
                        $"{comparison.Experiment.Chinese}，{comparison.Favourite} 对 {comparison.Rival}：论文为“{comparison.Published.Chinese}”；"
                        + $"这里{comparison.Quantity.Chinese}之差为 {comparison.Gap.Chinese}。")),
            ],
            [
                new Heading(new("Side by side", "并列比较")),
                new ReportTable(
                    new(
                        "Differences of runs with the same seed: the paper's function minus the other. "
                        + "A comparison agrees if the 95% interval lies on the side that the paper says or, "
                        + "where it says that there is next to no difference, within 2 points.",
                        "相同种子的运行之差：论文的函数减去另一函数。若 95% 置信区间位于论文所说的一侧，"
                        + "或在论文称几乎无差别时位于 2 个百分点之内，则该比较一致。"),
                    [
                        new Text("experiment", "实验"),
                        new Text("compared", "比较对象"),
                        new Text("quantity", "指标"),
                        new Text("the paper", "论文"),
                        new Text("here: difference and 95% interval", "此处：差值与 95% 置信区间"),
                        new Text("verdict", "结论"),
                    ],
                    [.. comparisons.Select(comparison => (IReadOnlyList<Label>)[
                        comparison.Experiment,
                        $"{comparison.Favourite} − {comparison.Rival}",
                        comparison.Quantity,
                        comparison.Published,
                        comparison.Gap,
                        comparison.Verdict,
                    ])])
                {
                    WordsAtEnd = 5,
                },
                new ReportFigure(
                    "gelu",
                    new("Loss at the end of training, eight layers of 128 units.", "训练结束时的损失，八层，每层 128 个单元。"),
                    language => IntervalChart.Of(
                        language,
                        new("GELU paper: training loss", "GELU 论文：训练损失"),
                        new("mean loss of the last epoch", "最后一轮的平均损失"),
                        [.. ((double[])[0, 0.5]).SelectMany(dropout => GeluPaper.Select(
                            (activation, style) => Row(
                                $"{activation}, dropout {Cells.Number(dropout)}",
                                Values(Best(dropout), activation, result => result.TrainingLoss),
                                style)))])),
                new ReportFigure(
                    "mish",
                    new("Accuracy by depth.", "各深度的准确率。"),
                    language => LineChart.Of(
                        language,
                        new("Mish paper: accuracy by depth", "Mish 论文：各深度的准确率"),
                        new ChartPanel(
                            new Text("Mean over seeds", "各种子的均值"),
                            ReportWords.HiddenLayers,
                            ReportWords.AccuracyOfColumn,
                            [.. MishPaper.Select((activation, style) => new ChartLine(
                                activation,
                                [.. size.Depths.Select(
                                    depth => ((double)depth, Values(Deep(depth), activation, result => result.Accuracy).Average()))],
                                style))]))),
                new ReportFigure(
                    "maxout",
                    new("Accuracy of two hidden layers with dropout.", "带 dropout 的两个隐藏层的准确率。"),
                    language => IntervalChart.Of(
                        language,
                        new("Maxout paper: accuracy", "Maxout 论文：准确率"),
                        ReportWords.AccuracyOfColumn,
                        [.. MaxoutPaper.Select(
                            (activation, style) => Row(activation, Values(maxout, activation, result => result.Accuracy), style))])),
                new Heading(new("What was repeated, and what was not", "重复了什么，没有重复什么")),
                new Prose(new(
                    "GELU (Hendrycks and Gimpel, 2016, arXiv:1606.08415, section 3.1): eight layers of 128 units, Adam, batches of 128, "
                    + "with and without dropout of one half, the better of two learning rates for each function. "
                    + "The paper trains 50 epochs on MNIST and says that GELU tends to have the lowest median training loss, "
                    + $"and gives no numbers. Here: {size.Epochs} epochs on {size.Rows:N0} pictures; "
                    + "its initialisation on the unit sphere is replaced by He's.",
                    "GELU（Hendrycks 与 Gimpel，2016，arXiv:1606.08415，第 3.1 节）：八层，每层 128 个单元，Adam，批大小 128，"
                    + "有或没有比例为一半的 dropout，每个函数取两个学习率中较好的一个。论文在 MNIST 上训练 50 轮，称 GELU 的训练损失中位数往往最低，"
                    + $"但未给出数字。此处：在 {size.Rows:N0} 张图片上训练 {size.Epochs} 轮；其单位球面上的初始化改为 He 初始化。")),
                new Prose(new(
                    "Mish (Misra, 2019, arXiv:1908.08681, section on depth): the accuracy of swish and ReLU falls sharply beyond 15 "
                    + "layers, that of Mish much less. The paper's networks have 500 units, batch normalisation, "
                    + "dropout of a quarter and gradient descent. Here: 128 units, no normalisation, "
                    + $"{size.MishEpochs} epochs on {size.Rows:N0} pictures.",
                    "Mish（Misra，2019，arXiv:1908.08681，关于深度的一节）：超过 15 层后，swish 和 ReLU 的准确率急剧下降，Mish 则小得多。"
                    + "论文的网络每层 500 个单元，采用批归一化、比例为四分之一的 dropout 和梯度下降。"
                    + $"此处：每层 128 个单元，无归一化，在 {size.Rows:N0} 张图片上训练 {size.MishEpochs} 轮。")),
                new Prose(new(
                    "Maxout (Goodfellow et al., 2013, arXiv:1302.4389, permutation-invariant MNIST): two maxout layers of 240 units of 5 "
                    + "pieces with dropout reach an error of 0.94%, rectifiers with dropout (Srivastava, 2013) 1.05%. "
                    + "Here: rectifiers with two layers of 1024, Adam rather than momentum with a norm constraint, "
                    + $"no dropout of the inputs, {size.Epochs} epochs on {size.Rows:N0} pictures.",
                    "Maxout（Goodfellow 等人，2013，arXiv:1302.4389，置换不变的 MNIST）：两个 maxout 层，每层 240 个单元、每单元 5 个分片，"
                    + "加 dropout，错误率为 0.94%；带 dropout 的整流单元（Srivastava，2013）为 1.05%。此处：整流单元为两层，每层 1024 个，"
                    + $"用 Adam 而非带范数约束的动量法，输入不用 dropout，在 {size.Rows:N0} 张图片上训练 {size.Epochs} 轮。")),
                new Prose(new(
                    "The intervals are Student's over seeds, which vary weights, order and dropout, "
                    + "with the pictures fixed: they are about training, not about other data. They are for each comparison alone. "
                    + "What contradicts a paper here contradicts it for these data and this budget, not for its own.",
                    "区间是对种子的学生 t 区间；种子改变权重、顺序和 dropout，图片则固定不变：区间说的是训练，而不是其他数据。"
                    + "它们各自只针对一项比较。这里与论文相反的结果，只在这些数据和这一计算量下与之相反，而不是在论文自己的条件下。")),
            ],
            Command(scope));
    }

    private static IntervalRow Row(string label, double[] values, int style)
    {
        Interval interval = Statistics.MeanInterval(values, testToTrain: 0);
        return new(label, interval.Mean, interval.Low, interval.High, values, style);
    }

    /// <summary>A comparison of a paper's function with another, there and here.</summary>
    private sealed record Comparison(
        Text Experiment,
        Text Quantity,
        string Favourite,
        string Rival,
        Text Published,
        double[] Ours,
        double[] Others,
        bool LowerIsBetter)
    {
        public static readonly Text Agrees = new("agrees", "一致"),
            Contradicts = new("contradicts", "相反"),
            Open = new("cannot be told", "无法判断"),
            Loss = new("training loss", "训练损失"),
            Accuracy = ReportWords.AccuracyOfColumn;

        private const double NearlyEqual = 0.02;

        public bool PublishedEqual { get; init; }

        private Interval Difference => Statistics.MeanInterval([.. Ours.Zip(Others, (one, other) => one - other)], testToTrain: 0);

        public Text Gap
        {
            get
            {
                (double unit, int digits) = Quantity == Accuracy ? (100, 1) : (1, 3);
                string mean = Signed(unit * Difference.Mean, digits);
                Text range = ReportWords.Range(Signed(unit * Difference.Low, digits), Signed(unit * Difference.High, digits));
                return Quantity == Accuracy
                    ? new($"{mean} points ({range.English})", $"{mean} 个百分点（{range.Chinese}）")
                    : new($"{mean} ({range.English})", $"{mean}（{range.Chinese}）");
            }
        }

        public Text Verdict
        {
            get
            {
                bool higher = Difference.Low > 0, lower = Difference.High < 0;
                if (PublishedEqual)
                    return Difference.Low > -NearlyEqual && Difference.High < NearlyEqual ? Agrees : higher || lower ? Contradicts : Open;
                return (LowerIsBetter ? lower : higher) ? Agrees : (LowerIsBetter ? higher : lower) ? Contradicts : Open;
            }
        }

        private static string Signed(double value, int digits) =>
            (value < 0 ? "−" : "+") + Math.Abs(value).ToString($"F{digits}", System.Globalization.CultureInfo.InvariantCulture);
    }
}
