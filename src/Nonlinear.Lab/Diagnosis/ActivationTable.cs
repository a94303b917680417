using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>The table of all activations on the page of a diagnosis.</summary>
internal static class ActivationTable
{
    private const int ShortName = 28;

    private static readonly (string Title, bool Number)[] Columns =
    [
        ("activation", false), ("verdict", false), ("units", true), ("dead", true), ("rare", true), ("sat.", true), ("mean", true),
        ("variance", true), ("zeros", true), ("nonlinear", true), ("gradient", true),
    ];

    /// <summary>The place on the page of what is said about the activation of a number.</summary>
    public static string Anchor(int number) => FormattableString.Invariant($"activation-{number}");

    /// <summary>The table.</summary>
    public static XElement Of(ModelDiagnosis model)
    {
        const string Caption = "Every activation, in the order of the model.";
        return Element("div", Classed("p", "caption", Caption), Tables.Scrolling(
            "wide dense activations",
            Caption,
            Element("thead", Element("tr", Columns.Select(column => Tables.Head(column.Title, column.Number)))),
            Element("tbody", model.Activations.Select(Row))));
    }

    /// <summary>A verdict as a label.</summary>
    public static XElement Label(ActivationDiagnosis activation) => Classed(
        "span",
        activation.Verdict switch
        {
            Verdict.Healthy => "verdict holds",
            Verdict.NonFinite => "verdict wrong",
            var verdict when verdict.StartsWith("most", StringComparison.Ordinal) => "verdict wrong",
            _ => "verdict holds-in-part",
        },
        activation.VerdictSoFar);

    private static XElement Row(ActivationDiagnosis activation, int number) => Element(
        "tr",
        Tables.RowHead(
            new XAttribute("title", activation.Name),
            Link("#" + Anchor(number), DiagnosisReport.End(activation.Name, ShortName)),
            Element("span", $"{activation.Function} · {activation.Role.ToString().ToLowerInvariant()} · axis {activation.Axis}")),
        Element("td", Label(activation)),
        Number($"{activation.Units:N0}"),
        Count(activation.DeadUnits, activation),
        Count(activation.RareUnits, activation),
        Count(activation.SaturatedUnits, activation),
        Number(Cells.Number(activation.Mean)),
        Number(Cells.Number(activation.Variance)),
        Number(Cells.Share(activation.Sparsity)),
        Number(Cells.Share(activation.Nonlinearity)),
        Number(Cells.Share(activation.GradientShare)));

    private static XElement Count(IReadOnlyList<int> units, ActivationDiagnosis activation) => Classed(
        "td",
        "number",
        new XAttribute("title", Cells.Share((double)units.Count / activation.Units)),
        $"{units.Count:N0}");

    private static XElement Number(string text) => Classed("td", "number", text);
}
