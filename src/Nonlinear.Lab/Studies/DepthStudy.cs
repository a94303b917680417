using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>How far signals and gradients carry through 2 to 50 layers, and what is learned there.</summary>
internal sealed class DepthStudy() : Study("depth", "signals, gradients and accuracy from 2 to 50 layers")
{
    private const int ProbeRows = 256, Batch = 32;
    private const double LearningRate = 1e-3, Learned = 0.8;

    private static readonly Text Gradient = new("Gradient", "梯度");

    private static readonly string[] Shown = ["sigmoid", "tanh", "relu", "selu", "gelu", "swish", "mish"];

    /// <summary>Everything that decides a result.</summary>
    private sealed record Configuration(
        string Data,
        string Activation,
        Initialisation Initialisation,
        int Depth,
        int Width,
        int Epochs,
        int Seed);

    /// <summary>What was measured: signal and gradient at each hidden layer before training, accuracy after it.</summary>
    private sealed record Result(double[] Signal, double[] Gradient, double Accuracy);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["vanishing-gradient"];

    /// <inheritdoc/>
    public override StudyReport Run(Laboratory lab, StudyScope scope)
    {
        int[] depths = scope.Quick ? [2, 5, 10, 20, 50] : [2, 5, 10, 15, 20, 30, 40, 50];
        (int width, int epochs, int seeds) = scope.Quick ? (32, 10, 1) : (64, 20, 3);
        string[] activations = [.. HiddenActivation.All.Select(activation => activation.ToString())];
        Initialisation[] rules = Enum.GetValues<Initialisation>();
        Configuration[] runs =
        [
            .. from depth in depths from rule in rules from activation in activations from seed in Enumerable.Range(1, seeds)
               select new Configuration(Digits.Data.Fingerprint, activation, rule, depth, width, epochs, seed),
        ];
        IReadOnlyList<Result> results = lab.Run(Name, runs, run => Measure(run, lab.Cancellation));
        ILookup<(string, Initialisation, int), Result> measured = runs.Zip(results)
            .ToLookup(pair => (pair.First.Activation, pair.First.Initialisation, pair.First.Depth), pair => pair.Second);
        return Report(scope, new(activations, rules, depths, measured), width, epochs, seeds);
    }

    private static Result Measure(Configuration run, CancellationToken cancellation)
    {
        (DataPart train, _, DataPart test) = Digits.Data.Split(run.Seed);
        NetworkPlan plan = new(
            train.Features,
            [.. Enumerable.Repeat(run.Width, run.Depth)],
            train.Outputs,
            HiddenActivation.Parse(run.Activation),
            run.Initialisation);
        Network network = new(plan, run.Seed);
        (double[] signal, double[] gradient) = Probe(network, train);
        Trainer trainer = new(network, train, new AdamPlan(LearningRate), Batch, run.Seed);
        bool finite = true;
        for (int epoch = 0; epoch < run.Epochs && finite; epoch++)
            finite = double.IsFinite(trainer.Epoch(cancellation));
        return new(signal, gradient, Evaluation.Of(network, test).Score);
    }

    // Signal: the variance of a unit's output over the inputs, averaged over the units. Gradient: the norm of the gradient by the inputs of
    // the activations; unlike the gradient by the weights it does not depend on the size of the signal.
    private static (double[] Signal, double[] Gradient) Probe(Network network, DataPart data)
    {
        Pass pass = new(network, ProbeRows);
        float[] targets = new float[ProbeRows];
        data.Gather([.. Enumerable.Range(0, ProbeRows)], pass.Input.Span, targets);
        pass.Forward(ProbeRows, training: false);
        Loss.For(data).Evaluate(pass.Output.Span, targets, pass.OutputGradient.Span, ProbeRows);
        pass.Backward(ProbeRows);
        LayerBlock[] hidden = [.. network.ActivationPlaces.Select(place => pass.Blocks[place])];
        return (
            [.. hidden.Select(block => UnitMoments.Of(block.Y.Span, block.Y.Length / ProbeRows).MeanVariance)],
            [.. hidden.Select(block => Norm(block.Dx.Span))]);
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
            squares += (double)value * value;
        return Math.Sqrt(squares);
    }

    /// <summary>All results, by what they belong to.</summary>
    private sealed record Findings(
        string[] Activations,
        Initialisation[] Rules,
        int[] Depths,
        ILookup<(string, Initialisation, int), Result> Results)
    {
        public double Accuracy(string activation, Initialisation rule, int depth) =>
            Results[(activation, rule, depth)].Average(result => result.Accuracy);

        public double Signal(string activation, Initialisation rule, int depth) =>
            Results[(activation, rule, depth)].Average(result => result.Signal[^1]);

        public double Ratio(string activation, Initialisation rule, int depth) =>
            Results[(activation, rule, depth)].Average(result => result.Gradient[0] / result.Gradient[^1]);

        // The largest number of layers up to which every stack learns.
        public int LearnsTo(string activation, Initialisation rule) =>
            Depths.TakeWhile(depth => Accuracy(activation, rule, depth) >= Learned).LastOrDefault();

        public GridPanel Grid(Initialisation rule, Func<string, Initialisation, int, double> value) => new(
            Named(rule),
            ReportWords.HiddenLayers,
            [.. Depths.Select(depth => $"{depth}")],
            [.. Activations.Select(activation => Depths.Select(depth => value(activation, rule, depth)).ToArray())]);

        public static Text Named(Initialisation rule) => new($"{rule} initialisation", $"{rule} 初始化");

        public GridPanel[] Grids(Func<string, Initialisation, int, double> value) => [.. Rules.Select(rule => Grid(rule, value))];
    }

    private StudyReport Report(StudyScope scope, Findings found, int width, int epochs, int seeds)
    {
        int deepest = found.Depths[^1];
        List<Text> findings = [];
        foreach (Initialisation rule in found.Rules)
        {
            int most = found.Activations.Max(activation => found.LearnsTo(activation, rule));
            Text able = Text.List([.. found.Activations.Where(activation => found.LearnsTo(activation, rule) == most)]);
            findings.Add(new(
                $"With {rule} initialisation the deepest stack that learns the digits (at least {Cells.RoundShare(Learned)} right) has "
                + $"{most} of up to {deepest} layers, with {able.English}; with a sigmoid it has {found.LearnsTo("sigmoid", rule)}.",
                $"采用 {rule} 初始化时，能学会识别数字（至少 {Cells.RoundShare(Learned)} 正确）的最深堆叠为 {most} 层（至多 {deepest} 层），"
                + $"所用函数为 {able.Chinese}；用 sigmoid 时为 {found.LearnsTo("sigmoid", rule)} 层。"));
        }
        double perLayer = Math.Pow(found.Ratio("sigmoid", Initialisation.Glorot, deepest), 1.0 / (deepest - 1));
        string left = Cells.Magnitude(found.Ratio("sigmoid", Initialisation.Glorot, deepest));
        findings.Add(new(
            $"The gradient of a sigmoid network (Glorot) shrinks to {Cells.RoundShare(perLayer)} of its size with every layer it is "
            + $"carried back; over {deepest} layers {left} of it is left. That is what a vanishing gradient looks like.",
            $"sigmoid 网络（Glorot 初始化）的梯度每反向传过一层就缩小到原来的 {Cells.RoundShare(perLayer)}；"
            + $"传过 {deepest} 层后只剩 {left}。这就是梯度消失的样子。"));
        Text dying = Text.List(
            [.. found.Activations.Where(activation => found.Signal(activation, Initialisation.LeCun, deepest) < 1e-6)]);
        findings.Add(new(
            $"The signal can die out as well: of {deepest} layers with LeCun initialisation the last can no longer tell the inputs apart "
            + $"(variance below 10⁻⁶) for {dying.English}.",
            $"信号也会衰减殆尽：采用 LeCun 初始化的 {deepest} 层网络，其最后一层已无法区分不同输入（方差低于 10⁻⁶）的函数：{dying.Chinese}。"));

        return new(
            Name,
            new("How deep can a plain network go?", "普通网络能有多深？"),
            new(
                "A stack of equal layers, without normalisation or short cuts. Going forward, each layer must still tell the inputs "
                + "apart; going back, the gradient must still reach the first layer. "
                + "Both are measured before training, and then the network is trained.",
                "由相同的层堆叠而成，没有归一化，也没有捷径连接。前向传播时，每一层都必须仍能区分不同的输入；反向传播时，梯度必须仍能到达第一层。"
                + "两者都在训练之前测量，然后再训练网络。"),
            findings,
            [
                new Heading(ReportWords.Accuracy),
                new Prose(new(
                    $"Digits it has not seen that a network gets right after {epochs} epochs of Adam (rate 10⁻³, batches of {Batch}); "
                    + $"{width} units a layer, {(seeds == 1 ? "one seed" : $"the mean of {seeds} seeds")}. Guessing gives 10%.",
                    $"用 Adam 训练 {epochs} 轮（学习率 10⁻³，批大小 {Batch}）后，网络对未见过的数字识别正确的比例；"
                    + $"每层 {width} 个单元，{(seeds == 1 ? "一个种子" : $"{seeds} 个种子的均值")}。随机猜测的准确率为 10%。")),
                new ReportFigure(
                    "accuracy",
                    new("Share of unseen digits that are recognised. Blue is good, white is guessing.", "未见过的数字中被正确识别的比例。蓝色为好，白色相当于猜测。"),
                    language => GridChart.Of(
                        language,
                        ReportWords.Accuracy,
                        [.. found.Activations],
                        value => (value - 0.1) / 0.9,
                        Cells.RoundShare,
                        found.Grids(found.Accuracy))),
                .. found.Rules.Select(rule => Table(found, rule)),
                new Heading(Gradient),
                new Prose(new(
                    "The gradient that arrives at the first hidden layer, divided by that at the last (Euclidean norms of the gradient by "
                    + "the inputs of the activations, before training). 1 is ideal. "
                    + "A small number means that the first layers hardly learn: the gradient vanishes. "
                    + "A large one means that a step which suits the last layer throws the first ones about: it explodes.",
                    "到达第一个隐藏层的梯度与最后一个隐藏层的梯度之比（训练前，梯度对激活函数输入的欧几里得范数）。1 为理想值。"
                    + "数值很小，说明前面的层几乎不学习：梯度消失。数值很大，说明适合最后一层的步长会使前面的层剧烈震荡：梯度爆炸。")),
                new ReportFigure(
                    "gradient",
                    new(
                        "Gradient at the first layer relative to the last. Orange: it vanishes. Blue: it explodes.",
                        "第一层的梯度与最后一层之比。橙色：消失。蓝色：爆炸。"),
                    language => GridChart.Of(
                        language,
                        new("Gradient at the first layer / at the last", "第一层与最后一层的梯度之比"),
                        [.. found.Activations],
                        value => Math.Log10(value) / 6,
                        Cells.Magnitude,
                        found.Grids(found.Ratio))),
                new ReportFigure(
                    "gradient-by-layer",
                    new(
                        $"Norm of the gradient at each of {deepest} layers, before training. "
                        + "A straight slope means that each layer multiplies by the same factor.",
                        $"训练前 {deepest} 层中每一层梯度的范数。直线下降或上升，说明每一层都乘以同一个系数。"),
                    language => Profile(
                        language,
                        found,
                        new("Gradient by layer", "各层的梯度"),
                        new("gradient", "梯度"),
                        result => result.Gradient)),
                new Heading(new("Signal", "信号")),
                new Prose(new(
                    "The variance of a unit's output over the inputs, on average over the units of the last hidden layer. "
                    + "The inputs have variance 1. Where next to nothing is left, all inputs look alike to the last layer, "
                    + "and nothing can be told apart, however good the gradient.",
                    "单个单元的输出在不同输入上的方差，再对最后一个隐藏层的所有单元取平均。输入的方差为 1。"
                    + "若几乎所剩无几，则在最后一层看来所有输入都一样，梯度再好也无从区分。")),
                new ReportFigure(
                    "signal",
                    new(
                        "Variance that is left at the last hidden layer. Orange: the signal dies out. Blue: it grows.",
                        "到最后一个隐藏层时剩下的方差。橙色：信号衰减。蓝色：信号增大。"),
                    language => GridChart.Of(
                        language,
                        new("Signal at the last hidden layer", "最后一个隐藏层的信号"),
                        [.. found.Activations],
                        value => Math.Log10(value) / 6,
                        Cells.Magnitude,
                        found.Grids(found.Signal))),
                new ReportFigure(
                    "signal-by-layer",
                    new($"Variance at each of {deepest} layers.", $"{deepest} 层中每一层的方差。"),
                    language => Profile(
                        language, found, new("Signal by layer", "各层的信号"), new("signal", "信号"), result => result.Signal)),
                new Heading(ReportWords.HowMeasured),
                new Prose(Text.Sentences(
                [
                    Digits.Data.InWords,
                    new(
                        "75% of the rows to learn from, 10% to judge by. "
                        + "All networks of a seed have the same split and the same order of batches, "
                        + "and weights drawn from the same random numbers. One learning rate for all: `nonlinear choose` "
                        + "tunes it for each function.",
                        "75% 的行用于学习，10% 用于评判。同一种子的所有网络采用相同的划分、相同的批次顺序，权重由相同的随机数生成。"
                        + "所有函数共用一个学习率；`nonlinear choose` 会为每个函数分别调整学习率。"),
                ])),
            ],
            Command(scope));
    }

    private static ReportTable Table(Findings found, Initialisation rule)
    {
        int deepest = found.Depths[^1];
        return new(
            new(
                $"Accuracy with {rule} initialisation, by the number of hidden layers; the depth up to which it learns; "
                + $"gradient (first / last layer) and signal with {deepest} layers.",
                $"采用 {rule} 初始化时，各隐藏层数下的准确率；能够学习的最大深度；{deepest} 层时的梯度（第一层与最后一层之比）和信号。"),
            [
                ReportWords.Function,
                .. found.Depths.Select(depth => $"{depth}"),
                new Text("learns to", "可学深度"),
                new Text("gradient", "梯度"),
                new Text("signal", "信号"),
            ],
            [
                .. found.Activations.Select(activation => (IReadOnlyList<Label>)
                [
                    activation,
                    .. found.Depths.Select(depth => Cells.Share(found.Accuracy(activation, rule, depth))),
                    found.LearnsTo(activation, rule) is > 0 and int depth ? $"{depth}" : "–",
                    Cells.Magnitude(found.Ratio(activation, rule, deepest)),
                    Cells.Magnitude(found.Signal(activation, rule, deepest)),
                ]),
            ]);
    }

    private static Figure Profile(Language language, Findings found, Text title, Text quantity, Func<Result, double[]> values)
    {
        int deepest = found.Depths[^1];
        return LineChart.Of(
            language,
            title,
            [.. found.Rules.Select(rule => new ChartPanel(
                Findings.Named(rule),
                ReportWords.Layer,
                quantity,
                [.. Shown.Select((activation, style) => new ChartLine(
                    activation,
                    [.. values(found.Results[(activation, rule, deepest)].First()).Select((value, layer) => (layer + 1.0, value))],
                    style))])
            {
                Logarithmic = true,
                Rise = (-20, 10),
            })]);
    }
}
