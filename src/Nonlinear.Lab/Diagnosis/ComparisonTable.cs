using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>How two models compare, activation by activation.</summary>
internal static class ComparisonTable
{
    private static readonly string[] Columns = ["activation", "function", "verdict", "dead", "mean", "variance", "gradient"];

    /// <summary>For the terminal: what has changed by more than a number.</summary>
    public static ReportTable ForTerminal(DiagnosisComparison comparison) => new(
        $"What has changed against {Path.GetFileName(comparison.Before.Model)}; the page has all.",
        ["activation", "verdict", "dead", "mean"],
        [.. comparison.Changes.Where(change => change.Notable).Select(change => (IReadOnlyList<string>)
        [
            DiagnosisReport.End(change.After.Name),
            Arrow(change.Before.Verdict, change.After.Verdict),
            Dead(change),
            Arrow(Cells.Number(change.Before.Mean), Cells.Number(change.After.Mean)),
        ])])
    {
        Medium = ReportMedium.Terminal,
    };

    /// <summary>For the page: all that both have.</summary>
    public static XElement ForPage(DiagnosisComparison comparison)
    {
        string caption = $"From {Path.GetFileName(comparison.Before.Model)} to {Path.GetFileName(comparison.After.Model)}, on the same "
            + "sample. Rows in bold have another verdict, or units that died (+) or came to life (−).";
        return Element("div", Classed("p", "caption", caption), Tables.Scrolling(
            "wide dense comparison",
            caption,
            Element("thead", Element("tr", Columns.Select((column, i) => Tables.Head(column, i > 2)))),
            Element("tbody", comparison.Changes.Select(Row))));
    }

    /// <summary>What only one of the models has; null if there is nothing of the kind.</summary>
    public static ReportTable? Unmatched(DiagnosisComparison comparison)
    {
        string before = Path.GetFileName(comparison.Before.Model), after = Path.GetFileName(comparison.After.Model);
        IReadOnlyList<string>[] rows =
        [
            .. comparison.OnlyBefore.Select(name => (IReadOnlyList<string>)[name, $"{before} (before)"]),
            .. comparison.OnlyAfter.Select(name => (IReadOnlyList<string>)[name, $"{after} (after)"]),
        ];
        return rows.Length == 0
            ? null
            : new("Activations that only one of the two has.", ["activation", "in"], rows) { Medium = ReportMedium.Page, WordsAtEnd = 1 };
    }

    private static XElement Row(ActivationChange change) => Element(
        "tr",
        change.Notable ? new XAttribute("class", "notable") : null,
        Tables.RowHead(new XAttribute("title", change.After.Name), DiagnosisReport.End(change.After.Name)),
        Element("td", Arrow(change.Before.Function, change.After.Function)),
        change.VerdictChanged
            ? Element("td", ActivationTable.Label(change.Before), " → ", ActivationTable.Label(change.After))
            : Element("td", ActivationTable.Label(change.After)),
        Number(Dead(change)),
        Number(Arrow(Cells.Number(change.Before.Mean), Cells.Number(change.After.Mean))),
        Number(Arrow(Cells.Number(change.Before.Variance), Cells.Number(change.After.Variance))),
        Number(Arrow(Cells.Share(change.Before.GradientShare), Cells.Share(change.After.GradientShare))));

    private static string Dead(ActivationChange change) => change.DeadGained.Count + change.DeadLost.Count == 0
        ? $"{change.After.DeadUnits.Count}"
        : $"{change.Before.DeadUnits.Count} → {change.After.DeadUnits.Count} (+{change.DeadGained.Count}, −{change.DeadLost.Count})";

    private static string Arrow(string before, string after) => before == after ? after : $"{before} → {after}";

    private static XElement Number(string text) => Classed("td", "number", text);
}
