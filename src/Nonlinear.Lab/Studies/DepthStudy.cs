using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>How far signals and gradients carry through 2 to 50 layers, and what is learned there.</summary>
internal sealed class DepthStudy() : Study("depth", "signals, gradients and accuracy from 2 to 50 layers")
{
    private const int ProbeRows = 256, Batch = 32;
    private const double LearningRate = 1e-3, Learned = 0.8;

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
            $"{rule} initialisation",
            "hidden layers",
            [.. Depths.Select(depth => $"{depth}")],
            [.. Activations.Select(activation => Depths.Select(depth => value(activation, rule, depth)).ToArray())]);

        public GridPanel[] Grids(Func<string, Initialisation, int, double> value) => [.. Rules.Select(rule => Grid(rule, value))];
    }

    private StudyReport Report(StudyScope scope, Findings found, int width, int epochs, int seeds)
    {
        int deepest = found.Depths[^1];
        List<string> findings = [];
        foreach (Initialisation rule in found.Rules)
        {
            int most = found.Activations.Max(activation => found.LearnsTo(activation, rule));
            string[] able = [.. found.Activations.Where(activation => found.LearnsTo(activation, rule) == most)];
            findings.Add(
                $"With {rule} initialisation the deepest stack that learns the digits (at least {Cells.RoundShare(Learned)} right) has "
                + $"{most} of up to {deepest} layers, with {Cells.List(able)}; with a sigmoid it has {found.LearnsTo("sigmoid", rule)}.");
        }
        double perLayer = Math.Pow(found.Ratio("sigmoid", Initialisation.Glorot, deepest), 1.0 / (deepest - 1));
        findings.Add(
            $"The gradient of a sigmoid network (Glorot) shrinks to {Cells.RoundShare(perLayer)} of its size with every layer it is "
            + $"carried back; over {deepest} layers {Cells.Magnitude(found.Ratio("sigmoid", Initialisation.Glorot, deepest))} of it is "
            + "left. That is what a vanishing gradient looks like.");
        string[] dying = [.. found.Activations.Where(activation => found.Signal(activation, Initialisation.LeCun, deepest) < 1e-6)];
        findings.Add(
            $"The signal can die out as well: of {deepest} layers with LeCun initialisation the last can no longer tell the inputs apart "
            + $"(variance below 10⁻⁶) for {Cells.List(dying)}.");

        return new(
            Name,
            "How deep can a plain network go?",
            "A stack of equal layers, without normalisation or short cuts. Going forward, each layer must still tell the inputs apart; "
            + "going back, the gradient must still reach the first layer. "
            + "Both are measured before training, and then the network is trained.",
            findings,
            [
                new Heading("Accuracy"),
                new Prose(
                    $"Digits it has not seen that a network gets right after {epochs} epochs of Adam (rate 10⁻³, batches of {Batch}); "
                    + $"{width} units a layer, {(seeds == 1 ? "one seed" : $"the mean of {seeds} seeds")}. Guessing gives 10%."),
                new ReportFigure(
                    "accuracy",
                    "Share of unseen digits that are recognised. Blue is good, white is guessing.",
                    () => GridChart.Of(
                        "Accuracy",
                        found.Activations,
                        value => (value - 0.1) / 0.9,
                        Cells.RoundShare,
                        found.Grids(found.Accuracy))),
                .. found.Rules.Select(rule => Table(found, rule)),
                new Heading("Gradient"),
                new Prose(
                    "The gradient that arrives at the first hidden layer, divided by that at the last (Euclidean norms of the gradient by "
                    + "the inputs of the activations, before training). 1 is ideal. "
                    + "A small number means that the first layers hardly learn: the gradient vanishes. "
                    + "A large one means that a step which suits the last layer throws the first ones about: it explodes."),
                new ReportFigure(
                    "gradient",
                    "Gradient at the first layer relative to the last. Orange: it vanishes. Blue: it explodes.",
                    () => GridChart.Of(
                        "Gradient at the first layer / at the last",
                        found.Activations,
                        value => Math.Log10(value) / 6,
                        Cells.Magnitude,
                        found.Grids(found.Ratio))),
                new ReportFigure(
                    "gradient-by-layer",
                    $"Norm of the gradient at each of {deepest} layers, before training. "
                    + "A straight slope means that each layer multiplies by the same factor.",
                    () => Profile(found, "Gradient", result => result.Gradient)),
                new Heading("Signal"),
                new Prose(
                    "The variance of a unit's output over the inputs, on average over the units of the last hidden layer. "
                    + "The inputs have variance 1. Where next to nothing is left, all inputs look alike to the last layer, "
                    + "and nothing can be told apart, however good the gradient."),
                new ReportFigure(
                    "signal",
                    "Variance that is left at the last hidden layer. Orange: the signal dies out. Blue: it grows.",
                    () => GridChart.Of(
                        "Signal at the last hidden layer",
                        found.Activations,
                        value => Math.Log10(value) / 6,
                        Cells.Magnitude,
                        found.Grids(found.Signal))),
                new ReportFigure(
                    "signal-by-layer",
                    $"Variance at each of {deepest} layers.",
                    () => Profile(found, "Signal", result => result.Signal)),
                new Heading("How it was measured"),
                new Prose(
                    $"Data: {Digits.Data.Name} ({Digits.Data.Description}). "
                    + $"{Digits.Data.Origin} 75% of the rows to learn from, 10% to judge by. "
                    + "All networks of a seed have the same split and the same order of batches, "
                    + "and weights drawn from the same random numbers. One learning rate for all: `nonlinear choose` "
                    + "tunes it for each function."),
            ],
            Command(scope));
    }

    private static ReportTable Table(Findings found, Initialisation rule)
    {
        int deepest = found.Depths[^1];
        return new(
            $"Accuracy with {rule} initialisation, by the number of hidden layers; the depth up to which it learns; "
            + $"gradient (first / last layer) and signal with {deepest} layers.",
            ["function", .. found.Depths.Select(depth => $"{depth}"), "learns to", "gradient", "signal"],
            [
                .. found.Activations.Select(activation => (IReadOnlyList<string>)
                [
                    activation,
                    .. found.Depths.Select(depth => Cells.Share(found.Accuracy(activation, rule, depth))),
                    found.LearnsTo(activation, rule) is > 0 and int depth ? $"{depth}" : "–",
                    Cells.Magnitude(found.Ratio(activation, rule, deepest)),
                    Cells.Magnitude(found.Signal(activation, rule, deepest)),
                ]),
            ]);
    }

    private static Figure Profile(Findings found, string quantity, Func<Result, double[]> values)
    {
        int deepest = found.Depths[^1];
        return LineChart.Of(
            $"{quantity} by layer",
            [.. found.Rules.Select(rule => new ChartPanel(
                $"{rule} initialisation",
                "layer",
                quantity.ToLowerInvariant(),
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
