using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nonlinear.Lab.Formulas;
using Nonlinear.Lab.Studies;

namespace Nonlinear.Cli;

/// <summary>Arguments and options that verbs share.</summary>
internal static class Inputs
{
    // The distance between ends that are farther may be infinite.
    private const double FarthestEnd = 1e300;

    /// <summary>A function by name.</summary>
    public static Argument<Activation> Function() => new("name")
    {
        Description = "A function, with parameters if any, or a formula: gelu, \"swish(beta=1.5)\", keras:gelu, \"max(x, a*x)(a=0.1)\".",
        CustomParser = result => ParseFunction(result, result.Tokens[0].Value),
    };

    /// <summary>Several functions by name.</summary>
    public static Argument<Activation[]> Functions() => new("name")
    {
        Description = "Functions, with parameters if any: relu gelu \"swish(beta=1.5)\".",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => ParseFunction(result, token.Value)).OfType<Activation>()],
    };

    /// <summary>A stretch of the x axis.</summary>
    public static Option<(double From, double To)?> Range() => Range("--range", "The stretch of the x axis, as in --range=-10:10.");

    /// <summary>A stretch of an axis.</summary>
    public static Option<(double From, double To)?> Range(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "from:to",
        CustomParser = result => ParseRange(result, name),
    };

    /// <summary>Whether to compute the derivative.</summary>
    public static Option<bool> Derivative() => new("--derivative", "-d") { Description = "The derivative instead of the function." };

    /// <summary>How results are computed.</summary>
    public static Option<string?> Tier(string description) =>
        new Option<string?>("--tier") { Description = description }.AcceptOnlyFromAmong("exact", "fast");

    /// <summary>The tier of a name; the exact one without.</summary>
    public static Tier ToTier(string? name) => name == "fast" ? Nonlinear.Tier.Fast : Nonlinear.Tier.Exact;

    /// <summary>Whether to write JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "JSON, for other programs." };

    /// <summary>Where the lab works.</summary>
    public static Option<string> LabFolder() => new("--output", "-o")
    {
        Description = "The folder of the lab: finished runs are kept there, and the page appears there.",
        HelpName = "folder",
        DefaultValueFactory = _ => LabSettings.DefaultFolder,
    };

    /// <summary>The language of what is written for people.</summary>
    public static Option<string> Language() =>
        new Option<string>("--language") { Description = "The language of its words.", DefaultValueFactory = _ => "en" }
            .AcceptOnlyFromAmong("en", "zh");

    /// <summary>Whether the language asked for is Chinese.</summary>
    public static bool IsChinese(ParseResult parsed, Option<string> language) => parsed.GetValue(language) == "zh";

    /// <summary>How many runs go on at the same time.</summary>
    public static Option<int> Threads() =>
        WholeNumber(
            "--threads",
            "How many runs go on at the same time; the numbers do not depend on it.",
            Environment.ProcessorCount,
            1,
            1024);

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> WholeNumber(string name, string description, int usual, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
                && number >= least
                && number <= most)
                return number;
            result.AddError($"{name} must be a whole number from {least} to {most}, and '{result.Tokens[0].Value}' is not.");
            return default;
        },
    };

    /// <summary>A length of time.</summary>
    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = ParseTime,
    };

    private static Activation? ParseFunction(ArgumentResult result, string name)
    {
        try
        {
            return OwnFormula.Parse(name);
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            result.AddError(refused.Message);
            return null;
        }
    }

    private static (double, double)? ParseRange(ArgumentResult result, string name)
    {
        string text = result.Tokens[0].Value;
        string[] ends = text.Split(':');
        if (ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double from)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double to)
            && Math.Max(Math.Abs(from), Math.Abs(to)) <= FarthestEnd && from < to)
            return (from, to);
        result.AddError($"'{text}' is no range; write two numbers, the smaller first and none above 1e300, as in {name}=-10:10.");
        return null;
    }

    private static TimeSpan? ParseTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        if (unit > 0
            && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double count)
            && count * unit is > 0 and < 1e8)
            return TimeSpan.FromSeconds(count * unit);
        result.AddError($"'{text}' is no time; write it as in 90s, 10m or 2h.");
        return default;
    }
}
