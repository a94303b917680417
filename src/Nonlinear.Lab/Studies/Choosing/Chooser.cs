using System.Globalization;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Data.Tables;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Training;

namespace Nonlinear.Lab.Studies.Choosing;

/// <summary>What is asked of the chooser.</summary>
/// <param name="Data">A table (CSV, JSON, Parquet, Arrow), a folder with Fashion-MNIST's files, or a name: digits (built in), or
/// fashion-mnist where installed.</param>
/// <param name="Target">The column of the table that is to be predicted.</param>
public sealed record ChoiceRequest(string Data, string? Target)
{
    /// <summary>The name of the data that are part of the library.</summary>
    public const string BuiltIn = "digits";

    /// <summary>Columns of the table to leave out: names or patterns, several with commas between.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The texts that count as missing; null for the usual ones.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Whether a comma begins the decimals of numbers; null for what they look like.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>Whether the target is a number though it looks like classes, or the other way round; null for what it looks like.</summary>
    public bool? Regression { get; init; }

    /// <summary>The activations, by name; none for all.</summary>
    public IReadOnlyList<string> Activations { get; init; } = [];

    /// <summary>How many times each is trained.</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>Which series of seeds: each has other splits and other random numbers.</summary>
    public int Series { get; init; }

    /// <summary>How long new seeds may be started.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64, 64];

    /// <summary>How often training goes through the data.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>What the biases of the hidden layers start at.</summary>
    public double Bias { get; init; }

    /// <summary>The filters of each convolution in front of the hidden layers, for pictures.</summary>
    public IReadOnlyList<int> Filters { get; init; } = [];

    /// <summary>Whether each hidden layer is normalised over the batch.</summary>
    public bool Normalised { get; init; }

    /// <summary>Whether hidden layers of one width have residual connections.</summary>
    public bool Residual { get; init; }

    /// <summary>The share of hidden units that are dropped at random while training.</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// After how many epochs without a smaller loss on the validation part training ends, with the weights of the best; 0 for never.
    /// </summary>
    public int Patience { get; init; }

    /// <summary>
    /// Where a network with the advised activation is to be saved as ONNX, with sample rows beside it; null for nowhere.
    /// </summary>
    public string? Save { get; init; }

    /// <summary>
    /// The learning rates that are tried; none for the usual four, and further ones where the best of them lies at an end.
    /// </summary>
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
    public static Choice Choose(ChoiceRequest request, LabSettings settings, CancellationToken cancellation = default)
    {
        string[] activations = request.Activations.Count == 0
            ? [.. HiddenActivation.All.Select(activation => activation.ToString())]
            : [.. request.Activations.Select(name => HiddenActivation.Parse(name).ToString()).Distinct()];
        if (activations.Length < 2)
            throw new FormatException("Name at least two activations to compare, as in --activations relu,gelu.");
        if (request.Residual && !request.Hidden.Zip(request.Hidden.Skip(1)).Any(pair => pair.First == pair.Second))
            throw new FormatException(
                $"With --hidden {string.Join(',', request.Hidden)} no two neighbouring hidden layers have one width, which --residual "
                + "needs; give some, as in --hidden 64,64,64.");
        ChoicePlan plan = new(Read(request), activations, request.Seeds)
        {
            Budget = request.Budget,
            Hidden = request.Hidden,
            Epochs = request.Epochs,
            Bias = request.Bias,
            Series = request.Series,
            Filters = request.Filters,
            Normalised = request.Normalised,
            Residual = request.Residual,
            Dropout = request.Dropout,
            Patience = request.Patience,
        };
        if (plan.Filters.Count > 0 && plan.Data.Picture is null)
            throw new FormatException(
                $"'{request.Data}' is a table, and --convolutions is for pictures: digits, or fashion-mnist. Leave the option out.");
        plan = request.Rates.Count > 0
            ? plan with { Rates = [.. request.Rates.Order()] }
            : plan with { Ladder = ChoicePlan.UsualLadder };
        if (request.Save is { } place)
            Choice.CheckPlace(plan, place);
        Competition? competition = null;
        string? content = null;
        LabPage page = settings.WritePage(
            $"{ChoiceReport.Name}/{plan.Folder}",
            ChoiceCarrier.KindOfRun,
            () => content ??= settings.Desk!.Keep(DatasetBytes.Write(plan.Data)),
            lab =>
            {
                competition = Competition.Run(plan, lab);
                return new ChoiceReport(plan, competition, Command(request)).Write();
            },
            cancellation);
        string command = string.Create(CultureInfo.InvariantCulture, $"{Command(request)} --seeds {competition!.Seeds}");
        return new(
            plan, page, ChoiceJson.Write(plan, competition, command, page.Path), new ChoiceFindings(plan, competition).Advised);
    }

    private static Dataset Read(ChoiceRequest request)
    {
        string? pictures = request.Data == FashionMnist.Name || FashionMnist.IsHere(request.Data) ? request.Data : null;
        if (request.Data == ChoiceRequest.BuiltIn || pictures is not null)
        {
            if (request.Target is not null)
                throw new FormatException($"'{request.Data}' has its target built in; --target is for a table.");
            return pictures is null ? Digits.Data : FashionMnist.Read(pictures == FashionMnist.Name ? null : pictures).Train;
        }
        LearningTask task = request.Regression switch
        {
            true => LearningTask.Regression,
            false => LearningTask.Classification,
            null => LearningTask.Automatic,
        };
        return TableReader.Read(request.Data, new(request.Target)
        {
            Ignored = request.Ignored,
            Task = task,
            Missing = request.Missing,
            DecimalComma = request.DecimalComma,
        });
    }

    private static string Command(ChoiceRequest request)
    {
        List<string> words = ["nonlinear choose", ShellWord.Quoted(request.Data)];
        if (request.Target is not null)
            words.Add($"--target {ShellWord.Quoted(request.Target)}");
        words.AddRange(request.Ignored.Select(column => $"--ignore {ShellWord.Quoted(column)}"));
        if (request.Missing is { } missing)
            words.Add($"--missing {ShellWord.Quoted(string.Join(',', missing))}");
        if (request.DecimalComma is { } comma)
            words.Add($"--decimal {(comma ? "comma" : "point")}");
        if (request.Regression is { } regression)
            words.Add($"--task {(regression ? "regression" : "classification")}");
        if (request.Activations.Count > 0)
            words.Add($"--activations {ShellWord.Quoted(string.Join(',', request.Activations))}");
        ChoiceRequest usual = new("", null);
        if (!request.Hidden.SequenceEqual(usual.Hidden))
            words.Add($"--hidden {string.Join(',', request.Hidden)}");
        if (request.Epochs != usual.Epochs)
            words.Add(FormattableString.Invariant($"--epochs {request.Epochs}"));
        if (request.Series != 0)
            words.Add(FormattableString.Invariant($"--seed {request.Series}"));
        if (request.Bias != 0)
            words.Add(FormattableString.Invariant($"--bias={request.Bias:R}"));
        if (request.Filters.Count > 0)
            words.Add($"--convolutions {string.Join(',', request.Filters)}");
        if (request.Normalised)
            words.Add("--batch-normalisation");
        if (request.Residual)
            words.Add("--residual");
        if (request.Dropout != 0)
            words.Add(FormattableString.Invariant($"--dropout {request.Dropout:R}"));
        if (request.Patience != 0)
            words.Add(FormattableString.Invariant($"--early-stopping {request.Patience}"));
        if (request.Rates.Count > 0)
            words.Add($"--rates {string.Join(',', request.Rates.Select(rate => FormattableString.Invariant($"{rate:R}")))}");
        if (FastestProduct.IsPortable)
            words.Add("--portable");
        return string.Join(' ', words);
    }
}
