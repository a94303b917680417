using System.Globalization;
using System.Text;
using MathNet.Numerics.Statistics;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Ratios;

/// <summary>The races at one size in one direction: a row for each function and tier, a column for everybody it is compared with.</summary>
internal sealed class RatioTable(string direction, string size, int elements, bool alongAxis)
{
    private readonly List<(string Function, Race Race)> _races = [];

    /// <summary>Forward or backward.</summary>
    public string Direction => direction;

    /// <summary>How many elements, or rows of how many.</summary>
    public string Size => size;

    /// <summary>Whether its functions work along an axis.</summary>
    public bool AlongAxis => alongAxis;

    /// <summary>What it is a table of.</summary>
    public string Title => $"{direction}, {size}";

    /// <summary>The races by function.</summary>
    public IReadOnlyList<(string Function, Race Race)> Races => _races;

    /// <summary>How long the memory's limits take.</summary>
    public string Limits => string.Join(", ", Others.Where(other => other.Part == Part.Limit).Select(limit =>
        $"{limit.Name} "
        + $"{Number(_races.Select(race => race.Race.Nanoseconds(Find(race.Race, limit.Name)!)).Median() / elements)} ns an element"));

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns => ["function", "tier", "ns", .. Others.Select(other => $"÷ {other.Name}")];

    /// <summary>The rows.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows =>
        from race in _races
        from ours in race.Race.Contestants
        where ours.Part == Part.Ours
        select (IReadOnlyList<string>)[
            race.Function,
            ours.Name,
            Number(race.Race.Nanoseconds(ours) / elements),
            .. Others.Select(other => Ratio(race.Race, ours, other.Name)),
        ];

    /// <summary>Adds a race.</summary>
    public void Add(string function, Race race) => _races.Add((function, race));

    /// <summary>The table in Markdown.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"## {Title}\n\n{Limits}.\n\n| {string.Join(" | ", Columns)} |\n| --- | --- "
            + $"|{string.Concat(Columns.Skip(2).Select(_ => " ---: |"))}\n");
        foreach (IReadOnlyList<string> row in Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        return text.ToString();
    }

    // Limits, the exact tier, rivals.
    private IEnumerable<Contestant> Others => _races.SelectMany(race => race.Race.Contestants)
        .Where(contestant => contestant.Part != Part.Ours || contestant.Name == Ours.Exact)
        .DistinctBy(contestant => contestant.Name)
        .OrderBy(contestant => contestant.Part switch { Part.Limit => 0, Part.Ours => 1, _ => 2 });

    private static string Ratio(Race race, Contestant ours, string other) =>
        Find(race, other) is { } found && found != ours ? Number(race.Ratios(ours, found).Median()) : "";

    private static Contestant? Find(Race race, string name) => race.Contestants.FirstOrDefault(contestant => contestant.Name == name);

    private static string Number(double value) =>
        value.ToString(value < 0.1 ? "0.000" : value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
