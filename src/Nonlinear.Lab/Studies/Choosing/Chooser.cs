using Nonlinear.Lab.Arrays;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What is asked of the chooser.</summary>
/// <param name="Data">A CSV file, a folder with Fashion-MNIST's files, or a name: digits (built in), or fashion-mnist where
/// installed.</param>
/// <param name="Target">The column of the CSV file that is to be predicted.</param>
public sealed record ChoiceRequest(string Data, string? Target)
{
    /// <summary>The name of the data that are part of the library.</summary>
    public const string BuiltIn = "digits";

    /// <summary>Columns of the CSV file to leave out.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether the target is a number though it looks like classes, or the other way round; null for what it looks like.</summary>
    public bool? Regression { get; init; }

    /// <summary>The activations, by name; none for all.</summary>
    public IReadOnlyList<string> Activations { get; init; } = [];

    /// <summary>How many times each is trained.</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>How long new seeds may be started.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>How often training goes through the data.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>What the biases of the hidden layers start at.</summary>
    public double Bias { get; init; }

    /// <summary>
    /// Where to save a network with the advised activation as ONNX, with sample rows beside it as .npy; null for nowhere.
    /// </summary>
    public string? Save { get; init; }

    /// <summary>The learning rates that are tried; none for the usual four.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [];
}

/// <summary>Finds out which activation suits some data.</summary>
public static class Chooser
{
    /// <summary>Trains, compares, and writes the page.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="settings">Where and how the lab works.</param>
    /// <param name="cancellation">Stops the work; the runs that have finished are kept.</param>
    /// <exception cref="FormatException">The data or an activation cannot be used; the message says what would do.</exception>
    /// <exception cref="IOException">Data cannot be read, or results or page cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Time ran out before anything could be concluded.</exception>
    public static LabPage Choose(ChoiceRequest request, LabSettings settings, CancellationToken cancellation = default)
    {
        string[] activations = request.Activations.Count == 0
            ? [.. HiddenActivation.All.Select(activation => activation.ToString())]
            : [.. request.Activations.Select(name => HiddenActivation.Parse(name).ToString()).Distinct()];
        if (activations.Length < 2)
            throw new FormatException("Name at least two activations to compare, as in --activations relu,gelu.");
        ChoicePlan plan = new(Read(request), activations, request.Seeds)
        {
            Budget = request.Budget,
            Hidden = request.Hidden,
            Epochs = request.Epochs,
            Bias = request.Bias,
        };
        if (request.Rates.Count > 0)
            plan = plan with { Rates = [.. request.Rates.Order()] };
        if (request.Save is { } place && Path.GetDirectoryName(Path.GetFullPath(place)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{place}' cannot be written: there is no folder '{folder}'.");
        ChoiceReport? report = null;
        LabPage page = settings.WritePage(
            ChoiceReport.Name,
            lab =>
            {
                report = new(plan, Competition.Run(plan, lab), Command(request));
                return report.Write();
            },
            cancellation);
        if (request.Save is { } path)
            Save(plan, report!.Advised, path, cancellation);
        return page;
    }

    private static void Save(ChoicePlan plan, string activation, string path, CancellationToken cancellation)
    {
        const int Seed = 1, Rows = 1000;
        Network network = plan.Runs(Seed, [activation])[0].Network(plan.Data, cancellation);
        Scaling scaling = plan.Data.ScalingOf(Seed);
        int rows = Math.Min(Rows, plan.Data.Count);
        float[] sample = plan.Data.Inputs[..(rows * plan.Data.Width)];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = float.IsNaN(sample[i]) ? (float)scaling.Means[i % plan.Data.Width] : sample[i];
        WholeFile.Write(path, OnnxExport.Write(network, scaling));
        NpyFloats.Write(Path.ChangeExtension(path, ".npy"), sample, rows);
    }

    private static Dataset Read(ChoiceRequest request)
    {
        string? pictures = request.Data == FashionMnist.Name || FashionMnist.IsHere(request.Data) ? request.Data : null;
        if (request.Data == ChoiceRequest.BuiltIn || pictures is not null)
        {
            if (request.Target is not null)
                throw new FormatException($"'{request.Data}' has its target built in; --target is for a CSV file.");
            return pictures is null ? Digits.Data : FashionMnist.Read(pictures == FashionMnist.Name ? null : pictures).Train;
        }
        string target = request.Target
            ?? throw new FormatException($"Say which column of '{request.Data}' is to be predicted, with --target.");
        LearningTask task = request.Regression switch
        {
            true => LearningTask.Regression,
            false => LearningTask.Classification,
            null => LearningTask.Automatic,
        };
        return CsvTable.Read(request.Data, target, request.Ignored, task);
    }

    private static string Command(ChoiceRequest request)
    {
        List<string> words = ["nonlinear choose", ShellWord.Quoted(request.Data)];
        if (request.Target is not null)
            words.Add($"--target {ShellWord.Quoted(request.Target)}");
        words.AddRange(request.Ignored.Select(column => $"--ignore {ShellWord.Quoted(column)}"));
        if (request.Regression is { } regression)
            words.Add($"--task {(regression ? "regression" : "classification")}");
        if (request.Activations.Count > 0)
            words.Add($"--activations {ShellWord.Quoted(string.Join(',', request.Activations))}");
        ChoiceRequest usual = new("", null);
        if (!request.Hidden.SequenceEqual(usual.Hidden))
            words.Add($"--hidden {string.Join(',', request.Hidden)}");
        if (request.Epochs != usual.Epochs)
            words.Add(FormattableString.Invariant($"--epochs {request.Epochs}"));
        if (request.Bias != 0)
            words.Add(FormattableString.Invariant($"--bias={request.Bias:R}"));
        if (request.Rates.Count > 0)
            words.Add($"--rates {string.Join(',', request.Rates.Select(rate => FormattableString.Invariant($"{rate:R}")))}");
        return string.Join(' ', words);
    }
}
