using System.Text.RegularExpressions;

namespace Nonlinear.BrowserTests;

/// <summary>Numbers as the page writes them, in texts about the page.</summary>
public static partial class NumberText
{
    /// <summary>The numbers in a text, each once: −0.0455, 1.16 × 10⁻⁷, −6.709613e−22.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Numbers().Matches(text).Select(match => match.Value).Distinct()];

    /// <summary>Whether a text has a number as such; a part of a longer number is none.</summary>
    public static bool IsIn(string text, string number) => Regex.IsMatch(
        text,
        $"(?<![\\d.⁰-⁹])(?<!10){Regex.Escape(number)}(?![\\d⁰-⁹⁻]| × 10|\\.\\d|e[−-])");

    [GeneratedRegex(@"−?(?<![\d.])\d+(\.\d+)?( × 10[⁻⁰¹²³⁴-⁹]+|e−\d+)?")]
    private static partial Regex Numbers();
}
