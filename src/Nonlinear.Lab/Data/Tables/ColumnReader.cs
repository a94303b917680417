using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>Reads a column of texts as numbers, dates or categories.</summary>
/// <param name="missing">Which texts say that nothing is there.</param>
/// <param name="decimalComma">Whether a comma begins the decimals where both readings are possible; null if nobody can know.</param>
internal sealed class ColumnReader(MissingTexts missing, bool? decimalComma)
{
    /// <summary>Texts with more different values are names or free text.</summary>
    public const int MostCategories = 20;

    // A column with more different numbers than could be categories is one of numbers, though one in ten be none.
    private const double ShareOfNumbers = 0.9;

    /// <summary>A column as numbers; NaN where nothing is there.</summary>
    /// <param name="heading">The column.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="notation">How its numbers are written.</param>
    /// <param name="problem">What is wrong with it, if it is a column of numbers with something else in it.</param>
    /// <returns>Null if it is no column of numbers, or if something is wrong with it.</returns>
    public double[]? Numbers(string heading, string[] texts, out NumberNotation notation, out ColumnProblem? problem)
    {
        (notation, problem) = (NumberNotation.Plain, null);
        double[] numbers = Parse(texts, notation);
        int[] bad = Bad(texts, numbers);
        if (bad.Length == 0)
            return numbers;
        if (Notation(heading, [.. texts.Where(text => !missing.InNumbers(text)).Distinct(StringComparer.Ordinal)], out problem)
            is { } other)
        {
            double[] read = Parse(texts, other);
            int[] left = Bad(texts, read);
            if (left.Length < bad.Length)
                (notation, numbers, bad) = (other, read, left);
        }
        if (problem is not null)
            return null;
        if (bad.Length == 0)
            return numbers;
        problem = Wrong(heading, texts, numbers, bad);
        return null;
    }

    /// <summary>The different texts of a column that say something.</summary>
    public string[] Present(string[] texts) =>
        [.. texts.Where(text => !missing.Always(text)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Texts that mean the same, together: 1 and 1.0.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Categories(IEnumerable<string> texts) =>
    [
        .. texts.GroupBy(text => NumberNotation.ParsePlain(text) is double number && !double.IsNaN(number)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : text)
            .Select(group => (IReadOnlyList<string>)[.. group.OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)]),
    ];

    private double[] Parse(string[] texts, NumberNotation notation) =>
        Array.ConvertAll(texts, text => missing.InNumbers(text) ? double.NaN : notation.Parse(text));

    private int[] Bad(string[] texts, double[] numbers) =>
        [.. Enumerable.Range(0, texts.Length).Where(row => double.IsNaN(numbers[row]) && !missing.InNumbers(texts[row]))];

    // Null where the numbers are plain, or none.
    private NumberNotation? Notation(string heading, string[] present, out ColumnProblem? problem)
    {
        problem = null;
        string mark = present.GroupBy(NumberNotation.MarkOf).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key ?? "";
        (bool ByPoint, bool ByComma)[] readings = [.. present.Select(NumberNotation.Readings)];
        int byPoint = readings.Count(reading => reading.ByPoint), byComma = readings.Count(reading => reading.ByComma);
        if (Math.Max(byPoint, byComma) < ShareOfNumbers * present.Length)
            return null;
        if (byPoint != byComma)
            return new(byComma > byPoint, mark);
        string? unsure = present.FirstOrDefault(text => NumberNotation.HasSign(text));
        if (unsure is null)
            return new(false, mark);
        if (decimalComma is { } comma)
            return new(comma, mark);
        problem = new(
            heading,
            $"holds numbers such as '{unsure}', in which the sign may begin the decimals or group the digits",
            "say which with --decimal comma or --decimal point");
        return null;
    }

    private static ColumnProblem? Wrong(string heading, string[] texts, double[] numbers, int[] bad)
    {
        int[] beyond = [.. bad.Where(row => NumberNotation.IsBeyond(texts[row]))];
        int present = numbers.Count(number => !double.IsNaN(number));
        bool numeric = present >= ShareOfNumbers * (present + bad.Length)
            && numbers.Where(number => !double.IsNaN(number)).Distinct().Take(MostCategories + 1).Count() > MostCategories;
        if (beyond.Length > 0 && present + beyond.Length >= ShareOfNumbers * (present + bad.Length))
            bad = beyond;
        else if (!numeric)
            return null;
        const int MostShown = 3;
        string shown = string.Join(", ", bad.Take(MostShown).Select(row => $"row {row + 1} has '{texts[row]}'"));
        string more = bad.Length > MostShown ? $", and {bad.Length - MostShown} more rows" : "";
        string what = bad == beyond ? "not finite, or too large to compute with" : "no number";
        string named = string.Join(',', bad.Take(MostShown).Select(row => texts[row]).Distinct());
        return new(
            heading,
            $"is one of numbers, and {shown}{more}, which is {what}",
            bad.Length == 1 ? $"mend it, or count it as missing with --missing \"{named}\""
                : $"mend them, or count them as missing with --missing \"{named}\"");
    }
}
