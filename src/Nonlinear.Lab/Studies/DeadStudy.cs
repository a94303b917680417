using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
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
        string Shares(Func<string, double> share) =>
            Cells.List([.. Activations.Select(activation => $"{Cells.RoundShare(share(activation))} ({activation})")]);
        GridPanel Panel(string activation, Func<Result, double> value) => new(
            activation,
            "learning rate",
            [.. Rates.Select(rate => Cells.Number(rate))],
            [.. Biases.Select(bias => Rates.Select(rate => Mean(activation, rate, bias, value)).ToArray())]);
        string[] rows = [.. Biases.Select(bias => $"bias {Cells.Number(bias)}")];

        return new(
            Name,
            "When do units die, and do they come back?",
            "A rectifier that receives nothing above 0, whatever the data, puts out 0 and has no slope: no gradient reaches it, "
            + "and it is dead. Other functions have a slope there. Here networks are trained with small and large steps, "
            + "from biases of 0 and far below, and the units are counted that are silent: that receive at most 0 on all of the data.",
            [
                $"With biases of 0, {Cells.Share(rising[0])} of the rectifiers are silent in the end at a learning rate of "
                + $"{Cells.Number(Rates[0])}, and {Cells.Share(rising[1])}, "
                + $"{Cells.Share(rising[2])} and {Cells.Share(rising[3])} at {Cells.Number(Rates[1])}, "
                + $"{Cells.Number(Rates[2])} and {Cells.Number(Rates[3])}: "
                + $"{(rising[3] > rising[0] + 0.1 ? "large steps kill" : "the size of the steps decides little here")}.",
                $"At a rate of {Cells.Number(Rates[0])}, {Cells.Share(sinking[0])} are silent in the end if the biases start at 0, "
                + $"and {Cells.Share(sinking[1])}, {Cells.Share(sinking[2])} and {Cells.Share(sinking[3])} if they start at "
                + $"{Cells.Number(Biases[1])}, {Cells.Number(Biases[2])} and {Cells.Number(Biases[3])}: "
                + $"{(sinking[3] > sinking[0] + 0.1 ? "low biases kill as well" : "the biases decide little here")}.",
                $"Of the units that were ever silent, these came back: {Shares(activation => Overall(activation, result => result.Back))}. "
                + "A slope below 0 brings units back; without one, a unit comes back only if the layer before it changes what it receives.",
                $"Slopes below 0 have a price at large steps: {Shares(Diverged)} of the runs diverged, "
                + "and are left out of all other numbers.",
            ],
            [
                new Heading("Silent in the end"),
                new Prose(
                    $"Share of {Layers} × {Width} hidden units that are silent after {epochs} epochs; means over {seeds} seeds. "
                    + "A dash: training diverged for every seed."),
                new ReportFigure(
                    "silent",
                    "Share of hidden units that are silent in the end, by learning rate and starting bias.",
                    () => GridChart.Of(
                        "Silent units",
                        rows,
                        share => -share,
                        Cells.RoundShare,
                        [.. Activations.Select(activation => Panel(activation, result => result.Silent[^1]))])),
                new Heading("Accuracy"),
                new ReportFigure(
                    "accuracy",
                    "Unseen digits that are recognised in the end.",
                    () => GridChart.Of(
                        "Accuracy",
                        rows,
                        value => (value - 0.1) / 0.9,
                        Cells.RoundShare,
                        [.. Activations.Select(activation => Panel(activation, result => result.Accuracy))])),
                new Heading("On the way"),
                new ReportFigure(
                    "epochs",
                    "Share of silent units after each epoch; biases start at -2.",
                    () => LineChart.Of(
                        "Silent units by epoch",
                        [.. ((double[])[Rates[0], Rates[1]]).Select(rate => new ChartPanel(
                            $"learning rate {Cells.Number(rate)}",
                            "epoch",
                            "share of silent units",
                            [.. Activations.Select((activation, style) => new ChartLine(
                                activation,
                                [.. Enumerable.Range(0, epochs + 1)
                                    .Select(epoch => ((double)epoch, Mean(activation, rate, -2, result => result.Silent[epoch])))],
                                style))])
                        {
                            Rise = (-0.02, 1.02),
                        })])),
                new ReportTable(
                    "Means over all learning rates, biases and seeds of the runs that did not diverge.",
                    [
                        "function", "silent at the start", "ever silent", "of those back in the end", "silent in the end", "accuracy",
                        "runs that diverged",
                    ],
                    [.. Activations.Select(activation => (IReadOnlyList<string>)
                    [
                        activation,
                        Cells.Share(Overall(activation, result => result.Silent[0])),
                        Cells.Share(Overall(activation, result => result.Ever)),
                        Cells.Share(Overall(activation, result => result.Back)),
                        Cells.Share(Overall(activation, result => result.Silent[^1])),
                        Cells.Share(Overall(activation, result => result.Accuracy)),
                        Cells.Share(Diverged(activation)),
                    ])]),
                new Heading("How it was measured"),
                new Prose(
                    $"Data: {Digits.Data.Name} ({Digits.Data.Description}). "
                    + $"{Digits.Data.Origin} Network: {Layers} hidden layers of {Width} units, He initialisation. "
                    + $"Gradient descent with momentum 0.9, batches of {Batch}. "
                    + "All functions of a seed have the same split, weights and order of batches."),
            ],
            Command(scope));
    }
}
