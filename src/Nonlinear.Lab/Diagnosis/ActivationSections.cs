using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What is known of each activation, folded up: long models have a hundred.</summary>
internal static class ActivationSections
{
    // All maps together have this many cells at most, so that the page stays light; a map has room for most layers, and for some of any.
    private const int CellsOfPage = 16384, MostCells = 2048, LeastCells = 64, MostOpen = 3, MostUnitsNamed = 24;

    /// <summary>The sections.</summary>
    public static XElement Of(ModelDiagnosis model)
    {
        int cells = Math.Clamp(CellsOfPage / model.Activations.Count, LeastCells, MostCells);
        HashSet<ActivationDiagnosis> open = new(
            model.Activations.OrderBy(activation => Rank(activation.Verdict)).Take(MostOpen), ReferenceEqualityComparer.Instance);
        return Element("div", model.Activations.Select((activation, i) => Section(activation, i, cells, open.Contains(activation))));
    }

    private static int Rank(string verdict) => Verdict.All.TakeWhile(graver => graver != verdict).Count();

    // The anchor is inside, so that following a link to it unfolds the section.
    private static XElement Section(ActivationDiagnosis activation, int number, int cells, bool open) => Element(
        "details",
        new XAttribute("class", "activation"),
        open ? new XAttribute("open", "") : null,
        Element(
            "summary",
            Classed("span", "name", activation.Name),
            " ",
            Element("code", activation.Function),
            " ",
            ActivationTable.Label(activation)),
        Element(
            "div",
            new XAttribute("id", ActivationTable.Anchor(number)),
            Element("p", Typography.English(activation.Advice)),
            Facts(activation),
            Named(activation),
            InputFigure.Of(activation),
            UnitMap.Of(activation, cells),
            QuantileTable(activation)));

    private static XElement Facts(ActivationDiagnosis activation) => Classed(
        "dl",
        "inline",
        Fact("role", activation.Role.ToString().ToLowerInvariant()),
        Fact("units", $"{activation.Units:N0} along axis {activation.Axis}"),
        Fact("shown to each", $"{activation.Samples:N0} in {activation.Rows:N0} rows"),
        Fact("mean", Cells.Number(activation.Mean)),
        Fact("variance", Cells.Number(activation.Variance)),
        Fact("zeros", Cells.Share(activation.Sparsity)),
        double.IsNaN(activation.Nonlinearity) ? null : Fact("nonlinearity", Cells.Share(activation.Nonlinearity)),
        double.IsNaN(activation.GradientShare) ? null : Fact("gradient that passes", Cells.Share(activation.GradientShare)),
        activation.Softmax is { } softmax ? Fact("entropy, of the greatest", Cells.Share(softmax.Entropy)) : null,
        activation.Operations.Count > 0 ? Fact("made of", string.Join(", ", activation.Operations)) : null);

    private static XElement Fact(string name, string value) => Element("div", Element("dt", name), Element("dd", value));

    private static XElement? Named(ActivationDiagnosis activation)
    {
        (string Words, IReadOnlyList<int> Units)[] kinds =
        [
            ("NaN or infinity", activation.NonFiniteUnits), ("Dead", activation.DeadUnits), ("Saturated", activation.SaturatedUnits),
            ("Rarely active", activation.RareUnits),
        ];
        XElement[] lines =
        [
            .. kinds.Where(kind => kind.Units.Count > 0).Select(kind => Element(
                "li",
                $"{kind.Words}: {string.Join(", ", kind.Units.Take(MostUnitsNamed))}"
                + (kind.Units.Count > MostUnitsNamed ? $", … ({kind.Units.Count:N0} in all)" : ""))),
        ];
        return lines.Length == 0 ? null : Classed("ul", "named", lines);
    }

    private static XElement? QuantileTable(ActivationDiagnosis activation)
    {
        (string Name, Quantiles Of)[] rows =
        [
            .. activation.Inputs is { } inputs ? ((string, Quantiles)[])[("inputs", inputs)] : [],
            .. activation.Outputs is { } outputs ? ((string, Quantiles)[])[("outputs", outputs)] : [],
        ];
        string[] columns = ["", "least", "1%", "25%", "median", "75%", "99%", "greatest"];
        return rows.Length == 0 ? null : Tables.Scrolling(
            "wide dense",
            $"Quantiles of {activation.Name}.",
            Element("thead", Element("tr", columns.Select((column, i) => Tables.Head(column, i > 0)))),
            Element("tbody", rows.Select(row => Element(
                "tr",
                Tables.RowHead(row.Name),
                Numbers(row.Of).Select(number => Classed("td", "number", Cells.Number(number)))))));
    }

    private static double[] Numbers(Quantiles of) =>
        [of.Least, of.Percent1, of.Percent25, of.Median, of.Percent75, of.Percent99, of.Greatest];
}
