using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>A diagnosis as a report: short in the terminal, all of it on one self-contained page.</summary>
internal static class DiagnosisReport
{
    /// <summary>The name of the page's folder in that of the lab.</summary>
    public const string Name = "diagnose";

    private const string StyleSheet = "diagnosis.css";

    // A terminal has 80 columns, and names of tensors are long; their ends tell most.
    private const int ShortName = 26, ShortFunction = 18;

    /// <summary>The report.</summary>
    /// <param name="options">What was diagnosed.</param>
    /// <param name="model">What was found.</param>
    /// <param name="comparison">How it compares with another model; null if there is none.</param>
    public static StudyReport Of(DiagnosisOptions options, ModelDiagnosis model, DiagnosisComparison? comparison)
    {
        string name = Path.GetFileName(model.Model);
        return new(
            Name,
            $"How are the activations of {name}?",
            $"The model worked on {model.Rows:N0} {(model.Rows == 1 ? "row" : "rows")}, {model.Batch:N0} at a time, and every activation "
            + "in it was watched: what it received, what it put out, and how steep it was there.",
            DiagnosisFindings.Of(model, comparison),
            [.. Parts(model, comparison)],
            options.Command + (comparison is null ? "" : $" --against {ShellWord.Quoted(comparison.Before.Model)}"))
        {
            StyleInside = Style(),
        };
    }

    private static IEnumerable<ReportPart> Parts(ModelDiagnosis model, DiagnosisComparison? comparison)
    {
        if (comparison is not null)
        {
            yield return new Heading("Compared");
            yield return ComparisonTable.ForTerminal(comparison);
            yield return new ReportMarkup(ComparisonTable.ForPage(comparison));
            if (ComparisonTable.Unmatched(comparison) is { } unmatched)
                yield return unmatched;
        }
        if (model.Activations.Count > 0)
        {
            yield return new Heading("Activations");
            yield return Brief(model);
            yield return new ReportMarkup(ActivationTable.Of(model));
        }
        if (model.LeftOut.Count > 0)
        {
            yield return new Heading("Left out");
            yield return LeftOut(model);
        }
        if (model.Activations.Count > 0)
        {
            yield return new Heading("Each activation");
            yield return new ReportMarkup(ActivationSections.Of(model));
        }
        foreach (ReportPart part in Words())
            yield return part;
    }

    private static ReportTable Brief(ModelDiagnosis model) => new(
        "Every activation, in the order of the model; the page has more.",
        ["activation", "function", "units", "dead", "verdict"],
        [.. model.Activations.Select(activation => (IReadOnlyList<string>)
        [
            End(activation.Name, ShortName),
            activation.Function.Length > ShortFunction ? activation.Function[..(ShortFunction - 1)] + "…" : activation.Function,
            $"{activation.Units}",
            $"{activation.DeadUnits.Count}",
            activation.VerdictSoFar,
        ])])
    {
        Medium = ReportMedium.Terminal,
    };

    private static ReportTable LeftOut(ModelDiagnosis model) => new(
        "What could not be followed, and why. Nothing is said of it here, neither good nor bad.",
        ["node", "operations", "reason"],
        [.. model.LeftOut.Select(part => (IReadOnlyList<string>)[part.Name, part.Operation, part.Reason])])
    {
        Medium = ReportMedium.Page,
        WordsAtStart = 3,
    };

    private static IEnumerable<ReportPart> Words() =>
    [
        new Heading("What the words mean"),
        .. ((string[])
        [
            "Units are counted from 0: features of a dense layer, channels of a convolution, along the axis that is named.",
            "Dead: output and slope were exactly 0 on all of the sample. It is a statement about this sample: a unit that is silent on all "
            + "of n independent rows may still be active on up to 3/n of such inputs (the rule of three, with 95% confidence). Positions "
            + "of one image or text are not independent, so rows are what counts.",
            "Rarely active: not dead, but output and slope were 0 on more than 99% of the sample. No fault in itself.",
            "Saturated: neither, but the slope was below a hundredth of the function's steepest on 99% of the sample or more. Such a unit "
            + "hardly learns. In a gate, which may stay open or shut, and in an output, which may be sure of itself, that is no fault.",
            "Zeros: the share of outputs that were exactly 0.",
            "Nonlinearity: the share of the outputs' variance that no straight line through what the units received explains. "
            + "Near 0 the function might as well not be there, as far as this sample shows.",
            "Gradient: the mean of |f′| at what the units received, the share of a gradient that passes.",
            "Verdicts: from a tenth of the units on, many; from half on, mostly. Nearly linear: a nonlinearity below 1%.",
        ]).Select(text => new Prose(text)),
    ];

    /// <summary>The end of a name that is too long for a terminal.</summary>
    internal static string End(string name, int length = ShortName) => name.Length > length ? "…" + name[^(length - 1)..] : name;

    private static string Style()
    {
        using StreamReader reader = new(typeof(DiagnosisReport).Assembly.GetManifestResourceStream(StyleSheet)!);
        return reader.ReadToEnd();
    }
}
