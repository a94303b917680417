using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>Says how the activations of a trained network are.</summary>
public static class Diagnostician
{
    /// <summary>Watches the activations of an ONNX model while it works on a sample.</summary>
    /// <param name="options">The model and the sample.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be, or the two do not fit; the message says why.</exception>
    public static ModelDiagnosis Diagnose(
        DiagnosisOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default) => ModelObserver.Of(options, progress, cancellation);

    /// <summary>Watches the activations of an ONNX model with one input while it works on a sample.</summary>
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
        Diagnose(new DiagnosisOptions(model, [sample], null, []), progress, cancellation).Activations;

    /// <summary>A diagnosis as JSON; docs/diagnosis.md says what it holds.</summary>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="comparison">How it compares with another model; null if there is none.</param>
    public static string ToJson(ModelDiagnosis diagnosis, DiagnosisComparison? comparison = null) =>
        DiagnosisJson.Write(diagnosis, comparison);

    /// <summary>Refuses a place at which no page could be written, before time is spent on what it says.</summary>
    /// <param name="output">The folder of the lab, or a file that ends in .html.</param>
    /// <exception cref="IOException">Nothing can be written there; the message says why.</exception>
    public static void CheckOutput(string output)
    {
        if (!IsFile(output))
            ReportPage.Check(output, DiagnosisReport.Name);
        else if (Directory.Exists(output))
            throw new IOException($"'{output}' is a folder; name a file to write.");
        else if (Path.GetDirectoryName(Path.GetFullPath(output)) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{output}' cannot be written: there is no folder '{folder}'.");
    }

    /// <summary>Writes a page about a diagnosis, whole in one file.</summary>
    /// <param name="output">The folder of the lab, in which the page appears, or a file that ends in .html.</param>
    /// <param name="options">What was diagnosed.</param>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="comparison">How it compares with another model; null if there is none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static LabPage Write(
        string output, DiagnosisOptions options, ModelDiagnosis diagnosis, DiagnosisComparison? comparison = null)
    {
        StudyReport report = DiagnosisReport.Of(options, diagnosis, comparison);
        return IsFile(output)
            ? LabPage.WriteFile(output, report, Language.Of(options.IsChinese))
            : LabPage.Write(output, report, Language.Of(options.IsChinese));
    }

    private static bool IsFile(string output) => Path.GetExtension(output).Equals(".html", StringComparison.OrdinalIgnoreCase);
}
