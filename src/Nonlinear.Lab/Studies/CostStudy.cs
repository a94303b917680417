using System.Diagnostics;
using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>What each activation costs in training: time for an epoch, and memory.</summary>
internal sealed class CostStudy() : Study("cost", "training time for an epoch by activation, and memory")
{
    private const int Features = 784, Classes = 10, Batch = 128, AllRows = 60_000;

    private static readonly int[] Hidden = [256, 256];

    /// <summary>Everything that decides a result, apart from the machine.</summary>
    private sealed record Configuration(string Data, string Activation, int Rows, int Threads, int Round);

    /// <summary>What was measured.</summary>
    private sealed record Result(double Seconds, long Parameters, long TrainingBytes, long BytesOfRow);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Claims => ["tanh-cost"];

    /// <inheritdoc/>
    public override bool MeasuresTime => true;

    /// <inheritdoc/>
    public override StudyReport Run(Laboratory lab, StudyScope scope)
    {
        bool real = scope.DataFolder is not null || FashionMnist.InstalledFolder is not null;
        (int rows, int rounds) = scope.Quick ? (6_000, 3) : (AllRows, 3);
        (DataPart data, Text name) = Data(scope, real, rows);
        string[] activations = [.. HiddenActivation.All.Select(activation => activation.ToString())];
        // Round by round, so that whatever else the machine does falls on all alike; one at a time, on all threads.
        Configuration[] runs =
        [
            .. from round in Enumerable.Range(1, rounds)
                from activation in activations
                select new Configuration(name.English, activation, rows, lab.Threads, round),
        ];
        Measure(
            runs[0] with { Rows = 0 },
            data with { Inputs = data.Inputs[..(Batch * Features)], Targets = data.Targets[..Batch] },
            lab.Cancellation);
        IReadOnlyList<Result> results = lab.OneAtATime().Run(Name, runs, run => Measure(run, data, lab.Cancellation));
        ILookup<string, Result> measured = runs.Zip(results).ToLookup(pair => pair.First.Activation, pair => pair.Second);
        return Report(scope, activations, measured, name, rows, rounds, lab.Threads);
    }

    private static (DataPart Data, Text Name) Data(StudyScope scope, bool real, int rows)
    {
        DataPart all;
        if (real)
        {
            (Dataset train, Dataset test) = scope.FashionMnist();
            all = train.With(test).Train;
        }
        else
        {
            RandomStream random = new(1, "cost");
            float[] inputs = new float[rows * Features];
            random.Fill(inputs, 1);
            all = new(inputs, [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(Classes))], Features, Classes);
        }
        return (
            all with { Inputs = all.Inputs[..(rows * Features)], Targets = all.Targets[..rows] },
            real
                ? Text.Same("Fashion-MNIST")
                : new("random numbers in the shape of Fashion-MNIST", "与 Fashion-MNIST 形状相同的随机数"));
    }

    private static Result Measure(Configuration run, DataPart data, CancellationToken cancellation)
    {
        Network network = new(new(Features, Hidden, Classes, HiddenActivation.Parse(run.Activation), Initialisation.He), 1);
        Trainer trainer = new(network, data, new AdamPlan(1e-3), Batch, 1, run.Threads);
        long start = Stopwatch.GetTimestamp();
        trainer.Epoch(cancellation);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long parameters = network.Parameters.Sum(parameter => (long)parameter.Values.Length);
        Pass pass = new(network, 1);
        long numbers = pass.Blocks.Sum(block => (long)block.Y.Length + block.Dy.Length + block.Kept.Length) + (2 * Features);
        // Values, gradients and Adam's two means.
        return new(seconds, parameters, parameters * 4 * sizeof(float), numbers * sizeof(float));
    }

    private StudyReport Report(
        StudyScope scope,
        string[] activations,
        ILookup<string, Result> measured,
        Text data,
        int rows,
        int rounds,
        int threads)
    {
        double Seconds(string activation) => measured[activation].Min(result => result.Seconds);
        string[] ranking = [.. activations.OrderBy(Seconds)];
        double relu = Seconds("relu");
        string size = rows.ToString("N0", CultureInfo.InvariantCulture),
            cheapest = Cells.Number(Seconds(ranking[0]) / relu, 2),
            dearest = Cells.Number(Seconds(ranking[^1]) / relu, 2),
            pieces = Cells.Number((double)measured["maxout"].First().Parameters / measured["relu"].First().Parameters, 2);
        return new(
            Name,
            new("What does an activation cost in training?", "激活函数在训练中要花多少代价？"),
            new(
                "In a network most of the time goes into products of matrices. "
                + "Here the same network is trained for an epoch with each activation, "
                + "to see how much of the price of a function is left in the whole.",
                "网络的大部分时间花在矩阵乘法上。这里用每个激活函数把同一个网络训练一轮，看函数本身的代价在整体中还剩多少。"),
            [
                new(
                    $"An epoch over {size} rows takes {Cells.Number(relu, 2)} s with relu on {threads} "
                    + $"{(threads == 1 ? "thread" : "threads")}; the cheapest, {ranking[0]}, "
                    + $"takes {cheapest} times as long, the dearest, {ranking[^1]}, {dearest} times.",
                    $"用 relu 在 {threads} 个线程上对 {size} 行训练一轮需 {Cells.Number(relu, 2)} 秒；最快的 {ranking[0]} 耗时为其 {cheapest} 倍，"
                    + $"最慢的 {ranking[^1]} 为其 {dearest} 倍。"),
                new(
                    $"Maxout pays for its pieces: {pieces} times the parameters, and as much more memory for values, gradients and "
                    + "moments.",
                    $"Maxout 要为它的多个分片付出代价：参数量为 relu 的 {pieces} 倍，存放数值、梯度和矩估计的内存也相应增加。"),
            ],
            [
                new Heading(new("Time and memory", "时间与内存")),
                new ReportTable(
                    new(
                        $"784-{string.Join('-', Hidden)}-10, batches of {Batch}, Adam; {data.English}, {size} rows; "
                        + $"best of {rounds} rounds.",
                        $"784-{string.Join('-', Hidden)}-10，批大小 {Batch}，Adam；{data.Chinese}，{size} 行；{rounds} 轮测量中的最快者。"),
                    [
                        ReportWords.Function,
                        new Text("epoch, s", "一轮（秒）"),
                        new Text("relative to relu", "相对于 relu"),
                        new Text("parameters", "参数量"),
                        new Text("memory for training, MB", "训练所需内存（MB）"),
                        new Text("memory for a row, kB", "每行所需内存（kB）"),
                    ],
                    [.. ranking.Select(activation => (IReadOnlyList<Label>)
                    [
                        activation,
                        Cells.Number(Seconds(activation)),
                        Cells.Number(Seconds(activation) / relu),
                        measured[activation].First().Parameters.ToString("N0", CultureInfo.InvariantCulture),
                        Cells.Number(measured[activation].First().TrainingBytes / 1e6),
                        Cells.Number(measured[activation].First().BytesOfRow / 1e3),
                    ])]),
                new ReportFigure(
                    "time",
                    new(
                        "Time for an epoch: the best round (large dot), and every round (pale).",
                        "训练一轮的时间：最快的一次（大点）与每一次（浅色）。"),
                    language => IntervalChart.Of(
                    language,
                    new("Time for an epoch", "训练一轮的时间"),
                    new("seconds", "秒"),
                    [.. ranking.Select(activation => new IntervalRow(
                        activation,
                        Seconds(activation),
                        Seconds(activation),
                        Seconds(activation),
                        [.. measured[activation].Select(result => result.Seconds)],
                        activation == "relu" ? 0 : 2))])),
                new Heading(ReportWords.HowMeasured),
                new Prose(new(
                    "One run at a time, round by round, so that whatever else the machine did falls on all alike; "
                    + "the best round counts, for disturbances only add. Times belong to the machine that wrote this page. "
                    + "Memory is worked out from what is kept: values, gradients and Adam's two means for each parameter; "
                    + "outputs and gradients of every layer for each row of a batch.",
                    "一次只运行一项，逐轮进行，使机器上的其他活动对各函数的影响相同；取最快的一轮，因为干扰只会增加时间。"
                    + "时间属于写出本页的机器。内存按所保存的内容计算得出：每个参数的数值、梯度和 Adam 的两个矩估计；"
                    + "以及批次中每一行在各层的输出与梯度。")),
            ],
            Command(scope));
    }
}
