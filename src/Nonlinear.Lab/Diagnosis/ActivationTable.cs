using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>The table of all activations on the page of a diagnosis.</summary>
internal static class ActivationTable
{
    private const int ShortName = 34;

    private static readonly (string Title, bool Number)[] Columns =
    [
        ("activation", false), ("function", false), ("verdict", false), ("role", false), ("units", true), ("axis", true), ("dead", true),
        ("rare", true), ("saturated", true), ("mean", true), ("variance", true), ("zeros", true), ("nonlinearity", true),
        ("gradient", true),
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
    public static XElement Label(ActivationDiagnosis activation) => Label(activation.Verdict);

    /// <summary>A verdict as a label.</summary>
    public static XElement Label(string verdict) => Classed(
        "span",
        verdict switch
        {
            Verdict.Healthy => "verdict holds",
            Verdict.NonFinite => "verdict wrong",
            _ when verdict.StartsWith("most", StringComparison.Ordinal) => "verdict wrong",
            _ => "verdict holds-in-part",
        },
        verdict);

    private static XElement Row(ActivationDiagnosis activation, int number) => Element(
        "tr",
        Tables.RowHead(
            new XAttribute("title", activation.Name),
            Link("#" + Anchor(number), DiagnosisReport.End(activation.Name, ShortName))),
        Element("td", activation.Function),
        Element("td", Label(activation)),
        Element("td", activation.Role.ToString().ToLowerInvariant()),
        Number($"{activation.Units:N0}"),
        Number($"{activation.Axis}"),
        Count(activation.DeadUnits, activation),
        Count(activation.RareUnits, activation),
        Count(activation.SaturatedUnits, activation),
        Number(Cells.Number(activation.Mean)),
        Number(Cells.Number(activation.Variance)),
        Number(Cells.Share(activation.Sparsity)),
        Number(Cells.Share(activation.Nonlinearity)),
        Number(Cells.Share(activation.GradientShare)));

    // How many, and which share: a tenth of 20 units and of 2000 differ.
    private static XElement Count(IReadOnlyList<int> units, ActivationDiagnosis activation) => Number(
        units.Count == 0 ? "0" : $"{units.Count:N0} ({Cells.Share((double)units.Count / activation.Units)})");

    private static XElement Number(string text) => Classed("td", "number", text);
}
