using System.Globalization;
using System.Text;

namespace Nonlinear.Explorer;

/// <summary>Floats as texts: the shortest that reads back as the same float, as the tool prints it.</summary>
internal static class FloatText
{
    /// <summary>A float as text.</summary>
    public static string Of(float value) => value.ToString(CultureInfo.InvariantCulture)
        .Replace("E", "e", StringComparison.Ordinal)
        .Replace("Infinity", "inf", StringComparison.Ordinal)
        .Replace("NaN", "nan", StringComparison.Ordinal);

    /// <summary>Columns of floats under their headings, as a file that spreadsheets read.</summary>
    public static string Csv(IReadOnlyList<string> headings, IReadOnlyList<float[]> columns)
    {
        StringBuilder csv = new(string.Join(',', headings.Select(Quoted)));
        csv.Append('\n');
        for (int row = 0; row < columns[0].Length; row++)
            csv.AppendJoin(',', columns.Select(column => Of(column[row]))).Append('\n');
        return csv.ToString();
    }

    private static string Quoted(string heading) =>
        heading.Contains(',', StringComparison.Ordinal) ? $"\"{heading}\"" : heading;
}
