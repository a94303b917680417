using System.Globalization;
using System.Text.RegularExpressions;
using Nonlinear.Lab.Figures;

namespace Nonlinear.Tests;

/// <summary>The colours of curves: those that were published, and apart for eyes of every kind.</summary>
public partial class PaletteTests
{
    // Okabe and Ito 2008, in the order of use. The yellow is left out: on paper its luminance contrast is 1.3.
    private static readonly string[] Published = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    [Fact]
    public void Page_and_figures_have_the_published_colours()
    {
        Assert.Equal(Published, Curves(Theme("light")));
        Assert.Equal([.. Published[..^1], "#ffffff"], Curves(Theme("dark")));
        Assert.Equal(Published, FigureStyle.Palette.Select(colour => colour.ToHex().ToLowerInvariant()[..7]));
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Curves_and_paper_are_ten_apart_for_every_kind_of_colour_vision(string theme)
    {
        Dictionary<string, string> colours = Theme(theme);
        string[] all = [.. Curves(colours), colours["--paper"]];
        foreach ((string vision, double[][] simulation) in ColourDifference.Visions)
        {
            for (int i = 0; i < all.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double apart = ColourDifference.Between(all[i], all[j], simulation);
                    Assert.True(
                        apart >= 10,
                        string.Create(CultureInfo.InvariantCulture, $"{vision}: {all[i]} and {all[j]} are {apart:F1} apart"));
                }
            }
        }
    }

    // From Sharma, Wu and Dalal 2005, table 1: pairs 1, 7, 17 and 24.
    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, 0, 0, 50, -1, 2, 2.3669)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644)]
    public void The_difference_is_that_of_its_authors(double l1, double a1, double b1, double l2, double a2, double b2, double expected) =>
        Assert.Equal(expected, ColourDifference.Between((l1, a1, b1), (l2, a2, b2)), 1e-4);

    private static string[] Curves(Dictionary<string, string> colours) =>
        [.. Enumerable.Range(0, Published.Length).Select(i => colours[FormattableString.Invariant($"--curve-{i}")])];

    // What the dark theme leaves out it has from the light one.
    private static Dictionary<string, string> Theme(string name)
    {
        string css = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Explorer", "style.css"));
        Dictionary<string, string> colours = [];
        foreach (string selector in name == "dark" ? (string[])["\n:root {", ":root[data-theme=\"dark\"] {"] : ["\n:root {"])
        {
            int start = css.IndexOf(selector, StringComparison.Ordinal);
            foreach (Match match in Colour().Matches(css[start..css.IndexOf('}', start)]))
                colours[match.Groups[1].Value] = match.Groups[2].Value;
        }
        return colours;
    }

    [GeneratedRegex("(--[a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Colour();
}
