using System.Globalization;
using System.Text;
using MathNet.Numerics.Statistics;
using Nonlinear.Bench.Measuring;

namespace Nonlinear.Bench.Pages;

/// <summary>The races of one setting: a row for each function and tier, a column for everybody it is compared with.</summary>
internal sealed class RatioTable(RaceSetting setting, IReadOnlyList<Measurement> measurements)
{
    /// <summary>What it is a table of.</summary>
    public string Title => setting.Title;

    /// <summary>How long the memory's limits take.</summary>
    public string Limits => string.Join(", ", measurements
        .Where(measurement => measurement.Part == Part.Limit)
        .GroupBy(measurement => measurement.Contestant)
        .Select(limit => $"{limit.Key} {Number(limit.Select(measurement => measurement.Nanoseconds).Median())} ns an element"));

    /// <summary>The headings.</summary>
    public IReadOnlyList<string> Columns => ["function", "tier", "ns", .. Others.Select(other => $"÷ {other}")];

    /// <summary>The rows.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows =>
        from ours in measurements
        where ours.Part == Part.Ours
        select (IReadOnlyList<string>)[
            ours.Function,
            ours.Contestant,
            Number(ours.Nanoseconds),
            .. Others.Select(other => ours.Ratios.TryGetValue(other, out double ratio) ? Number(ratio) : ""),
        ];

    /// <summary>The tables of all settings that were measured.</summary>
    public static IEnumerable<RatioTable> Of(IEnumerable<Measurement> measurements) =>
        measurements.GroupBy(measurement => measurement.Setting).Select(group => new RatioTable(group.Key, [.. group]));

    /// <summary>A number with as many digits as it deserves.</summary>
    public static string Number(double value) =>
        value.ToString(value < 0.1 ? "0.000" : value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>The table in Markdown, under a heading.</summary>
    public string Markdown()
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"### {Title}\n\n{Limits}.\n\n| {string.Join(" | ", Columns)} |\n| --- | --- "
            + $"|{string.Concat(Columns.Skip(2).Select(_ => " ---: |"))}\n");
        foreach (IReadOnlyList<string> row in Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        return text.ToString();
    }

    // Limits, the exact tier, rivals.
    private IEnumerable<string> Others => measurements
        .Where(measurement => measurement.Part != Part.Ours || measurement.Contestant == TierNames.Exact)
        .OrderBy(measurement => measurement.Part switch { Part.Limit => 0, Part.Ours => 1, _ => 2 })
        .Select(measurement => measurement.Contestant)
        .Distinct();
}
