using System.Globalization;
using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>
/// A map of an activation's units: a cell for each, coloured by how active it is, with a mark on those of which something is to be said.
/// </summary>
internal sealed class UnitMap
{
    private const int Shades = 10;

    // Where all units are active on nearly everything, as after a tanh, that tells nothing; what passes of the gradient may.
    private const double AlwaysActive = 0.995;

    private static readonly (string Mark, Text Words)[] Marks =
    [
        ("n", new("NaN or infinity", "NaN 或无穷")), ("d", new("dead", "死亡")), ("s", new("saturated", "饱和")),
        ("r", new("rarely active", "极少激活")),
    ];

    private readonly ActivationDiagnosis _activation;
    private readonly Language _language;
    private readonly IReadOnlyList<float> _levels;
    private readonly Dictionary<int, string> _marks = [];

    private UnitMap(ActivationDiagnosis activation, Language language)
    {
        (_activation, _language) = (activation, language);
        bool byGradient = activation.UnitGradients.Count > 0
            && (activation.UnitActivity.Count == 0 || activation.UnitActivity.All(share => share > AlwaysActive));
        _levels = byGradient ? activation.UnitGradients : activation.UnitActivity;
        Shown = byGradient
            ? new("the stronger the colour, the more of the gradient passes", "颜色越深，通过的梯度越多")
            : new("the stronger the colour, the more often active", "颜色越深，激活越频繁");
        foreach ((string mark, IReadOnlyList<int> units) in Marks.Select(mark => mark.Mark).Zip<string, IReadOnlyList<int>>(
            [activation.NonFiniteUnits, activation.DeadUnits, activation.SaturatedUnits, activation.RareUnits]))
        {
            foreach (int unit in units)
                _marks.TryAdd(unit, mark);
        }
    }

    private Text Shown { get; }

    /// <summary>Draws the map; null if nothing is known of single units.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="cells">How many cells there may be; if there are more units, each cell stands for several.</param>
    /// <param name="language">The language of its words.</param>
    public static XElement? Of(ActivationDiagnosis activation, int cells, Language language)
    {
        UnitMap map = new(activation, language);
        return map._levels.Count > 0 || map._marks.Count > 0 ? map.Draw(cells) : null;
    }

    private XElement Draw(int cells)
    {
        int units = _activation.Units, together = (units + cells - 1) / cells;
        string note = _language[together == 1
            ? new Text(
                $"A cell for each of the {units:N0} units, from 0; {Shown.English}.",
                $"{units:N0} 个单元各占一格，从 0 数起；{Shown.Chinese}。")
            : new Text(
                $"Each cell stands for {together} of the {units:N0} units in their order, and has the gravest of their marks; "
                + $"{Shown.English}.",
                $"每格依次代表 {units:N0} 个单元中的 {together} 个，并取其中最严重的标记；{Shown.Chinese}。")];
        string[] present = [.. _marks.Values.Distinct()];
        return Html.Classed(
            "figure",
            "unit-map",
            Html.Classed(
                "div",
                "units",
                new XAttribute("role", "img"),
                new XAttribute("aria-label", Description()),
                Enumerable.Range(0, (units + together - 1) / together)
                    .Select(cell => Cell(cell * together, Math.Min(units, (cell + 1) * together)))),
            Html.Element(
                "figcaption",
                note,
                Marks.Where(mark => present.Contains(mark.Mark)).Select(mark => Html.Classed(
                    "span", "key", " ", Html.Classed("i", mark.Mark), _language[mark.Words]))));
    }

    private string Description()
    {
        (Text Words, int Count)[] counted =
        [
            .. Marks.Select(mark => (mark.Words, Count: _marks.Values.Count(found => found == mark.Mark))).Where(mark => mark.Count > 0),
        ];
        return _language[counted.Length == 0
            ? new Text(
                $"Units: none with anything the matter, of {_activation.Units}.", $"单元：{_activation.Units} 个中没有异常。")
            : new Text(
                $"Units: {string.Join(", ", counted.Select(mark => $"{mark.Count} {mark.Words.English}"))}, of {_activation.Units}.",
                $"单元：{_activation.Units} 个中，{string.Join('，', counted.Select(mark => $"{mark.Count} 个{mark.Words.Chinese}"))}。")];
    }

    private XElement Cell(int from, int to)
    {
        string? mark = Marks.Select(known => known.Mark).FirstOrDefault(
            known => Enumerable.Range(from, to - from).Any(unit => _marks.GetValueOrDefault(unit) == known));
        double level = Mean(_levels, from, to);
        int shade = double.IsNaN(level) ? 0 : (int)Math.Round(Math.Clamp(level, 0, 1) * Shades);
        return Html.Element(
            "i",
            new XAttribute("class", mark ?? string.Create(CultureInfo.InvariantCulture, $"u{shade}")),
            new XAttribute("title", Title(from, to, mark)));
    }

    private string Title(int from, int to, string? mark)
    {
        List<Text> parts = [];
        double activity = Mean(_activation.UnitActivity, from, to), mean = Mean(_activation.UnitMeans, from, to),
            gradient = Mean(_activation.UnitGradients, from, to);
        if (mark is not null)
            parts.Add(Marks.First(known => known.Mark == mark).Words);
        if (!double.IsNaN(activity))
            parts.Add(new($"active {Cells.Share(activity)}", $"激活 {Cells.Share(activity)}"));
        if (!double.IsNaN(mean))
            parts.Add(new($"mean {Cells.Number(mean)}", $"均值 {Cells.Number(mean)}"));
        if (!double.IsNaN(gradient))
            parts.Add(new($"gradient {Cells.Share(gradient)}", $"梯度 {Cells.Share(gradient)}"));
        Text place = to - from == 1 ? Text.Same($"{from}") : new($"{from} to {to - 1}", $"{from} 至 {to - 1}");
        return _language[new Text(
            $"{place.English}: {string.Join(", ", parts.Select(part => part.English))}",
            $"{place.Chinese}：{string.Join('，', parts.Select(part => part.Chinese))}")];
    }

    private static double Mean(IReadOnlyList<float> numbers, int from, int to) =>
        to <= numbers.Count ? Enumerable.Range(from, to - from).Average(unit => numbers[unit]) : double.NaN;
}
