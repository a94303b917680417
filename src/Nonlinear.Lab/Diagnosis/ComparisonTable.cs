using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>How two models compare, activation by activation.</summary>
internal static class ComparisonTable
{
    private static readonly Text[] Columns =
    [
        ActivationTable.Activation, ReportWords.Function, ActivationTable.Verdict, ActivationTable.Dead, ActivationTable.Mean,
        ActivationTable.Variance, ActivationTable.Gradient,
    ];

    /// <summary>For the terminal: what has changed by more than a number.</summary>
    public static ReportTable ForTerminal(DiagnosisComparison comparison) => new(
        new(
            $"What has changed against {Path.GetFileName(comparison.Before.Model)}; the page has all.",
            $"与 {Path.GetFileName(comparison.Before.Model)} 相比有何变化；页面上有全部内容。"),
        [ActivationTable.Activation, ActivationTable.Verdict, ActivationTable.Dead, ActivationTable.Mean],
        [.. comparison.Changes.Where(change => change.Notable).Select(change => (IReadOnlyList<Label>)
        [
            DiagnosisReport.End(change.After.Name),
            Arrow(Verdict.InWords(change.Before.Verdict), Verdict.InWords(change.After.Verdict)),
            Dead(change),
            Arrow(Cells.Number(change.Before.Mean), Cells.Number(change.After.Mean)),
        ])])
    {
        Medium = ReportMedium.Terminal,
    };

    /// <summary>For the page: all that both have.</summary>
    public static XElement ForPage(DiagnosisComparison comparison, Language language)
    {
        string before = Path.GetFileName(comparison.Before.Model), after = Path.GetFileName(comparison.After.Model);
        string caption = language[new Text(
            $"From {before} to {after}, on the same sample. Rows in bold have another verdict, or units that died (+) or came to life (−).",
            $"从 {before} 到 {after}，使用同一样本。粗体的行结论已改变，或有单元死亡(+)或复活(−)。")];
        return Element("div", Classed("p", "caption", caption), Tables.Scrolling(
            "wide dense comparison",
            caption,
            Element("thead", Element("tr", Columns.Select((column, i) => Tables.Head(language[column], i > 2)))),
            Element("tbody", comparison.Changes.Select(change => Row(change, language)))));
    }

    /// <summary>What only one of the models has; null if there is nothing of the kind.</summary>
    public static ReportTable? Unmatched(DiagnosisComparison comparison)
    {
        string before = Path.GetFileName(comparison.Before.Model), after = Path.GetFileName(comparison.After.Model);
        Text first = new($"{before} (before)", $"{before}（之前）"), second = new($"{after} (after)", $"{after}（之后）");
        IReadOnlyList<Label>[] rows =
        [
            .. comparison.OnlyBefore.Select(name => (IReadOnlyList<Label>)[name, first]),
            .. comparison.OnlyAfter.Select(name => (IReadOnlyList<Label>)[name, second]),
        ];
        return rows.Length == 0
            ? null
            : new(
                new("Activations that only one of the two has.", "只有其中一个模型才有的激活函数。"),
                [ActivationTable.Activation, new Text("in", "所在模型")],
                rows)
            {
                Medium = ReportMedium.Page,
                WordsAtEnd = 1,
            };
    }

    private static XElement Row(ActivationChange change, Language language) => Element(
        "tr",
        change.Notable ? new XAttribute("class", "notable") : null,
        Tables.RowHead(new XAttribute("title", change.After.Name), DiagnosisReport.End(change.After.Name)),
        Element("td", Arrow(change.Before.Function, change.After.Function)),
        change.VerdictChanged
            ? Element("td", ActivationTable.Tag(change.Before, language), " → ", ActivationTable.Tag(change.After, language))
            : Element("td", ActivationTable.Tag(change.After, language)),
        Number(Dead(change)),
        Number(Arrow(Cells.Number(change.Before.Mean), Cells.Number(change.After.Mean))),
        Number(Arrow(Cells.Number(change.Before.Variance), Cells.Number(change.After.Variance))),
        Number(Arrow(Cells.Share(change.Before.GradientShare), Cells.Share(change.After.GradientShare))));

    private static string Dead(ActivationChange change) => change.DeadGained.Count + change.DeadLost.Count == 0
        ? $"{change.After.DeadUnits.Count}"
        : $"{change.Before.DeadUnits.Count} → {change.After.DeadUnits.Count} (+{change.DeadGained.Count}, −{change.DeadLost.Count})";

    private static string Arrow(string before, string after) => before == after ? after : $"{before} → {after}";

    private static Text Arrow(Text before, Text after) =>
        new(Arrow(before.English, after.English), Arrow(before.Chinese, after.Chinese));

    private static XElement Number(string text) => Classed("td", "number", text);
}
