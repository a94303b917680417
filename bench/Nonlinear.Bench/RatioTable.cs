using System.Globalization;
using System.Text;

namespace Nonlinear.Bench;

/// <summary>The ratios of all functions at one size.</summary>
internal sealed class RatioTable(int elements)
{
    public const string Exact = "exact", Fast = "fast", ExactBackward = "exact backward", FastBackward = "fast backward";

    private static readonly string[] Headings =
        ["function", "exact, ns", "fast, ns", "exact / copy", "fast / exact", "exact / TensorPrimitives", "fast / TensorPrimitives", "exact / MathF loop", "backward, ns", "fast backward, ns"];

    private readonly List<string[]> _rows = [];

    public int Elements => elements;

    public static IReadOnlyList<string> Columns => Headings;

    public IReadOnlyList<string[]> Rows => _rows;

    public void Add(string function, Race race) => _rows.Add(
    [
        function,
        Number(race.Nanoseconds(Exact, elements)),
        Number(race.Nanoseconds(Fast, elements)),
        Number(race.Ratio(Exact, Rivals.Copy)),
        Number(race.Ratio(Fast, Exact)),
        Number(race.Ratio(Exact, Rivals.TensorPrimitivesName)),
        Number(race.Ratio(Fast, Rivals.TensorPrimitivesName)),
        Number(race.Ratio(Exact, Rivals.Loop)),
        Number(race.Nanoseconds(ExactBackward, elements)),
        Number(race.Nanoseconds(FastBackward, elements)),
    ]);

    public string Markdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"## {elements:N0} elements\n\n| {string.Join(" | ", Headings)} |\n|{string.Concat(Headings.Select(_ => " --- |"))}\n");
        foreach (string[] row in _rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        return text.ToString();
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
