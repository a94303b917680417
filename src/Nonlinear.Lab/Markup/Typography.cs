using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Markup;

/// <summary>
/// Sets a plain text as a printer would: true minus signs, powers of ten with superscripts, full-width Chinese punctuation.
/// </summary>
internal static partial class Typography
{
    private const string Ascii = ",:;?!", FullWidth = "，：；？！";

    /// <summary>A text in both languages.</summary>
    public static Text Set(Text text) => new(English(text.English), Chinese(text.Chinese));

    /// <summary>An English text.</summary>
    public static string English(string text) =>
        Minus().Replace(
            Power().Replace(
                text,
                power => Numbers.TimesPowerOfTen(power.Groups[1].Value, int.Parse(power.Groups[2].ValueSpan, Numbers.Invariant))),
            "−")
            .Replace('\'', '’');

    /// <summary>A Chinese text.</summary>
    public static string Chinese(string text)
    {
        text = ChineseParentheses().Replace(English(text), found => $"（{found.Value[1..^1]}）");
        return ChinesePunctuation().Replace(text, mark => FullWidth[Ascii.IndexOf(mark.Value[0], StringComparison.Ordinal)].ToString());
    }

    // A hyphen before a number or a symbol, with nothing that it could join or subtract from.
    [GeneratedRegex(@"(?<![\p{L}\p{N})])-(?=[\p{N}αβλ∞])")]
    private static partial Regex Minus();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)e(-?\d+)\b")]
    private static partial Regex Power();

    // Parentheses that belong to the sentence: Chinese stands before or within them.
    [GeneratedRegex(@"(?<=[\p{IsCJKUnifiedIdeographs}])\([^()]*\)|\([^()]*\p{IsCJKUnifiedIdeographs}[^()]*\)")]
    private static partial Regex ChineseParentheses();

    // A mark after or before Chinese; or a comma between things, which are not the members of a pair.
    [GeneratedRegex(@"(?<=[\p{IsCJKUnifiedIdeographs}”])[,:;?!]\s?|[,:;?!](?=\p{IsCJKUnifiedIdeographs})|[,;](?=[^\s\d])")]
    private static partial Regex ChinesePunctuation();
}
