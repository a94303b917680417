using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nonlinear.Lab.Figures;

namespace Nonlinear.Cli.Verbs;

/// <summary>How a figure in a file is to look.</summary>
internal sealed class FigureOptions
{
    private const double SmallestLetters = 4, LargestLetters = 72;

    private static readonly Dictionary<string, LegendPlace> Places = new()
    {
        ["upper-left"] = LegendPlace.UpperLeft,
        ["upper-right"] = LegendPlace.UpperRight,
        ["lower-left"] = LegendPlace.LowerLeft,
        ["lower-right"] = LegendPlace.LowerRight,
        ["below"] = LegendPlace.Below,
        ["curves"] = LegendPlace.Curves,
        ["none"] = LegendPlace.None,
    };

    private readonly Option<FigureSize?> _size = new("--size")
    {
        Description = "How large it is: 84x60mm, 8.4x6cm, 3.3x2.4in, or 800x500 pixels. A PNG measured by length has 300 dots an inch.",
        HelpName = "width x height",
        CustomParser = ParseSize,
    };

    private readonly Option<(double From, double To)?> _rise =
        Inputs.Range("--y-range", "The stretch of the y axis, as in --y-range=-1:2.");

    private readonly Option<string?> _font = new("--font") { Description = "The font, which must be installed.", HelpName = "family" };

    private readonly Option<double?> _fontSize = new("--font-size")
    {
        Description = "The size of the axes' titles in points; all else goes with it.",
        HelpName = "points",
        CustomParser = ParseFontSize,
    };

    private readonly Option<string> _language = Inputs.Language();

    private readonly Option<string?> _legend =
        new Option<string?>("--legend")
        {
            Description = "Where the legend is: by default where it covers no curve; curves names each at its end.",
        }.AcceptOnlyFromAmong([.. Places.Keys]);

    private readonly Option<bool> _dark = new("--dark") { Description = "Dark paper." };

    private readonly Option<string?> _title = Words(
            "--title", "The title; \"\" for none. By default a figure of one panel on paper has none: its caption says what it is."),
        _across = Words("--x-title", "The title of the x axis; \"\" for none."),
        _up = Words("--y-title", "The title of the y axis; \"\" for none.");

    /// <summary>Takes the options into a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="output">The option that names the file.</param>
    /// <param name="speaks">Whether the command has words beside the figure, which are in the figure's language.</param>
    public void AddTo(Command command, Option<string?> output, bool speaks = false)
    {
        Option[] all = [_size, _rise, _font, _fontSize, _language, _legend, _title, _across, _up, _dark];
        foreach (Option option in all)
            command.Add(option);
        Option[] ofFigure = speaks ? [.. all.Except([_language])] : all;
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is null
                && ofFigure.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } inVain)
                result.AddError($"{inVain.Name} is for a figure in a file: name one with --output, such as --output figure.pdf.");
        });
    }

    /// <summary>Whether words are to be Chinese.</summary>
    public bool IsChinese(ParseResult parsed) => Inputs.IsChinese(parsed, _language);

    /// <summary>What they say.</summary>
    public FigureSettings Read(ParseResult parsed, (double From, double To)? range) => new()
    {
        Range = range,
        Rise = parsed.GetValue(_rise),
        Size = parsed.GetValue(_size),
        Font = parsed.GetValue(_font),
        FontSize = parsed.GetValue(_fontSize),
        IsChinese = IsChinese(parsed),
        IsDark = parsed.GetValue(_dark),
        Legend = parsed.GetValue(_legend) is { } place ? Places[place] : null,
        Title = parsed.GetValue(_title),
        Across = parsed.GetValue(_across),
        Up = parsed.GetValue(_up),
    };

    private static Option<string?> Words(string name, string description) => new(name) { Description = description, HelpName = "words" };

    private static FigureSize? ParseSize(ArgumentResult result)
    {
        try
        {
            return FigureSize.Parse(result.Tokens[0].Value);
        }
        catch (FormatException refused)
        {
            result.AddError(refused.Message);
            return null;
        }
    }

    private static double? ParseFontSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double points)
            && points is >= SmallestLetters and <= LargestLetters)
            return points;
        result.AddError($"--font-size must be a number of points from {SmallestLetters} to {LargestLetters}, and '{text}' is not.");
        return null;
    }
}
