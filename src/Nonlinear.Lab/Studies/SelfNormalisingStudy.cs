using Nonlinear.Lab.Data;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies;

/// <summary>What becomes of mean 0 and variance 1 through a hundred layers: SELU against the rest.</summary>
internal sealed class SelfNormalisingStudy() : Study("self-normalising", "mean and variance through 100 layers, SELU against the rest")
{
    private const int Depth = 100, Rows = 256;
    private const double Rate = 0.1;

    private static readonly Condition[] Conditions =
    [
        new("LeCun initialisation", Gain: 1),
        new("weights 0.7 × too small", Gain: 0.7),
        new("weights 1.4 × too large", Gain: 1.4),
        new("dropout 10%", Gain: 1, Dropout: Rate),
        new("alpha dropout 10%", Gain: 1, Dropout: Rate, Alpha: true),
        new("weights scaled for the function", Gain: 1, Own: true),
    ];

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
            condition.Title,
            "layer",
            "variance",
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
        string[] kept = [.. activations.Where(activation => Variance(activation, right, Depth - 1) is > 0.5 and < 2)];

        return new(
            Name,
            "Does SELU keep mean 0 and variance 1?",
            "SELU was constructed so that layers with suitable weights pull the mean of their outputs towards 0 and the variance towards "
            + "1, without any normalisation. Here normally distributed inputs pass through a hundred layers of random weights, "
            + "and what is left of mean and variance is measured at each, for every function.",
            [
                $"With LeCun's initialisation the variance after {Depth} layers lies between a half and two for {Cells.List(kept)}. "
                + $"SELU: mean {Cells.Number(Mean("selu", right, Depth - 1), 2)}, "
                + $"variance {Cells.Number(Variance("selu", right, Depth - 1), 2)}; "
                + $"ReLU: variance {Cells.Magnitude(Variance("relu", right, Depth - 1))}; "
                + $"tanh: {Cells.Number(Variance("tanh", right, Depth - 1), 2)}.",
                "The fixed point is for weights whose squares sum to 1. "
                + $"With weights 0.7 times too small SELU settles at a variance of {Cells.Magnitude(Variance("selu", small, Depth - 1))}, "
                + $"with weights 1.4 times too large at {Cells.Magnitude(Variance("selu", large, Depth - 1))}: it forgives, "
                + "but does not undo, a wrong initialisation.",
                $"Dropout of 10% moves SELU's variance to {Cells.Number(Variance("selu", plain, Depth - 1), 2)} and its mean to "
                + $"{Cells.Number(Mean("selu", plain, Depth - 1), 2)}; alpha dropout keeps them at "
                + $"{Cells.Number(Variance("selu", alpha, Depth - 1), 2)} and {Cells.Number(Mean("selu", alpha, Depth - 1), 2)}. "
                + $"That a ReLU network then shows a variance of {Cells.Number(Variance("relu", alpha, Depth - 1), 2)} as well is no "
                + "virtue: what is dropped becomes a number rather than 0, and that noise, not the signal, is what arrives.",
            ],
            [
                new Heading("Variance by layer"),
                new ReportFigure(
                    "right",
                    "Variance of all outputs of a layer. A flat line at 1 is ideal.",
                    () => LineChart.Of("Variance by layer", Panel(right), Panel(small), Panel(large))),
                new ReportFigure(
                    "dropout",
                    "The same with dropout, and with weights scaled so that each function keeps the size of its signal.",
                    () => LineChart.Of("Variance by layer", Panel(plain), Panel(alpha), Panel(Conditions[5]))),
                new Heading("After a hundred layers"),
                .. Conditions.Select(condition => new ReportTable(
                    $"{condition.Title}: mean and variance after some layers.",
                    ["function", "mean, layer 1", "10", "100", "variance, layer 1", "10", "100"],
                    [.. activations.Select(activation => (IReadOnlyList<string>)
                        [
                            activation,
                            .. ((int[])[0, 9, Depth - 1]).Select(layer => Cells.Number(Mean(activation, condition, layer), 2)),
                            .. ((int[])[0, 9, Depth - 1]).Select(layer => Cells.Magnitude(Variance(activation, condition, layer))),
                        ])])),
                new Heading("How it was measured"),
                new Prose(
                    $"Layers of {width} units, {Rows} inputs, weights normally distributed, no biases, no training; "
                    + $"means over {seeds} seeds, of variances geometric ones. "
                    + "Mean and variance are taken over all units and inputs of a layer, behind the dropout where there is one. "
                    + "The same weights, up to scale, for all functions of a seed."),
            ],
            Command(scope));
    }
}
