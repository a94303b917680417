using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>Where learned slopes and gates go, layer by layer, and what weight decay does to them.</summary>
internal sealed class LearnedStudy() : Study("learned", "α and β of each layer through training, with and without weight decay on them")
{
    private const int Batch = 32, Width = 64, Layers = 4;

    private static readonly string[] Activations = ["prelu", "swish(beta=learned)", "elu(alpha=learned)"];

    /// <summary>Everything that decides a result.</summary>
    private sealed record Configuration(string Data, string Activation, bool Adam, bool Decayed, int Epochs, int Seed);

    /// <summary>The parameter of each layer before training and after each epoch, and what was learned with it.</summary>
    private sealed record Result(double[][] Values, double Accuracy);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["prelu-start", "prelu-positive", "prelu-decay", "swish-beta"];

    /// <inheritdoc/>
    public override StudyReport Run(Laboratory lab, StudyScope scope)
    {
        (int epochs, int seeds) = scope.Quick ? (20, 3) : (60, 10);
        Configuration[] runs =
        [
            .. from activation in Activations
                from adam in (bool[])[true, false]
                from decayed in (bool[])[false, true]
                from seed in Enumerable.Range(1, seeds)
               select new Configuration(Digits.Data.Fingerprint, activation, adam, decayed, epochs, seed),
        ];
        IReadOnlyList<Result> results = lab.Run(Name, runs, run => Measure(run, lab.Cancellation));
        ILookup<(string, bool, bool), Result> measured = runs.Zip(results)
            .ToLookup(pair => (pair.First.Activation, pair.First.Adam, pair.First.Decayed), pair => pair.Second);
        return Report(scope, measured, epochs, seeds);
    }

    private static OptimiserPlan Optimiser(bool adam, bool decayed) => adam
        ? new AdamPlan(3e-3) { WeightDecay = 0.1, DecayActivations = decayed }
        : new SgdPlan(0.03) { WeightDecay = 3e-3, DecayActivations = decayed };

    private static Result Measure(Configuration run, CancellationToken cancellation)
    {
        (DataPart train, _, DataPart test) = Digits.Data.Split(run.Seed);
        NetworkPlan plan = new(
            train.Features,
            [.. Enumerable.Repeat(Width, Layers)],
            train.Outputs,
            HiddenActivation.Parse(run.Activation),
            Initialisation.He);
        Network network = new(plan, run.Seed);
        Trainer trainer = new(network, train, Optimiser(run.Adam, run.Decayed), Batch, run.Seed);
        List<double[]> values = [Values()];
        for (int epoch = 0; epoch < run.Epochs; epoch++)
        {
            trainer.Epoch(cancellation);
            values.Add(Values());
        }
        return new([.. values], Evaluation.Of(network, test).Score);

        double[] Values() =>
            [.. network.Layers.OfType<LearnedActivation>().Select(layer => (double)layer.Layer.Parameters[0].Values.Span[0])];
    }

    private StudyReport Report(StudyScope scope, ILookup<(string, bool, bool), Result> measured, int epochs, int seeds)
    {
        double Value(string activation, bool adam, bool decayed, int epoch, int layer) =>
            measured[(activation, adam, decayed)].Average(result => result.Values[epoch][layer]);
        string Symbol(string activation) => HiddenActivation.Parse(activation).Function.Info.Parameters[0].Symbol;
        string Ends(string activation, bool adam, bool decayed) => string.Join(
            ", ",
            Enumerable.Range(0, Layers).Select(layer => Cells.Number(Value(activation, adam, decayed, epochs, layer), 2)));
        // Solid without decay, dashed with it: the palette starts again after its colours.
        int dashed = FigureStyle.Palette.Count;
        ChartPanel Panel(string activation, bool adam) => new(
            new Text($"{activation}, {Optimiser(adam).English}", $"{activation}，{Optimiser(adam).Chinese}"),
            ReportWords.Epoch,
            Symbol(activation),
            [
                .. from decayed in (bool[])[false, true]
                    from layer in Enumerable.Range(0, Layers)
                    select new ChartLine(
                        new Text(
                            $"layer {layer + 1}{(decayed ? ", decayed" : "")}", $"第 {layer + 1} 层{(decayed ? "，有衰减" : "")}"),
                        [.. Enumerable.Range(0, epochs + 1)
                            .Select(epoch => ((double)epoch, Value(activation, adam, decayed, epoch, layer)))],
                        layer + (decayed ? dashed : 0)),
            ]);
        bool stays = Enumerable.Range(0, Layers)
            .All(layer => Math.Abs(Value("swish(beta=learned)", true, false, epochs, layer) - 1) < 0.5);
        (string, bool, int)[] all =
        [
            .. from activation in Activations
                from adam in (bool[])[true, false]
                from layer in Enumerable.Range(0, Layers)
                select (activation, adam, layer),
        ];
        int nearer = all.Count(place => Math.Abs(Value(place.Item1, place.Item2, true, epochs, place.Item3))
            < Math.Abs(Value(place.Item1, place.Item2, false, epochs, place.Item3)));

        return new(
            Name,
            new("Where do learned parameters go?", "可学习的参数会走向何处？"),
            new(
                "PReLU learns its slope α below 0, swish its gate β, and ELU can learn its lower limit α. "
                + "Each of four layers has one value of its own. Here they are followed through training, with Adam and with momentum, "
                + "and with weight decay either on the weights alone or on these parameters too.",
                "PReLU 学习它在 0 以下的斜率 α，swish 学习它的门 β，ELU 可以学习它的下限 α。四层各有一个自己的值。"
                + "这里在训练过程中跟踪这些值，分别用 Adam 和动量法，权重衰减或只作用于权重，或也作用于这些参数。"),
            [
                new(
                    "PReLU's slopes start at 0.25 and end, from the first layer to the last, "
                    + $"at {Ends("prelu", true, false)} with Adam and {Ends("prelu", false, false)} with momentum.",
                    $"PReLU 的斜率从 0.25 开始；从第一层到最后一层，用 Adam 时最终为 {Ends("prelu", true, false)}，"
                    + $"用动量法时最终为 {Ends("prelu", false, false)}。"),
                new(
                    $"Swish's β starts at 1 and ends at {Ends("swish(beta=learned)", true, false)} with Adam: "
                    + $"it {(stays ? "stays near" : "moves away from")} where it started.",
                    $"swish 的 β 从 1 开始，用 Adam 时最终为 {Ends("swish(beta=learned)", true, false)}："
                    + $"它{(stays ? "停留在起点附近" : "离开了起点")}。"),
                new(
                    $"With weight decay on them, {nearer} of {all.Length} parameters ({Activations.Length} functions, 2 optimisers, "
                    + $"{Layers} layers) end nearer to 0 than without: it pulls PReLU towards ReLU and swish towards x/2, whatever the "
                    + "data ask for. He et al. left PReLU's slopes out of the decay for that reason.",
                    $"若权重衰减也作用于这些参数，则 {all.Length} 个参数（{Activations.Length} 个函数，2 种优化器，{Layers} 层）中有 {nearer} 个"
                    + "最终比没有衰减时更接近 0：不管数据需要什么，它都把 PReLU 拉向 ReLU，把 swish 拉向 x/2。"
                    + "He 等人正因如此没有对 PReLU 的斜率使用衰减。"),
            ],
            [
                new Heading(new("Through training", "训练过程")),
                .. Activations.Select(activation => (ReportPart)new ReportFigure(
                    HiddenActivation.Parse(activation).Function.Info.Name,
                    new(
                        $"{Symbol(activation)} of each layer. Solid: weight decay on the weights alone. "
                        + $"Dashed: on {Symbol(activation)} too.",
                        $"各层的 {Symbol(activation)}。实线：权重衰减只作用于权重。虚线：也作用于 {Symbol(activation)}。"),
                    language => LineChart.Of(
                        language,
                        new(
                            $"{Symbol(activation)} of {activation} through training",
                            $"训练过程中 {activation} 的 {Symbol(activation)}"),
                        Panel(activation, true),
                        Panel(activation, false)))),
                new Heading(new("In the end", "训练结束时")),
                new ReportTable(
                    new(
                        $"Values after {epochs} epochs and accuracy on unseen digits; means over {seeds} seeds.",
                        $"训练 {epochs} 轮后的值，以及对未见数字的准确率；{seeds} 个种子的均值。"),
                    [
                        ReportWords.Function,
                        new Text("optimiser", "优化器"),
                        new Text("decay on it", "对其衰减"),
                        .. Enumerable.Range(1, Layers).Select(layer => new Text($"layer {layer}", $"第 {layer} 层")),
                        ReportWords.AccuracyOfColumn,
                        ReportWords.Interval,
                    ],
                    [
                        .. from activation in Activations
                            from adam in (bool[])[true, false]
                            from decayed in (bool[])[false, true]
                            select (IReadOnlyList<Label>)
                            [
                                activation,
                                Optimiser(adam),
                                decayed ? new Text("yes", "是") : new Text("no", "否"),
                                .. Enumerable.Range(0, Layers)
                                    .Select(layer => Cells.Number(Value(activation, adam, decayed, epochs, layer))),
                                .. Accuracy([.. measured[(activation, adam, decayed)].Select(result => result.Accuracy)]),
                            ],
                    ])
                {
                    WordsAtStart = 3,
                },
                new Heading(ReportWords.HowMeasured),
                new Prose(Text.Sentences(
                [
                    Digits.Data.InWords,
                    new(
                        $"{Layers} hidden layers of {Width} units, He initialisation, batches of {Batch}. "
                        + "Adam: rate 0.003, decoupled decay 0.1. Momentum 0.9: rate 0.03, decay 0.003. "
                        + $"The decay is stronger than usual, so that {epochs} epochs show what it does.",
                        $"{Layers} 个隐藏层，每层 {Width} 个单元，He 初始化，批大小 {Batch}。Adam：学习率 0.003，解耦衰减 0.1。"
                        + $"动量 0.9：学习率 0.03，衰减 0.003。衰减比通常更强，以便在 {epochs} 轮内看出它的作用。"),
                ])),
            ],
            Command(scope));
    }

    private static Text Optimiser(bool adam) => adam ? Text.Same("Adam") : new("momentum", "动量法");

    private static Label[] Accuracy(double[] scores)
    {
        Interval interval = Statistics.MeanInterval(scores, Dataset.TestToTrain, leastDeviation: Digits.Data.ScoreResolution);
        return
        [
            Cells.Share(interval.Mean),
            ReportWords.Range(Cells.Share(Math.Max(0, interval.Low)), Cells.Share(Math.Min(1, interval.High))),
        ];
    }
}
