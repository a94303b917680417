using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Data.Tables;

/// <summary>How the numbers of a column are written: with which decimal sign, between which groups of digits, and what stands about
/// them.</summary>
/// <param name="DecimalComma">Whether a comma begins the decimals, and points group the digits.</param>
/// <param name="Mark">What stands before or after each number: a currency or %; empty for nothing.</param>
/// <param name="IsPlain">Whether numbers are as programs write them.</param>
internal sealed partial record NumberNotation(bool DecimalComma, string Mark, bool IsPlain = false)
{
    // Other letters before digits are a code, such as SKU100.
    private const string Currencies =
        "USD|EUR|GBP|JPY|CNY|RMB|CHF|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|KRW|TRY|ZAR|HKD|SGD|NZD|TWD|ILS";

    // Doubles whose squares still are some.
    private const double Largest = 1e100;

    /// <summary>As programs write numbers.</summary>
    public static NumberNotation Plain { get; } = new(false, "", IsPlain: true);

    /// <summary>A number as programs write it; NaN if it is none, or no finite one.</summary>
    public static double ParsePlain(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) <= Largest
            ? number
            : double.NaN;

    /// <summary>Whether a text is a number that is not finite, or so large that nothing can be computed with it.</summary>
    public static bool IsBeyond(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? !double.IsNaN(number) && !(Math.Abs(number) <= Largest)
            : text.TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands about a number: %, a currency, or nothing.</summary>
    public static string MarkOf(string text) => Decorated().Match(text) is { Success: true } match
        ? match.Groups["before"].Value + match.Groups["after"].Value
        : "";

    /// <summary>Whether a text could be a number by a decimal point, and by a decimal comma.</summary>
    public static (bool ByPoint, bool ByComma) Readings(string text)
    {
        string core = Core(text, MarkOf(text));
        return (PointNumber().IsMatch(core), CommaNumber().IsMatch(core));
    }

    /// <summary>Whether a text holds a sign that could group digits or begin decimals.</summary>
    public static bool HasSign(string text) => text.AsSpan().ContainsAny(',', '.');

    /// <summary>A number in this notation; NaN if it is none.</summary>
    public double Parse(string text)
    {
        if (IsPlain)
            return ParsePlain(text);
        if (MarkOf(text) != Mark)
            return double.NaN;
        string core = Core(text, Mark);
        if (!(DecimalComma ? CommaNumber() : PointNumber()).IsMatch(core))
            return double.NaN;
        return ParsePlain(DecimalComma
            ? core.Replace(".", "", StringComparison.Ordinal).Replace(',', '.')
            : core.Replace(",", "", StringComparison.Ordinal));
    }

    // Without what stands about it, spaces and apostrophes between groups; brackets are a minus, as accountants write it.
    private static string Core(string text, string mark)
    {
        string core = text;
        if (mark.Length > 0 && Decorated().Match(text) is { Success: true } match)
            core = match.Groups["sign"].Value + match.Groups["core"].Value.Trim();
        if (core.StartsWith('(') && core.EndsWith(')'))
            core = $"-{core[1..^1]}";
        return Groups().Replace(core.Replace('\u2212', '-'), "");
    }

    // In each of these a character has one place where it can belong, or is held there by (?>): a cell of a thousand spaces took hours.
    [GeneratedRegex(
        $@"^(?<sign>[-+\u2212(]?)(?>\s*)(?<before>[$€£¥₹]|{Currencies})?(?>\s*)"
        + $@"(?<core>(?>[-+\u2212]?\s*[\d.,'\u2019][\d.,'\u2019\s]*)\)?)(?>\s*)(?<after>[$€£¥₹%]|{Currencies})?$")]
    private static partial Regex Decorated();

    [GeneratedRegex(@"^[-+]?(\d{1,3}(,\d{3})+(\.\d*)?|(?>\d+)(\.\d*)?|\.\d+)([eE][-+]?\d+)?$")]
    private static partial Regex PointNumber();

    [GeneratedRegex(@"^[-+]?(\d{1,3}(\.\d{3})+(,\d*)?|(?>\d+)(,\d*)?|,\d+)([eE][-+]?\d+)?$")]
    private static partial Regex CommaNumber();

    // A space or an apostrophe between a digit and three more.
    [GeneratedRegex(@"(?<=\d)[\u0020\u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))")]
    private static partial Regex Groups();
}
