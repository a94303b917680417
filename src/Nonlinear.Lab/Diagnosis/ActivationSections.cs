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
    public static XElement Of(ModelDiagnosis model, Language language)
    {
        int cells = Math.Clamp(CellsOfPage / model.Activations.Count, LeastCells, MostCells);
        HashSet<ActivationDiagnosis> open = new(
            model.Activations.OrderBy(activation => Rank(activation.Verdict)).Take(MostOpen), ReferenceEqualityComparer.Instance);
        return Element("div", model.Activations.Select(
            (activation, i) => Section(activation, i, cells, open.Contains(activation), language)));
    }

    private static int Rank(string verdict) => Verdict.All.TakeWhile(graver => graver.English != verdict).Count();

    // The anchor is inside, so that following a link to it unfolds the section.
    private static XElement Section(ActivationDiagnosis activation, int number, int cells, bool open, Language language) => Element(
        "details",
        new XAttribute("class", "activation"),
        open ? new XAttribute("open", "") : null,
        Element(
            "summary",
            Classed("span", "name", activation.Name),
            " ",
            Element("code", activation.Function),
            " ",
            ActivationTable.Tag(activation, language)),
        Element(
            "div",
            new XAttribute("id", ActivationTable.Anchor(number)),
            Element("p", language[activation.AdviceInWords]),
            Facts(activation, language),
            Named(activation, language),
            InputFigure.Of(activation, language),
            UnitMap.Of(activation, cells, language),
            QuantileTable(activation, language)));

    private static XElement Facts(ActivationDiagnosis activation, Language language)
    {
        (Text Name, Label Value)?[] facts =
        [
            (new("role", "用途"), ActivationTable.Role(activation)),
            (ActivationTable.Units, new Text(
                $"{activation.Units:N0} along axis {activation.Axis}", $"{activation.Units:N0}，沿轴 {activation.Axis}")),
            (new("shown to each", "每个单元所见"), new Text(
                $"{activation.Samples:N0} in {activation.Rows:N0} rows", $"{activation.Rows:N0} 行中的 {activation.Samples:N0} 个数")),
            (ActivationTable.Mean, Cells.Number(activation.Mean)),
            (ActivationTable.Variance, Cells.Number(activation.Variance)),
            (ActivationTable.Zeros, Cells.Share(activation.Sparsity)),
            double.IsNaN(activation.Nonlinearity)
                ? null
                : (new("nonlinearity", "非线性度"), Cells.Share(activation.Nonlinearity)),
            double.IsNaN(activation.GradientShare)
                ? null
                : (new("gradient that passes", "通过的梯度"), Cells.Share(activation.GradientShare)),
            activation.Softmax is { } softmax
                ? (new("entropy, of the greatest", "熵（相对于最大值）"), Cells.Share(softmax.Entropy))
                : null,
            activation.Operations.Count > 0 ? (new("made of", "组成"), string.Join(", ", activation.Operations)) : null,
        ];
        return Classed(
            "dl",
            "inline",
            facts.OfType<(Text Name, Label Value)>().Select(fact => Element(
                "div", Element("dt", language[fact.Name]), Element("dd", language[fact.Value]))));
    }

    private static XElement? Named(ActivationDiagnosis activation, Language language)
    {
        (Text Words, IReadOnlyList<int> Units)[] kinds =
        [
            (new("NaN or infinity", "NaN 或无穷"), activation.NonFiniteUnits), (new("Dead", "死亡"), activation.DeadUnits),
            (new("Saturated", "饱和"), activation.SaturatedUnits), (new("Rarely active", "极少激活"), activation.RareUnits),
        ];
        XElement[] lines =
        [
            .. kinds.Where(kind => kind.Units.Count > 0).Select(kind =>
            {
                string[] units = [.. kind.Units.Take(MostUnitsNamed).Select(unit => $"{unit}")];
                bool all = units.Length == kind.Units.Count;
                return Element("li", language[new Text(
                    $"{kind.Words.English}: {string.Join(", ", units)}{(all ? "" : $", … ({kind.Units.Count:N0} in all)")}",
                    $"{kind.Words.Chinese}：{string.Join('、', units)}{(all ? "" : $"、……（共 {kind.Units.Count:N0} 个）")}")]);
            }),
        ];
        return lines.Length == 0 ? null : Classed("ul", "named", lines);
    }

    private static XElement? QuantileTable(ActivationDiagnosis activation, Language language)
    {
        (Text Name, Quantiles Of)[] rows =
        [
            .. activation.Inputs is { } inputs ? ((Text, Quantiles)[])[(new("inputs", "输入"), inputs)] : [],
            .. activation.Outputs is { } outputs ? ((Text, Quantiles)[])[(new("outputs", "输出"), outputs)] : [],
        ];
        Label[] columns =
        [
            "", new Text("least", "最小值"), "1%", "25%", new Text("median", "中位数"), "75%", "99%", new Text("greatest", "最大值"),
        ];
        return rows.Length == 0 ? null : Tables.Scrolling(
            "wide dense",
            language[new Text($"Quantiles of {activation.Name}.", $"{activation.Name} 的分位数。")],
            Element("thead", Element("tr", columns.Select((column, i) => Tables.Head(language[column], i > 0)))),
            Element("tbody", rows.Select(row => Element(
                "tr",
                Tables.RowHead(language[row.Name]),
                Numbers(row.Of).Select(number => Classed("td", "number", Cells.Number(number)))))));
    }

    private static double[] Numbers(Quantiles of) =>
        [of.Least, of.Percent1, of.Percent25, of.Median, of.Percent75, of.Percent99, of.Greatest];
}
