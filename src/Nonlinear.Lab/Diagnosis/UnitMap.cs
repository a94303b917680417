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

    private static readonly (string Mark, string Words)[] Marks =
        [("n", "NaN or infinity"), ("d", "dead"), ("s", "saturated"), ("r", "rarely active")];

    private readonly ActivationDiagnosis _activation;
    private readonly IReadOnlyList<float> _levels;
    private readonly Dictionary<int, string> _marks = [];

    private UnitMap(ActivationDiagnosis activation)
    {
        _activation = activation;
        bool byGradient = activation.UnitGradients.Count > 0
            && (activation.UnitActivity.Count == 0 || activation.UnitActivity.All(share => share > AlwaysActive));
        _levels = byGradient ? activation.UnitGradients : activation.UnitActivity;
        Shown = "the stronger the colour, the " + (byGradient ? "more of the gradient passes" : "more often active");
        foreach ((string mark, IReadOnlyList<int> units) in Marks.Select(mark => mark.Mark).Zip<string, IReadOnlyList<int>>(
            [activation.NonFiniteUnits, activation.DeadUnits, activation.SaturatedUnits, activation.RareUnits]))
        {
            foreach (int unit in units)
                _marks.TryAdd(unit, mark);
        }
    }

    private string Shown { get; }

    /// <summary>Draws the map; null if nothing is known of single units.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="cells">How many cells there may be; if there are more units, each cell stands for several.</param>
    public static XElement? Of(ActivationDiagnosis activation, int cells)
    {
        UnitMap map = new(activation);
        return map._levels.Count > 0 || map._marks.Count > 0 ? map.Draw(cells) : null;
    }

    private XElement Draw(int cells)
    {
        int units = _activation.Units, together = (units + cells - 1) / cells;
        string note = together == 1
            ? $"A cell for each of the {units:N0} units, from 0; {Shown}."
            : $"Each cell stands for {together} of the {units:N0} units in their order, and has the gravest of their marks; {Shown}.";
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
                    "span", "key", " ", Html.Classed("i", mark.Mark), mark.Words))));
    }

    private string Description() => "Units: " + string.Join(
        ", ",
        Marks.Select(mark => (mark.Words, Count: _marks.Values.Count(found => found == mark.Mark)))
            .Where(mark => mark.Count > 0)
            .Select(mark => $"{mark.Count} {mark.Words}")
            .DefaultIfEmpty("none with anything the matter")) + $", of {_activation.Units}.";

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
        List<string> parts = [];
        double activity = Mean(_activation.UnitActivity, from, to), mean = Mean(_activation.UnitMeans, from, to),
            gradient = Mean(_activation.UnitGradients, from, to);
        if (mark is not null)
            parts.Add(Marks.First(known => known.Mark == mark).Words);
        if (!double.IsNaN(activity))
            parts.Add($"active {Cells.Share(activity)}");
        if (!double.IsNaN(mean))
            parts.Add($"mean {Cells.Number(mean)}");
        if (!double.IsNaN(gradient))
            parts.Add($"gradient {Cells.Share(gradient)}");
        return (to - from == 1 ? $"{from}: " : $"{from} to {to - 1}: ") + string.Join(", ", parts);
    }

    private static double Mean(IReadOnlyList<float> numbers, int from, int to) =>
        to <= numbers.Count ? Enumerable.Range(from, to - from).Average(unit => numbers[unit]) : double.NaN;
}
