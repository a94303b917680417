using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Editing;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Samples;

namespace Nonlinear.Lab.Onnx.Tools;

/// <summary>Swaps activations in ONNX models.</summary>
public static class ModelSwap
{
    // Times differ by this much from run to run.
    private const double Noise = 1.03;

    private const string LibraryForm = "library";

    private static readonly Dictionary<string, SwapForm> FormsByName = new()
    {
        ["operator"] = SwapForm.Operator,
        ["runtime"] = SwapForm.Runtime,
        ["composed"] = SwapForm.Composed,
    };

    /// <summary>As what a function can come: as ONNX's operator, as one of ONNX Runtime's own, as basic operations.</summary>
    public static IReadOnlyList<string> Forms => [.. FormsByName.Keys];

    /// <summary>Writes a model with a function in the place of another; every byte that is no part of the swapped nodes stays.</summary>
    /// <param name="options">What is swapped.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops it; nothing is written.</param>
    /// <exception cref="FormatException">There is no function of a name.</exception>
    /// <exception cref="InvalidDataException">It cannot be done; the message says why, and nothing is written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ModelReport Run(SwapOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        FunctionName from = FunctionName.Parse(options.From), to = FunctionName.Parse(options.To);
        if (Path.GetFullPath(options.Output) == Path.GetFullPath(options.Model))
            throw new ArgumentException("--output is the model itself; name another file.");
        string folder = OnnxFile.Read(options.Model).Folder;
        byte[] bytes = File.ReadAllBytes(options.Model);
        // What the runtime refuses is not worth a look.
        using InferenceSession before = ModelComparison.Open(bytes, folder);
        EditableModel model = new(options.Model, bytes);
        (byte[] file, IReadOnlyList<Swapped> swapped, int? raisedTo) =
            Swapper.Swap(model, from, to, FormsByName[options.Form], options.RaiseOpset);
        using InferenceSession after = ModelComparison.Open(file, folder);
        ModelComparison? comparison = Compare(before, after, model, options.Inputs, options.Model, progress, cancellation);
        WholeFile.Write(options.Output, file);
        return Report(
            options.Model, options.Output, model, swapped, raisedTo, comparison,
            [.. Said(swapped, raisedTo, options.Form), .. HiddenOf(model, from)]);
    }

    /// <summary>
    /// Writes a model in which the operators of this library stand for its activations; every byte that is no part of them stays.
    /// </summary>
    /// <param name="options">What is swapped.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops it; nothing is written.</param>
    /// <exception cref="FormatException">There is no function of a name.</exception>
    /// <exception cref="InvalidDataException">It cannot be done; the message says why, and nothing is written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ModelReport ToOperators(
        OperatorSwapOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        FunctionName? from = options.From is null ? null : FunctionName.Parse(options.From);
        if (Path.GetFullPath(options.Output) == Path.GetFullPath(options.Model))
            throw new ArgumentException("--output is the model itself; name another file.");
        if (options.Library is not null && !File.Exists(options.Library))
            throw new FileNotFoundException($"There is no library '{options.Library}'.", options.Library);
        if (options.Library is null && options.Inputs.Count > 0)
            throw new ArgumentException("--input needs --library: only with libnonlinear can the new model be run.");
        string folder = OnnxFile.Read(options.Model).Folder;
        byte[] bytes = File.ReadAllBytes(options.Model);
        using InferenceSession before = ModelComparison.Open(bytes, folder);
        EditableModel model = new(options.Model, bytes);
        (byte[] file, IReadOnlyList<Swapped> swapped, IReadOnlyList<string> stays) = Swapper.ToOperators(model, from, options.Tier);
        using InferenceSession? after =
            options.Library is null ? null : ModelComparison.Open(file, folder, Path.GetFullPath(options.Library));
        ModelComparison? comparison = after is null
            ? null
            : Compare(before, after, model, options.Inputs, options.Model, progress, cancellation);
        WholeFile.Write(options.Output, file);
        return Report(
            options.Model, options.Output, model, swapped, null, comparison,
            [
                .. Said(swapped, null, LibraryForm),
                .. stays,
                .. HiddenOf(model, from),
                "Whoever runs the model registers libnonlinear: docs/native.md shows how.",
            ]);
    }

    private static ModelComparison? Compare(
        InferenceSession before, InferenceSession after, EditableModel model, IReadOnlyList<string> inputs, string name,
        IProgress<double>? progress, CancellationToken cancellation)
    {
        if (inputs.Count == 0)
            return null;
        using ModelSample sample = ModelSample.Open(inputs, ModelInput.Of(before, model.Model), name);
        return ModelComparison.Of(before, after, sample, name, progress, cancellation);
    }

    private static IEnumerable<string> HiddenOf(EditableModel model, FunctionName? from) => model.Hidden
        .Where(hidden => from?.Matches(hidden) != false)
        .Select(hidden =>
            $"{hidden.Where} stays: it is inside a function of the model's own or a fused operator, which is not taken apart.");

    private static ModelReport Report(
        string path, string output, EditableModel model, IReadOnlyList<Swapped> swapped, int? raisedTo, ModelComparison? comparison,
        List<string> lines)
    {
        lines.AddRange(comparison is null
            ? ["Nothing was run: with --input it would say how far outputs move, and how fast the model is."]
            : Said(comparison));
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (model.HasExternalWeights && Path.GetDirectoryName(Path.GetFullPath(output)) != folder)
            lines.Add($"Its weights lie in files of '{folder}'; they must lie beside the new model as well.");
        lines.Add($"The model is {output}");
        return new([], [], lines)
        {
            Json = new
            {
                model = path,
                output,
                opsetRaisedTo = raisedTo,
                swapped = swapped.Select(swap => new
                {
                    where = swap.Old.Where,
                    from = swap.Old.What,
                    to = swap.New.ToString(),
                    removed = swap.Removed.Select(node => node.OpType),
                    added = swap.Added.Select(node => node.OpType),
                }),
                sample = comparison is null ? null : new
                {
                    rows = comparison.Rows,
                    outputs = comparison.Changes.Select(change => new
                    {
                        name = change.Name,
                        largest = change.Largest,
                        rms = change.Rms,
                        relative = double.IsFinite(change.Relative) ? change.Relative : (double?)null,
                        notFinite = change.NotFinite,
                    }),
                    batch = comparison.Batch,
                    runs = comparison.Rounds,
                    millisecondsBefore = comparison.Before,
                    millisecondsAfter = comparison.After,
                },
            },
        };
    }

    private static IEnumerable<string> Said(IReadOnlyList<Swapped> swapped, int? raisedTo, string form)
    {
        foreach (IGrouping<string, Swapped> kind in swapped.GroupBy(
            swap => $"{swap.Old.What} ({Operations(swap.Removed)}) became {swap.New} ({Operations(swap.Added)})"))
            yield return $"{kind.Key}: {string.Join(", ", kind.Select(swap => swap.Old.Where))}.";
        if (raisedTo is { } version)
            yield return FormattableString.Invariant($"The model names opset {version} now; no other node means anything else there.");
        if (form == "runtime")
            yield return "That operator is ONNX Runtime's own: other programs will not run the model.";
        if (swapped.Any(swap => swap.Removed.Count < swap.Old.Nodes.Count))
            yield return "Some of the old nodes stayed, because others need what they make.";
    }

    private static IEnumerable<string> Said(ModelComparison comparison)
    {
        foreach (OutputChange change in comparison.Changes)
        {
            yield return change.Largest == 0 && change.NotFinite == 0
                ? FormattableString.Invariant($"{change.Name} is the same to the last bit on {comparison.Rows} examples.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{change.Name} moves by {change.Largest:G3} at most on {comparison.Rows} examples, "
                    + $"by {change.Rms:G3} in the mean (rms), which is {change.Relative:G3} of its size.");
            if (change.NotFinite > 0)
                yield return FormattableString.Invariant(
                    $"{change.NotFinite} numbers of {change.Name} are NaN or infinite in only one of the two models.");
        }
        (string than, double ratio) = comparison.After < comparison.Before
            ? ("faster", comparison.Before / comparison.After)
            : ("slower", comparison.After / comparison.Before);
        string speed = ratio < Noise
            ? "no faster and no slower"
            : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} times {than}");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"A run of {comparison.Batch} examples took {comparison.Before:G4} ms and takes {comparison.After:G4} ms: {speed} "
            + $"(medians of {comparison.Rounds} runs of each, in turns).");
    }

    private static string Operations(IEnumerable<global::Onnx.NodeProto> nodes)
    {
        string[] kinds = [.. nodes.Select(node => node.Domain.Length > 0 ? $"{node.Domain}.{node.OpType}" : node.OpType)];
        return kinds.Length <= 6 ? string.Join(" · ", kinds) : FormattableString.Invariant($"{kinds.Length} nodes");
    }
}

/// <summary>A swap of activations.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="From">Which functions go.</param>
/// <param name="To">What comes in their place.</param>
/// <param name="Output">The file to write.</param>
/// <param name="Form">One of <see cref="ModelSwap.Forms"/>.</param>
/// <param name="RaiseOpset">Whether the model may name a later version of ONNX's operators.</param>
/// <param name="Inputs">A sample, as diagnose takes it; none at all to run nothing.</param>
public sealed record SwapOptions(
    string Model, string From, string To, string Output, string Form, bool RaiseOpset, IReadOnlyList<string> Inputs);

/// <summary>A swap of activations for this library's own operators.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="From">Which functions go; null for all.</param>
/// <param name="Output">The file to write.</param>
/// <param name="Tier">How they are computed from now on.</param>
/// <param name="Library">The file of libnonlinear, to run the new model; null to run nothing.</param>
/// <param name="Inputs">A sample, as diagnose takes it; none at all to compare nothing.</param>
public sealed record OperatorSwapOptions(
    string Model, string? From, string Output, Tier Tier, string? Library, IReadOnlyList<string> Inputs);
