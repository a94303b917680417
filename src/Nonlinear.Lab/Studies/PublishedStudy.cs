using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
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
                $"GELU, dropout {Cells.Number(dropout)}", "training loss", "gelu", rival, "gelu lower",
                Values(Best(dropout), "gelu", result => result.TrainingLoss),
                Values(Best(dropout), rival, result => result.TrainingLoss),
                LowerIsBetter: true),
            .. from depth in size.Depths from rival in MishPaper[1..] select new Comparison(
                $"Mish, {depth} layers", "accuracy", "mish", rival, depth > 15 ? "mish far higher" : "about equal",
                Values(Deep(depth), "mish", result => result.Accuracy),
                Values(Deep(depth), rival, result => result.Accuracy),
                LowerIsBetter: false) { PublishedEqual = depth <= 15 },
            new Comparison("Maxout, 2 layers", "accuracy", MaxoutPaper[0], "relu", "maxout higher by 0.1 points",
                Values(maxout, MaxoutPaper[0], result => result.Accuracy),
                Values(maxout, "relu", result => result.Accuracy),
                LowerIsBetter: false),
        ];
        int agree = comparisons.Count(comparison => comparison.Verdict == Comparison.Agrees),
            contradict = comparisons.Count(comparison => comparison.Verdict == Comparison.Contradicts);

        return new(
            Name,
            "Do published comparisons come out again?",
            "Three papers compared activations on handwritten digits (MNIST) with dense networks. "
            + "Here their settings are repeated on Fashion-MNIST, which is as large and harder, "
            + "as far as two processor cores allow: the order and the gaps, each with its 95% interval, stand beside what the papers say.",
            [
                $"Of {comparisons.Length} comparisons {agree} come out as in the paper, {contradict} the other way, "
                + $"and {comparisons.Length - agree - contradict} cannot be told apart from chance with {size.Seeds} seeds.",
                .. comparisons.Where(comparison => comparison.Verdict == Comparison.Contradicts)
                    .Select(comparison => $"{comparison.Experiment}, {comparison.Favourite} against {comparison.Rival}: "
                        + $"the paper has {comparison.Published}; here the difference in {comparison.Quantity} is {comparison.Gap}."),
            ],
            [
                new Heading("Side by side"),
                new ReportTable(
                    "Differences of runs with the same seed: the paper's function minus the other. "
                    + "A comparison agrees if the 95% interval lies on the side that the paper says or, "
                    + "where it says that there is next to no difference, within 2 points.",
                    ["experiment", "compared", "quantity", "the paper", "here: difference and 95% interval", "verdict"],
                    [.. comparisons.Select(comparison => (IReadOnlyList<string>)[
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
                    "Loss at the end of training, eight layers of 128 units.",
                    () => IntervalChart.Of(
                        "GELU paper: training loss",
                        "mean loss of the last epoch",
                        [.. ((double[])[0, 0.5]).SelectMany(dropout => GeluPaper.Select(
                            (activation, style) => Row(
                                $"{activation}, dropout {Cells.Number(dropout)}",
                                Values(Best(dropout), activation, result => result.TrainingLoss),
                                style)))])),
                new ReportFigure(
                    "mish",
                    "Accuracy by depth.",
                    () => LineChart.Of(
                        "Mish paper: accuracy by depth",
                        new ChartPanel(
                            "Mean over seeds",
                            "hidden layers",
                            "accuracy",
                            [.. MishPaper.Select((activation, style) => new ChartLine(
                                activation,
                                [.. size.Depths.Select(
                                    depth => ((double)depth, Values(Deep(depth), activation, result => result.Accuracy).Average()))],
                                style))]))),
                new ReportFigure(
                    "maxout",
                    "Accuracy of two hidden layers with dropout.",
                    () => IntervalChart.Of(
                        "Maxout paper: accuracy",
                        "accuracy",
                        [.. MaxoutPaper.Select(
                            (activation, style) => Row(activation, Values(maxout, activation, result => result.Accuracy), style))])),
                new Heading("What was repeated, and what was not"),
                new Prose(
                    "GELU (Hendrycks and Gimpel, 2016, arXiv:1606.08415, section 3.1): eight layers of 128 units, Adam, batches of 128, "
                    + "with and without dropout of one half, the better of two learning rates for each function. "
                    + "The paper trains 50 epochs on MNIST and says that GELU tends to have the lowest median training loss, "
                    + $"and gives no numbers. Here: {size.Epochs} epochs on {size.Rows:N0} pictures; "
                    + "its initialisation on the unit sphere is replaced by He's."),
                new Prose(
                    "Mish (Misra, 2019, arXiv:1908.08681, section on depth): the accuracy of swish and ReLU falls sharply beyond 15 "
                    + "layers, that of Mish much less. The paper's networks have 500 units, batch normalisation, "
                    + "dropout of a quarter and gradient descent. Here: 128 units, no normalisation, "
                    + $"{size.MishEpochs} epochs on {size.Rows:N0} pictures."),
                new Prose(
                    "Maxout (Goodfellow et al., 2013, arXiv:1302.4389, permutation-invariant MNIST): two maxout layers of 240 units of 5 "
                    + "pieces with dropout reach an error of 0.94%, rectifiers with dropout (Srivastava, 2013) 1.05%. "
                    + "Here: rectifiers with two layers of 1024, Adam rather than momentum with a norm constraint, "
                    + $"no dropout of the inputs, {size.Epochs} epochs on {size.Rows:N0} pictures."),
                new Prose(
                    "The intervals are Student's over seeds, which vary weights, order and dropout, "
                    + "with the pictures fixed: they are about training, not about other data. They are for each comparison alone. "
                    + "What contradicts a paper here contradicts it for these data and this budget, not for its own."),
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
        string Experiment,
        string Quantity,
        string Favourite,
        string Rival,
        string Published,
        double[] Ours,
        double[] Others,
        bool LowerIsBetter)
    {
        public const string Agrees = "agrees", Contradicts = "contradicts", Open = "cannot be told";

        private const double NearlyEqual = 0.02;

        public bool PublishedEqual { get; init; }

        private Interval Difference => Statistics.MeanInterval([.. Ours.Zip(Others, (one, other) => one - other)], testToTrain: 0);

        public string Gap => Quantity == "accuracy"
            ? $"{Signed(100 * Difference.Mean, 1)} points ({Signed(100 * Difference.Low, 1)} to {Signed(100 * Difference.High, 1)})"
            : $"{Signed(Difference.Mean, 3)} ({Signed(Difference.Low, 3)} to {Signed(Difference.High, 3)})";

        public string Verdict
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
