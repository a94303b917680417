using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>Which learning rates and biases silence units for good, and for which functions they come back.</summary>
internal sealed class DeadStudy() : Study("dead", "units that fall silent, by learning rate and bias, and how many come back")
{
    private const int Batch = 32, Width = 64, Layers = 2;

    private static readonly string[] Activations = ["relu", "leaky_relu", "prelu", "elu", "gelu"];
    private static readonly double[] Rates = [0.01, 0.03, 0.1, 0.3];
    private static readonly double[] Biases = [0, -1, -2, -4];

    /// <summary>Everything that decides a result.</summary>
    private sealed record Configuration(string Data, string Activation, double Rate, double Bias, int Epochs, int Seed);

    /// <summary>
    /// Shares of the hidden units: silent before training and after each epoch; ever silent; and, of those, active again at the end.
    /// </summary>
    private sealed record Result(double[] Silent, double Ever, double Back, double Accuracy);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["relu-dead", "relu-death-by-initialisation", "relu-death-by-step"];

    /// <inheritdoc/>
    public override StudyReport Run(Laboratory lab, StudyScope scope)
    {
        (int epochs, int seeds) = scope.Quick ? (10, 3) : (30, 10);
        Configuration[] runs =
        [
            .. from activation in Activations from rate in Rates from bias in Biases from seed in Enumerable.Range(1, seeds)
               select new Configuration(Digits.Data.Fingerprint, activation, rate, bias, epochs, seed),
        ];
        IReadOnlyList<Result> results = lab.Run(Name, runs, run => Measure(run, lab.Cancellation));
        ILookup<(string, double, double), Result> measured = runs.Zip(results)
            .ToLookup(pair => (pair.First.Activation, pair.First.Rate, pair.First.Bias), pair => pair.Second);
        return Report(scope, measured, epochs, seeds);
    }

    private static Result Measure(Configuration run, CancellationToken cancellation)
    {
        (DataPart train, _, DataPart test) = Digits.Data.Split(run.Seed);
        NetworkPlan plan = new(
            train.Features,
            [.. Enumerable.Repeat(Width, Layers)],
            train.Outputs,
            HiddenActivation.Parse(run.Activation),
            Initialisation.He)
        {
            Bias = run.Bias,
        };
        Network network = new(plan, run.Seed);
        Trainer trainer = new(network, train, new SgdPlan(run.Rate), Batch, run.Seed);
        bool[] silent = Silent(network, train), ever = [.. silent];
        List<double> shares = [Share(silent)];
        bool finite = true;
        for (int epoch = 0; epoch < run.Epochs; epoch++)
        {
            finite = finite && double.IsFinite(trainer.Epoch(cancellation));
            if (!finite)
            {
                // A network that has diverged says nothing about its units any more.
                shares.Add(double.NaN);
                continue;
            }
            silent = Silent(network, train);
            ever = [.. ever.Zip(silent, (before, now) => before || now)];
            shares.Add(Share(silent));
        }
        int back = ever.Zip(silent).Count(pair => pair.First && !pair.Second), count = ever.Count(unit => unit);
        return new(
            [.. shares],
            Share(ever),
            finite && count > 0 ? (double)back / count : double.NaN,
            finite ? Evaluation.Of(network, test).Score : double.NaN);
    }

    // A unit is silent if what it receives is at most 0 on all data: where a rectifier is flat.
    private static bool[] Silent(Network network, DataPart data)
    {
        int[] places = [.. network.ActivationPlaces];
        bool[] silent = new bool[places.Length * Width];
        Array.Fill(silent, true);
        Evaluation.Of(network, data, (pass, rows) =>
        {
            for (int layer = 0; layer < places.Length; layer++)
            {
                ReadOnlySpan<float> x = pass.Blocks[places[layer]].X.Span[..(rows * Width)];
                for (int i = 0; i < x.Length; i++)
                    silent[(layer * Width) + (i % Width)] &= x[i] <= 0;
            }
        });
        return silent;
    }

    private static double Share(bool[] units) => units.Count(unit => unit) / (double)units.Length;

    private StudyReport Report(StudyScope scope, ILookup<(string, double, double), Result> measured, int epochs, int seeds)
    {
        double Mean(string activation, double rate, double bias, Func<Result, double> value) =>
            measured[(activation, rate, bias)].Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        double Overall(string activation, Func<Result, double> value) =>
            measured.Where(group => group.Key.Item1 == activation)
                .SelectMany(group => group)
                .Select(value)
                .Where(double.IsFinite)
                .DefaultIfEmpty(double.NaN)
                .Average();
        double Diverged(string activation) =>
            measured.Where(group => group.Key.Item1 == activation)
                .SelectMany(group => group)
                .Average(result => double.IsNaN(result.Silent[^1]) ? 1.0 : 0);
        double[] rising = [.. Rates.Select(rate => Mean("relu", rate, 0, result => result.Silent[^1]))];
        double[] sinking = [.. Biases.Select(bias => Mean("relu", Rates[0], bias, result => result.Silent[^1]))];
        Text Shares(Func<string, double> share) =>
            Text.List([.. Activations.Select(activation => $"{Cells.RoundShare(share(activation))} ({activation})")]);
        GridPanel Panel(string activation, Func<Result, double> value) => new(
            activation,
            ReportWords.LearningRate,
            [.. Rates.Select(rate => Cells.Number(rate))],
            [.. Biases.Select(bias => Rates.Select(rate => Mean(activation, rate, bias, value)).ToArray())]);
        Label[] rows = [.. Biases.Select(bias => new Text($"bias {Cells.Number(bias)}", $"偏置 {Cells.Number(bias)}"))];
        Text back = Shares(activation => Overall(activation, result => result.Back)), diverged = Shares(Diverged);
        (bool stepsKill, bool biasesKill) = (rising[3] > rising[0] + 0.1, sinking[3] > sinking[0] + 0.1);

        return new(
            Name,
            new("When do units die, and do they come back?", "单元何时死亡，又能否复活？"),
            new(
                "A rectifier that receives nothing above 0, whatever the data, puts out 0 and has no slope: no gradient reaches it, "
                + "and it is dead. Other functions have a slope there. Here networks are trained with small and large steps, "
                + "from biases of 0 and far below, and the units are counted that are silent: that receive at most 0 on all of the data.",
                "若整流单元(ReLU)在所有数据上的输入都不大于 0，则其输出为 0，也没有斜率：没有梯度到达它，它就死亡了。其他函数在那里仍有斜率。"
                + "这里以大小不同的步长、从 0 到低得多的偏置训练网络，并统计静默的单元：即在全部数据上输入都不大于 0 的单元。"),
            [
                new($"With biases of 0, {Cells.Share(rising[0])} of the rectifiers are silent in the end at a learning rate of "
                + $"{Cells.Number(Rates[0])}, and {Cells.Share(rising[1])}, "
                + $"{Cells.Share(rising[2])} and {Cells.Share(rising[3])} at {Cells.Number(Rates[1])}, "
                + $"{Cells.Number(Rates[2])} and {Cells.Number(Rates[3])}: "
                + $"{(stepsKill ? "large steps kill" : "the size of the steps decides little here")}.",
                $"偏置为 0 时，学习率为 {Cells.Number(Rates[0])} 的网络最终有 {Cells.Share(rising[0])} 的整流单元静默；"
                + $"学习率为 {Cells.Number(Rates[1])}、{Cells.Number(Rates[2])} 和 {Cells.Number(Rates[3])} 时，分别为 "
                + $"{Cells.Share(rising[1])}、{Cells.Share(rising[2])} 和 {Cells.Share(rising[3])}："
                + $"{(stepsKill ? "大步长会使单元死亡" : "步长的大小在这里影响不大")}。"),
                new($"At a rate of {Cells.Number(Rates[0])}, {Cells.Share(sinking[0])} are silent in the end if the biases start at 0, "
                + $"and {Cells.Share(sinking[1])}, {Cells.Share(sinking[2])} and {Cells.Share(sinking[3])} if they start at "
                + $"{Cells.Number(Biases[1])}, {Cells.Number(Biases[2])} and {Cells.Number(Biases[3])}: "
                + $"{(biasesKill ? "low biases kill as well" : "the biases decide little here")}.",
                $"学习率为 {Cells.Number(Rates[0])} 时，偏置从 0 开始的网络最终有 {Cells.Share(sinking[0])} 静默；"
                + $"偏置从 {Cells.Number(Biases[1])}、{Cells.Number(Biases[2])} 和 {Cells.Number(Biases[3])} 开始时，分别为 "
                + $"{Cells.Share(sinking[1])}、{Cells.Share(sinking[2])} 和 {Cells.Share(sinking[3])}："
                + $"{(biasesKill ? "过低的偏置同样会使单元死亡" : "偏置在这里影响不大")}。"),
                new(
                    $"Of the units that were ever silent, these came back: {back.English}. A slope below 0 brings units back; "
                    + "without one, a unit comes back only if the layer before it changes what it receives.",
                    $"曾经静默的单元中，后来复活的比例为：{back.Chinese}。"
                    + "0 以下有斜率，单元就能复活；没有斜率时，只有前一层改变了单元的输入，它才会复活。"),
                new(
                    $"Slopes below 0 have a price at large steps: {diverged.English} of the runs diverged, "
                    + "and are left out of all other numbers.",
                    $"0 以下的斜率在大步长时要付出代价：发散的运行所占比例为 {diverged.Chinese}，它们不计入其他所有数字。"),
            ],
            [
                new Heading(new("Silent in the end", "最终静默的单元")),
                new Prose(new(
                    $"Share of {Layers} × {Width} hidden units that are silent after {epochs} epochs; means over {seeds} seeds. "
                    + "A dash: training diverged for every seed.",
                    $"训练 {epochs} 轮后，{Layers} × {Width} 个隐藏单元中静默者所占的比例；{seeds} 个种子的均值。横线表示所有种子的训练都发散了。")),
                new ReportFigure(
                    "silent",
                    new(
                        "Share of hidden units that are silent in the end, by learning rate and starting bias.",
                        "各学习率与初始偏置下，最终静默的隐藏单元所占的比例。"),
                    language => GridChart.Of(
                        language,
                        new("Silent units", "静默的单元"),
                        rows,
                        share => -share,
                        Cells.RoundShare,
                        [.. Activations.Select(activation => Panel(activation, result => result.Silent[^1]))])),
                new Heading(ReportWords.Accuracy),
                new ReportFigure(
                    "accuracy",
                    new("Unseen digits that are recognised in the end.", "最终识别正确的未见数字所占的比例。"),
                    language => GridChart.Of(
                        language,
                        ReportWords.Accuracy,
                        rows,
                        value => (value - 0.1) / 0.9,
                        Cells.RoundShare,
                        [.. Activations.Select(activation => Panel(activation, result => result.Accuracy))])),
                new Heading(new("On the way", "训练过程")),
                new ReportFigure(
                    "epochs",
                    new("Share of silent units after each epoch; biases start at -2.", "每轮训练后静默单元所占的比例；偏置从 -2 开始。"),
                    language => LineChart.Of(
                        language,
                        new("Silent units by epoch", "各轮次的静默单元"),
                        [.. ((double[])[Rates[0], Rates[1]]).Select(rate => new ChartPanel(
                            new Text($"learning rate {Cells.Number(rate)}", $"学习率 {Cells.Number(rate)}"),
                            ReportWords.Epoch,
                            new Text("share of silent units", "静默单元的比例"),
                            [.. Activations.Select((activation, style) => new ChartLine(
                                activation,
                                [.. Enumerable.Range(0, epochs + 1)
                                    .Select(epoch => ((double)epoch, Mean(activation, rate, -2, result => result.Silent[epoch])))],
                                style))])
                        {
                            Rise = (-0.02, 1.02),
                        })])),
                new ReportTable(
                    new(
                        "Means over all learning rates, biases and seeds of the runs that did not diverge.",
                        "对所有学习率、偏置和种子中未发散的运行取均值。"),
                    [
                        ReportWords.Function,
                        new Text("silent at the start", "开始时静默"),
                        new Text("ever silent", "曾经静默"),
                        new Text("of those back in the end", "其中最终复活"),
                        new Text("silent in the end", "最终静默"),
                        ReportWords.AccuracyOfColumn,
                        new Text("runs that diverged", "发散的运行"),
                    ],
                    [.. Activations.Select(activation => (IReadOnlyList<Label>)
                    [
                        activation,
                        Cells.Share(Overall(activation, result => result.Silent[0])),
                        Cells.Share(Overall(activation, result => result.Ever)),
                        Cells.Share(Overall(activation, result => result.Back)),
                        Cells.Share(Overall(activation, result => result.Silent[^1])),
                        Cells.Share(Overall(activation, result => result.Accuracy)),
                        Cells.Share(Diverged(activation)),
                    ])]),
                new Heading(ReportWords.HowMeasured),
                new Prose(Text.Sentences(
                [
                    Digits.Data.InWords,
                    new(
                        $"Network: {Layers} hidden layers of {Width} units, He initialisation. "
                        + $"Gradient descent with momentum 0.9, batches of {Batch}. "
                        + "All functions of a seed have the same split, weights and order of batches.",
                        $"网络：{Layers} 个隐藏层，每层 {Width} 个单元，He 初始化。带动量(0.9)的梯度下降，批大小 {Batch}。"
                        + "同一种子的所有函数采用相同的划分、权重和批次顺序。"),
                ])),
            ],
            Command(scope));
    }
}
