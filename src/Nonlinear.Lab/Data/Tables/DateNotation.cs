using System.Globalization;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>How the dates of a column are written.</summary>
/// <param name="Formats">The formats of .NET that they have.</param>
internal sealed record DateNotation(string[] Formats)
{
    private static readonly string[] Times = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt"];

    private static readonly string[][] Families =
    [
        [
            .. With("yyyy-M-d"), .. With("yyyy/M/d"), .. With("yyyy.M.d"), "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss",
            "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
            "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM", "yyyy/MM",
        ],
        [.. With("d.M.yyyy")],
        [
            .. With("MMM d yyyy"), .. With("MMM d, yyyy"), .. With("d MMM yyyy"), .. With("d-MMM-yyyy"), .. With("MMMM d yyyy"),
            .. With("MMMM d, yyyy"), .. With("d MMMM yyyy"), "MMM yyyy", "MMMM yyyy",
        ],
    ];

    private const DateTimeStyles AnySpaces = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal;

    private static readonly DateNotation MonthFirst = new([.. With("M/d/yyyy"), .. With("M-d-yyyy")]),
        DayFirst = new([.. With("d/M/yyyy"), .. With("d-M-yyyy")]);

    /// <summary>Finds out how dates are written.</summary>
    /// <param name="texts">Different texts of a column.</param>
    /// <param name="ambiguous">Whether day and month could be either way round.</param>
    /// <returns>Null if they are no dates, or if nobody can know which.</returns>
    public static DateNotation? Of(IReadOnlyList<string> texts, out bool ambiguous)
    {
        ambiguous = false;
        // Most columns are ruled out by their first text.
        if (texts.Count == 0 || !texts[0].Any(char.IsAsciiDigit) || texts[0].Length < 6)
            return null;
        foreach (string[] family in Families)
        {
            DateNotation notation = new(family);
            if (texts.All(notation.Fits))
                return notation;
        }
        bool monthFirst = texts.All(MonthFirst.Fits), dayFirst = texts.All(DayFirst.Fits);
        ambiguous = monthFirst && dayFirst && texts.Any(text => MonthFirst.Parse(text) != DayFirst.Parse(text));
        return ambiguous ? null : monthFirst ? MonthFirst : dayFirst ? DayFirst : null;
    }

    /// <summary>A date, with its time as it is written, in whatever zone.</summary>
    public DateTime? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, AnySpaces, out DateTimeOffset date)
            ? date.DateTime
            : null;

    private static string[] With(string date) => [.. Times.Select(time => date + time)];

    private bool Fits(string text) => Parse(text) is not null;
}
