using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>What becomes of mean 0 and variance 1 through a hundred layers: SELU against the rest.</summary>
internal sealed class SelfNormalisingStudy() : Study("self-normalising", "mean and variance through 100 layers, SELU against the rest")
{
    private const int Depth = 100, Rows = 256;
    private const double Rate = 0.1;

    // The English title belongs to the keys of kept results.
    private static readonly (Condition Condition, string Chinese)[] Named =
    [
        (new("LeCun initialisation", Gain: 1), "LeCun 初始化"),
        (new("weights 0.7 × too small", Gain: 0.7), "权重过小(0.7 倍)"),
        (new("weights 1.4 × too large", Gain: 1.4), "权重过大(1.4 倍)"),
        (new("dropout 10%", Gain: 1, Dropout: Rate), "dropout 10%"),
        (new("alpha dropout 10%", Gain: 1, Dropout: Rate, Alpha: true), "alpha dropout 10%"),
        (new("weights scaled for the function", Gain: 1, Own: true), "权重按函数缩放"),
    ];

    private static readonly Condition[] Conditions = [.. Named.Select(named => named.Condition)];

    private static readonly string[] Shown = ["selu", "elu", "relu", "tanh", "gelu", "swish", "sigmoid"];

    /// <summary>How the layers start, and what is dropped.</summary>
    private sealed record Condition(string Title, double Gain, double Dropout = 0, bool Alpha = false, bool Own = false);

    /// <summary>Everything that decides a result.</summary>
    private sealed record Configuration(string Activation, Condition Condition, int Width, int Seed);

    /// <summary>Mean and variance at each layer.</summary>
    private sealed record Result(double[] Mean, double[] Variance);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["selu-identity-weights", "selu-independent-input", "selu-batch-norm"];

    /// <inheritdoc/>
    public override StudyReport Run(Laboratory lab, StudyScope scope)
    {
        (int width, int seeds) = scope.Quick ? (64, 3) : (256, 10);
        string[] activations = [.. HiddenActivation.All.Select(activation => activation.ToString())];
        Configuration[] runs =
        [
            .. from condition in Conditions
                from activation in activations
                from seed in Enumerable.Range(1, seeds)
                select new Configuration(activation, condition, width, seed),
        ];
        IReadOnlyList<Result> results = lab.Run(Name, runs, Measure);
        ILookup<(string, string), Result> measured = runs.Zip(results)
            .ToLookup(pair => (pair.First.Activation, pair.First.Condition.Title), pair => pair.Second);
        return Report(scope, activations, measured, width, seeds);
    }

    private static Result Measure(Configuration run)
    {
        HiddenActivation activation = HiddenActivation.Parse(run.Activation);
        NetworkPlan plan = new(run.Width, [.. Enumerable.Repeat(run.Width, Depth)], 1, activation, Initialisation.LeCun)
        {
            Gain = run.Condition.Own ? SignalGain.Of(activation.Function) : run.Condition.Gain,
            Dropout = run.Condition.Dropout,
            AlphaDropout = run.Condition.Alpha,
        };
        Network network = new(plan, run.Seed);
        Pass pass = new(network, Rows, run.Seed);
        new RandomStream(run.Seed, "inputs").Fill(pass.Input.Span, 1);
        pass.Forward(Rows, training: true);
        // What the next layer receives: behind the dropout, if there is one.
        int step = run.Condition.Dropout > 0 ? 1 : 0;
        UnitMoments[] moments = [.. network.ActivationPlaces.Select(place => UnitMoments.Of(pass.Blocks[place + step].Y.Span, run.Width))];
        return new([.. moments.Select(layer => layer.Mean)], [.. moments.Select(layer => layer.Variance)]);
    }

    private StudyReport Report(StudyScope scope, string[] activations, ILookup<(string, string), Result> measured, int width, int seeds)
    {
        double Variance(string activation, Condition condition, int layer) =>
            Math.Exp(measured[(activation, condition.Title)].Average(result => Math.Log(result.Variance[layer])));
        double Mean(string activation, Condition condition, int layer) =>
            measured[(activation, condition.Title)].Average(result => result.Mean[layer]);
        ChartPanel Panel(Condition condition) => new(
            NameOf(condition),
            ReportWords.Layer,
            new Text("variance", "方差"),
            [.. Shown.Select((activation, style) => new ChartLine(
                activation,
                [.. Enumerable.Range(0, Depth).Select(layer => (layer + 1.0, Variance(activation, condition, layer)))],
                style))])
        {
            Logarithmic = true,
            Rise = (-12, 4),
        };
        (Condition right, Condition small, Condition large, Condition plain, Condition alpha) = (
            Conditions[0],
            Conditions[1],
            Conditions[2],
            Conditions[3],
            Conditions[4]);
        Text kept = Text.List([.. activations.Where(activation => Variance(activation, right, Depth - 1) is > 0.5 and < 2)]);
        string V(string activation, Condition condition) => Cells.Number(Variance(activation, condition, Depth - 1), 2);
        string M(string activation, Condition condition) => Cells.Number(Mean(activation, condition, Depth - 1), 2);
        string Size(string activation, Condition condition) => Cells.Magnitude(Variance(activation, condition, Depth - 1));
        Text byLayer = new("Variance by layer", "各层的方差");

        return new(
            Name,
            new("Does SELU keep mean 0 and variance 1?", "SELU 能保持均值 0 与方差 1 吗？"),
            new(
                "SELU was constructed so that layers with suitable weights pull the mean of their outputs towards 0 and the variance "
                + "towards 1, without any normalisation. Here normally distributed inputs pass through a hundred layers of random "
                + "weights, and what is left of mean and variance is measured at each, for every function.",
                "SELU 的构造使得权重合适的层无需任何归一化，就能把输出的均值拉向 0、方差拉向 1。"
                + "这里让正态分布的输入穿过一百层随机权重，对每个函数测量各层剩下的均值与方差。"),
            [
                new(
                    $"With LeCun's initialisation the variance after {Depth} layers lies between a half and two for {kept.English}. "
                    + $"SELU: mean {M("selu", right)}, variance {V("selu", right)}; ReLU: variance {Size("relu", right)}; "
                    + $"tanh: {V("tanh", right)}.",
                    $"采用 LeCun 初始化时，{Depth} 层之后方差仍介于一半与两倍之间的函数：{kept.Chinese}。"
                    + $"SELU：均值 {M("selu", right)}，方差 {V("selu", right)}；ReLU：方差 {Size("relu", right)}；tanh：{V("tanh", right)}。"),
                new(
                    $"The fixed point is for weights whose squares sum to 1. With weights 0.7 times too small SELU settles at a variance "
                    + $"of {Size("selu", small)}, with weights 1.4 times too large at {Size("selu", large)}: it forgives, but does not "
                    + "undo, a wrong initialisation.",
                    $"不动点要求权重的平方和为 1。权重过小（0.7 倍）时，SELU 的方差稳定在 {Size("selu", small)}；"
                    + $"权重过大（1.4 倍）时，稳定在 {Size("selu", large)}：它容忍错误的初始化，但不能消除其影响。"),
                new(
                    $"Dropout of 10% moves SELU's variance to {V("selu", plain)} and its mean to {M("selu", plain)}; alpha dropout keeps "
                    + $"them at {V("selu", alpha)} and {M("selu", alpha)}. That a ReLU network then shows a variance of "
                    + $"{V("relu", alpha)} as well is no virtue: what is dropped becomes a number rather than 0, and that noise, not the "
                    + "signal, is what arrives.",
                    $"10% 的 dropout 使 SELU 的方差变为 {V("selu", plain)}，均值变为 {M("selu", plain)}；"
                    + $"alpha dropout 则使它们保持在 {V("selu", alpha)} 和 {M("selu", alpha)}。"
                    + $"ReLU 网络此时的方差也有 {V("relu", alpha)}，但这并非优点：被丢弃的值变成了一个非 0 的数，传到后面的是这种噪声，而不是信号。"),
            ],
            [
                new Heading(byLayer),
                new ReportFigure(
                    "right",
                    new("Variance of all outputs of a layer. A flat line at 1 is ideal.", "一层全部输出的方差。保持在 1 的水平线最为理想。"),
                    language => LineChart.Of(language, byLayer, Panel(right), Panel(small), Panel(large))),
                new ReportFigure(
                    "dropout",
                    new(
                        "The same with dropout, and with weights scaled so that each function keeps the size of its signal.",
                        "同上，但加入 dropout，以及按各函数缩放权重以保持其信号大小。"),
                    language => LineChart.Of(language, byLayer, Panel(plain), Panel(alpha), Panel(Conditions[5]))),
                new Heading(new("After a hundred layers", "一百层之后")),
                .. Conditions.Select(condition => new ReportTable(
                    new(
                        $"{condition.Title}: mean and variance after some layers.",
                        $"{NameOf(condition).Chinese}：若干层之后的均值与方差。"),
                    [
                        ReportWords.Function,
                        new Text("mean, layer 1", "均值，第 1 层"),
                        "10",
                        "100",
                        new Text("variance, layer 1", "方差，第 1 层"),
                        "10",
                        "100",
                    ],
                    [.. activations.Select(activation => (IReadOnlyList<Label>)
                        [
                            activation,
                            .. ((int[])[0, 9, Depth - 1]).Select(layer => Cells.Number(Mean(activation, condition, layer), 2)),
                            .. ((int[])[0, 9, Depth - 1]).Select(layer => Cells.Magnitude(Variance(activation, condition, layer))),
                        ])])),
                new Heading(ReportWords.HowMeasured),
                new Prose(new(
                    $"Layers of {width} units, {Rows} inputs, weights normally distributed, no biases, no training; "
                    + $"means over {seeds} seeds, of variances geometric ones. "
                    + "Mean and variance are taken over all units and inputs of a layer, behind the dropout where there is one. "
                    + "The same weights, up to scale, for all functions of a seed.",
                    $"每层 {width} 个单元，{Rows} 个输入，权重服从正态分布，无偏置，不训练；对 {seeds} 个种子取均值，方差取几何平均。"
                    + "均值与方差对一层的所有单元和输入计算；若有 dropout，则在其之后计算。同一种子的所有函数使用相同的权重（仅尺度不同）。")),
            ],
            Command(scope));
    }

    private static Text NameOf(Condition condition) =>
        new(condition.Title, Array.Find(Named, named => named.Condition == condition).Chinese);
}
