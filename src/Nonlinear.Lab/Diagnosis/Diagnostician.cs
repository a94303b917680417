using System.Text.Json;
using System.Text.Json.Serialization;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Says how the activations of a trained network are.</summary>
public static class Diagnostician
{
    private const int MostUnitsNamed = 12;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Watches the activations of an ONNX model while it works on a sample.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="sample">A NumPy file of floating-point numbers; its first axis is the sample.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be, or the two do not fit; the message says why.</exception>
    public static IReadOnlyList<ActivationDiagnosis> Diagnose(
        string model,
        string sample,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default) =>
        ModelObserver.Of(model, sample, progress, cancellation);

    /// <summary>Diagnoses as JSON.</summary>
    public static string ToJson(IReadOnlyList<ActivationDiagnosis> diagnoses) => JsonSerializer.Serialize(diagnoses, Json);

    /// <summary>Writes a page about diagnoses.</summary>
    /// <param name="folder">The folder of the lab, in which the page appears.</param>
    /// <param name="model">The ONNX file.</param>
    /// <param name="sample">The sample it was shown.</param>
    /// <param name="diagnoses">What was found.</param>
    public static LabPage Write(string folder, string model, string sample, IReadOnlyList<ActivationDiagnosis> diagnoses) =>
        LabPage.Write(folder, Report(model, sample, diagnoses));

    private static StudyReport Report(string model, string sample, IReadOnlyList<ActivationDiagnosis> diagnoses)
    {
        string name = Path.GetFileName(model);
        ActivationDiagnosis[] ill = [.. diagnoses.Where(diagnosis => diagnosis.Verdict != "healthy")];
        List<string> findings = ill.Length == 0
            ? [$"All {diagnoses.Count} activations are healthy on this sample."]
            : [.. ill.Select(diagnosis => $"{diagnosis.Name} ({diagnosis.Function}): {diagnosis.Verdict}. {diagnosis.Advice}")];
        return new(
            "diagnose",
            $"How are the activations of {name}?",
            $"The model worked on {diagnoses[0].Samples:N0} samples a unit or more, "
            + "and every activation in it was watched: what it received, what it put out, and how steep it was there.",
            findings,
            [
                new Heading("Activations"),
                Table(diagnoses),
                new ReportFigure(
                    "health",
                    "Share of each activation's units that are dead and that are saturated (orange), "
                    + "of its outputs that are 0, and its nonlinearity.",
                    () => Grid(diagnoses)),
                new Heading("Units"),
                new Prose("Units are counted from 0: features of a dense layer, channels of a convolution."),
                Units(diagnoses),
                new Heading("What the words mean"),
                new Prose(
                    "Dead: output and slope were exactly 0 on every sample. "
                    + "Such a unit contributes nothing, and no gradient will bring it back."),
                new Prose(
                    "Saturated: not dead, but the slope was below a hundredth of the function's steepest on at least 99% of the samples. "
                    + "Such a unit hardly learns."),
                new Prose("Sparsity: the share of outputs that were exactly 0."),
                new Prose(
                    "Nonlinearity: the share of the outputs' variance that no straight line through what the units received explains. "
                    + "Near 0 the function might as well not be there."),
                new Prose(
                    "Verdicts: from a tenth of the units on, many; from half on, mostly. Nearly linear: a nonlinearity below 1%. "
                    + "All of it is about this sample: a unit that is dead on a hundred rows may live on a thousand."),
            ],
            $"nonlinear diagnose {name} --input {Path.GetFileName(sample)}");
    }

    private static ReportTable Table(IReadOnlyList<ActivationDiagnosis> diagnoses) => new(
        "Every activation, in the order of the model.",
        ["activation", "function", "verdict", "units", "dead", "saturated", "mean", "variance", "sparsity", "nonlinearity"],
        [.. diagnoses.Select(diagnosis => (IReadOnlyList<string>)
        [
            diagnosis.Name,
            diagnosis.Function,
            diagnosis.Verdict,
            $"{diagnosis.Units}",
            Cells.Share(diagnosis.DeadShare),
            Cells.Share(diagnosis.SaturatedShare),
            Cells.Number(diagnosis.Mean),
            Cells.Number(diagnosis.Variance),
            Cells.Share(diagnosis.Sparsity),
            Cells.Share(diagnosis.Nonlinearity),
        ])])
    {
        WordsAtStart = 3,
    };

    private static ReportTable Units(IReadOnlyList<ActivationDiagnosis> diagnoses) => new(
        "Units that are dead or saturated.",
        ["activation", "dead", "saturated"],
        [.. diagnoses.Select(
            diagnosis => (IReadOnlyList<string>)[diagnosis.Name, Named(diagnosis.DeadUnits), Named(diagnosis.SaturatedUnits)])])
    {
        WordsAtEnd = 2,
    };

    private static Figure Grid(IReadOnlyList<ActivationDiagnosis> diagnoses) => GridChart.Of(
        "Health of the activations",
        [.. diagnoses.Select(diagnosis => diagnosis.Name)],
        share => share,
        share => Cells.RoundShare(Math.Abs(share)),
        new GridPanel(
            "Health of the activations",
            "",
            ["dead", "saturated", "zeros", "nonlinear"],
            [.. diagnoses.Select(diagnosis => (IReadOnlyList<double>)
                [-diagnosis.DeadShare, -diagnosis.SaturatedShare, diagnosis.Sparsity, diagnosis.Nonlinearity])]));

    private static string Named(IReadOnlyList<int> units) => units.Count switch
    {
        0 => "none",
        > MostUnitsNamed => $"{string.Join(", ", units.Take(MostUnitsNamed))}, … ({units.Count} in all)",
        _ => string.Join(", ", units),
    };
}
