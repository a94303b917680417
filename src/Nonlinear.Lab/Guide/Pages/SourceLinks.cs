using System.Text.RegularExpressions;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>Turns the arXiv numbers and DOIs in a source into links.</summary>
internal static partial class SourceLinks
{
    /// <summary>The source as text and links.</summary>
    public static IEnumerable<object> Of(string source)
    {
        int done = 0;
        foreach (Match match in Reference().Matches(source))
        {
            yield return source[done..match.Index];
            string address = match.Value.StartsWith("arXiv:", StringComparison.Ordinal)
                ? $"https://arxiv.org/abs/{match.Value[6..]}"
                : $"https://doi.org/{match.Value[(match.Value.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()}";
            yield return Link(address, match.Value);
            done = match.Index + match.Length;
        }
        yield return source[done..];
    }

    [GeneratedRegex(@"arXiv:\d{4}\.\d{4,5}|(?i:doi):\s?10\.\d{4,9}/[^\s,;]+")]
    private static partial Regex Reference();
}
