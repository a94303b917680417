using System.Globalization;
using System.Text.RegularExpressions;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Figures;

/// <summary>How a figure is to look, where that is not left to the figure.</summary>
public sealed record FigureSettings
{
    /// <summary>The stretch of the x axis; by default one that suits the functions.</summary>
    public (double From, double To)? Range { get; init; }

    /// <summary>The stretch of the y axis; by default what the curves need.</summary>
    public (double From, double To)? Rise { get; init; }

    /// <summary>How large the figure is; by default as large as it was designed.</summary>
    public FigureSize? Size { get; init; }

    /// <summary>The family of its letters, which must be installed.</summary>
    public string? Font { get; init; }

    /// <summary>
    /// The size of the axes' titles in points of 1/72 inch; numbers and legend are a little smaller, the figure's title is larger, and
    /// lines go with them. By default as large as suits the figure's size, and never below 7.
    /// </summary>
    public double? FontSize { get; init; }

    /// <summary>Whether its words are Chinese instead of English.</summary>
    public bool IsChinese { get; init; }

    /// <summary>Whether it is drawn on dark paper.</summary>
    public bool IsDark { get; init; }

    /// <summary>Where the legend is; by default where it covers no curve.</summary>
    public LegendPlace? Legend { get; init; }

    /// <summary>
    /// The figure's title, empty for none. By default it says what is drawn; a figure of one panel for paper has none: its caption does.
    /// </summary>
    public string? Title { get; init; }

    /// <summary>The title of the x axis, empty for none.</summary>
    public string? Across { get; init; }

    /// <summary>The title of the y axis, empty for none.</summary>
    public string? Up { get; init; }

    /// <summary>As figures look by default, with words in a language.</summary>
    internal static FigureSettings In(Language language) => new() { IsChinese = language == Language.Chinese };

    /// <summary>A text in the figure's language.</summary>
    internal string Say(string english, string chinese) => IsChinese ? chinese : english;

    /// <summary>Refuses what only curves over one x axis have.</summary>
    /// <param name="drawn">What is drawn otherwise.</param>
    /// <exception cref="ArgumentException">Such a thing is asked for.</exception>
    internal void MustNotAskForOneAxis(string drawn)
    {
        (bool IsAsked, string What)[] ofOneAxis =
        [
            (Rise is not null, "a range of y"),
            (Legend is not null, "a place of the legend"),
            (Across is not null || Up is not null, "titles of the axes"),
        ];
        string[] inVain = [.. ofOneAxis.Where(each => each.IsAsked).Select(each => each.What)];
        if (inVain.Length > 0)
        {
            throw new ArgumentException(
                $"{drawn} is not drawn as curves over one x axis; {string.Join(" and ", inVain)} cannot be chosen for it.");
        }
    }
}

/// <summary>Where the legend of a figure is.</summary>
public enum LegendPlace
{
    /// <summary>Inside, at the upper left.</summary>
    UpperLeft,

    /// <summary>Inside, at the upper right.</summary>
    UpperRight,

    /// <summary>Inside, at the lower left.</summary>
    LowerLeft,

    /// <summary>Inside, at the lower right.</summary>
    LowerRight,

    /// <summary>Below the axes.</summary>
    Below,

    /// <summary>No legend: each curve has its name at its right end.</summary>
    Curves,

    /// <summary>Neither a legend nor names.</summary>
    None,
}

/// <summary>The size of a figure.</summary>
/// <param name="Width">The width in the unit.</param>
/// <param name="Height">The height in the unit.</param>
/// <param name="Unit">mm, cm, in, or px, of which 96 are an inch.</param>
public sealed partial record FigureSize(double Width, double Height, string Unit)
{
    private const double Least = 96, Most = 20_000;

    /// <summary>Pixels of 1/96 inch in a unit.</summary>
    public double PixelsPerUnit => Unit switch { "mm" => 96 / 25.4, "cm" => 96 / 2.54, "in" => 96, _ => 1 };

    /// <summary>Whether it is a size on paper.</summary>
    public bool IsOnPaper => Unit != "px";

    /// <summary>Reads a size such as 84x60mm or 800x500.</summary>
    /// <exception cref="FormatException">It is no size, or none that a figure can have.</exception>
    public static FigureSize Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match found = Form().Match(text);
        if (!found.Success)
            throw new FormatException($"'{text}' is no size; write width x height, as in 84x60mm, 8.4x6cm, 3.3x2.4in or 800x500 (pixels).");
        double[] sides = [.. found.Groups.Values.Skip(1).Take(2).Select(side => double.Parse(side.Value, CultureInfo.InvariantCulture))];
        FigureSize size = new(sides[0], sides[1], found.Groups[3].Value is { Length: > 0 } unit ? unit : "px");
        if (sides.Any(side => side * size.PixelsPerUnit is < Least or > Most))
        {
            throw new FormatException(
                $"A figure of {text} cannot be drawn: each side must be from 1 inch (25.4mm, 96 pixels) to 20000 pixels.");
        }
        return size;
    }

    [GeneratedRegex(@"^(\d{1,5}(?:\.\d{1,4})?)x(\d{1,5}(?:\.\d{1,4})?)(mm|cm|in|px)?$")]
    private static partial Regex Form();
}
