using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>What is said about how a table was read.</summary>
internal static class Notes
{
    /// <summary>How the numbers of a column are written.</summary>
    public static string Written(string heading, NumberNotation notation, string text, double number) => string.Create(
        CultureInfo.InvariantCulture,
        $"'{heading}' is written {(notation.DecimalComma ? "with decimal commas" : "for people")}: '{text}' was read as {number:R}"
        + $"{(notation.Mark == "%" ? " (percent)" : "")}.");

    /// <summary>What a float cannot show of some numbers; null if it shows them.</summary>
    public static string? Spread(string heading, IReadOnlyList<string> texts, IReadOnlyList<double> numbers, Measure measure)
    {
        HashSet<double> doubles = [];
        HashSet<float> floats = [];
        HashSet<string> whole = new(StringComparer.Ordinal);
        for (int row = 0; row < numbers.Count; row++)
        {
            if (double.IsNaN(numbers[row]))
                continue;
            doubles.Add(numbers[row]);
            floats.Add(measure.Float(numbers[row]));
            if (Math.Abs(numbers[row]) > 1L << 53)
                whole.Add(texts[row]);
        }
        const double Lost = 0.9;
        if (whole.Count > 0 && doubles.Count < Lost * whole.Count)
            return $"'{heading}' holds numbers beyond 2^53, which differ in digits that cannot be kept; of {whole.Count} different "
                + $"{doubles.Count} are left.";
        return floats.Count < Lost * doubles.Count
            ? $"'{heading}' spreads further than floats can show: {doubles.Count} different numbers become {floats.Count}. Is a value far "
                + "from all others an error? Or take the logarithm."
            : null;
    }
}
