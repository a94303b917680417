using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Data;

/// <summary>The parts of a date that become inputs.</summary>
internal enum DatePart
{
    /// <summary>The year.</summary>
    Year,

    /// <summary>The month, from 1.</summary>
    Month,

    /// <summary>The day of the week, from 1 for Monday.</summary>
    Weekday,

    /// <summary>The hour, from 0 to 23.</summary>
    Hour,
}

/// <summary>What the parts of a date are.</summary>
internal static class DateParts
{
    /// <summary>A part of a date.</summary>
    public static int Of(this DatePart part, DateTime date) => part switch
    {
        DatePart.Year => date.Year,
        DatePart.Month => date.Month,
        DatePart.Weekday => (((int)date.DayOfWeek + 6) % 7) + 1,
        _ => date.Hour,
    };

    /// <summary>What a part is called.</summary>
    public static string Named(this DatePart part) => part.ToString().ToLowerInvariant();

    /// <summary>What a part is called in a Chinese sentence.</summary>
    public static string InChinese(this DatePart part) => part switch
    {
        DatePart.Year => "年",
        DatePart.Month => "月",
        DatePart.Weekday => "星期（1 为星期一）",
        DatePart.Hour => "小时",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}

/// <summary>
/// Where the parts stand in dates that are all written alike: what a program needs that can do no more than split texts, such as an ONNX
/// model.
/// </summary>
/// <param name="Order">Year, month and day in their order, as letters: <c>ymd</c>, <c>my</c>.</param>
/// <param name="Separator">What stands between them.</param>
/// <param name="HasComma">Whether a comma follows the second of them.</param>
/// <param name="HasNames">Whether months are names.</param>
/// <param name="TimeMark">What stands before the time; null if there is none.</param>
/// <param name="HasHalves">Whether AM or PM stands behind the time.</param>
internal sealed partial record DateLayout(
    string Order, string Separator, bool HasComma, bool HasNames, string? TimeMark, bool HasHalves)
{
    private static readonly string[] Orders = ["ymd", "mdy", "dmy", "ym", "my"];

    /// <summary>The names of a month, short and long, by its number.</summary>
    public static IReadOnlyList<string> NamesOf(int month) =>
    [
        DateTimeFormatInfo.InvariantInfo.GetAbbreviatedMonthName(month),
        DateTimeFormatInfo.InvariantInfo.GetMonthName(month),
    ];

    /// <summary>Finds out how dates are written.</summary>
    /// <param name="texts">Different texts, all of them dates.</param>
    /// <param name="parse">What date a text is.</param>
    /// <returns>Null if they are not written alike.</returns>
    public static DateLayout? Of(IReadOnlyList<string> texts, Func<string, DateTime?> parse)
    {
        Match first = Written().Match(texts[0]);
        if (!first.Success)
            return null;
        return Orders.Select(order => OfMatch(first, order)).FirstOrDefault(layout => texts.All(text => layout.Fits(text, parse(text))));
    }

    private static DateLayout OfMatch(Match match, string order) => new(
        order,
        match.Groups["separator"].Value,
        match.Groups["comma"].Success,
        char.IsLetter(Piece(match, order, 'm').FirstOrDefault()),
        match.Groups["mark"].Success ? match.Groups["mark"].Value : null,
        match.Groups["half"].Success);

    private bool Fits(string text, DateTime? date) =>
        date is { } day
        && Written().Match(text) is { Success: true } match
        && OfMatch(match, Order) == this
        && match.Groups["third"].Success == (Order.Length == 3)
        && IsNumber(Piece(match, Order, 'y'), day.Year)
        && (HasNames ? NamesOf(day.Month).Contains(Piece(match, Order, 'm')) : IsNumber(Piece(match, Order, 'm'), day.Month))
        && (Order.Length < 3 || IsNumber(Piece(match, Order, 'd'), day.Day));

    private static bool IsNumber(string text, int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value == number;

    private static string Piece(Match match, string order, char part) => order.IndexOf(part, StringComparison.Ordinal) switch
    {
        0 => match.Groups["first"].Value,
        1 => match.Groups["second"].Value,
        _ => match.Groups["third"].Value,
    };

    [GeneratedRegex(
        @"^(?<first>\d+|[A-Za-z]+)(?<separator>[-/. ])(?<second>\d+|[A-Za-z]+)(?<comma>,)?"
        + @"(?:\k<separator>(?<third>\d+))?(?:(?<mark>[T ])\d+:[^ ]*(?<half> [AP]M)?)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
