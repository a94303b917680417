using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
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
            $"{activation}, {(adam ? "Adam" : "momentum")}",
            "epoch",
            Symbol(activation),
            [
                .. from decayed in (bool[])[false, true]
                    from layer in Enumerable.Range(0, Layers)
                    select new ChartLine(
                        $"layer {layer + 1}{(decayed ? ", decayed" : "")}",
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
            "Where do learned parameters go?",
            "PReLU learns its slope α below 0, swish its gate β, and ELU can learn its lower limit α. "
            + "Each of four layers has one value of its own. Here they are followed through training, with Adam and with momentum, "
            + "and with weight decay either on the weights alone or on these parameters too.",
            [
                "PReLU's slopes start at 0.25 and end, from the first layer to the last, "
                + $"at {Ends("prelu", true, false)} with Adam and {Ends("prelu", false, false)} with momentum.",
                $"Swish's β starts at 1 and ends at {Ends("swish(beta=learned)", true, false)} with Adam: "
                + $"it {(stays ? "stays near" : "moves away from")} where it started.",
                $"With weight decay on them, {nearer} of {all.Length} parameters ({Activations.Length} functions, 2 optimisers, {Layers} "
                + "layers) end nearer to 0 than without: it pulls PReLU towards ReLU and swish towards x/2, whatever the data ask for. "
                + "He et al. left PReLU's slopes out of the decay for that reason.",
            ],
            [
                new Heading("Through training"),
                .. Activations.Select(activation => (ReportPart)new ReportFigure(
                    HiddenActivation.Parse(activation).Function.Info.Name,
                    $"{Symbol(activation)} of each layer. Solid: weight decay on the weights alone. Dashed: on {Symbol(activation)} too.",
                    () => LineChart.Of(
                        $"{Symbol(activation)} of {activation} through training",
                        Panel(activation, true),
                        Panel(activation, false)))),
                new Heading("In the end"),
                new ReportTable(
                    $"Values after {epochs} epochs and accuracy on unseen digits; means over {seeds} seeds.",
                    [
                        "function",
                        "optimiser",
                        "decay on it",
                        .. Enumerable.Range(1, Layers).Select(layer => $"layer {layer}"),
                        "accuracy",
                        "95% interval",
                    ],
                    [
                        .. from activation in Activations
                            from adam in (bool[])[true, false]
                            from decayed in (bool[])[false, true]
                            select (IReadOnlyList<string>)
                            [
                                activation,
                                adam ? "Adam" : "momentum",
                                decayed ? "yes" : "no",
                                .. Enumerable.Range(0, Layers)
                                    .Select(layer => Cells.Number(Value(activation, adam, decayed, epochs, layer))),
                                .. Accuracy([.. measured[(activation, adam, decayed)].Select(result => result.Accuracy)]),
                            ],
                    ])
                {
                    WordsAtStart = 3,
                },
                new Heading("How it was measured"),
                new Prose(
                    $"Data: {Digits.Data.Name} ({Digits.Data.Description}). "
                    + $"{Digits.Data.Origin} {Layers} hidden layers of {Width} units, He initialisation, batches of {Batch}. "
                    + "Adam: rate 0.003, decoupled decay 0.1. Momentum 0.9: rate 0.03, decay 0.003. "
                    + $"The decay is stronger than usual, so that {epochs} epochs show what it does."),
            ],
            Command(scope));
    }

    private static string[] Accuracy(double[] scores)
    {
        Interval interval = Statistics.MeanInterval(scores, Dataset.TestToTrain, leastDeviation: Digits.Data.ScoreResolution);
        return [Cells.Share(interval.Mean), $"{Cells.Share(Math.Max(0, interval.Low))} to {Cells.Share(Math.Min(1, interval.High))}"];
    }
}
