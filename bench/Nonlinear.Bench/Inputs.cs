using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab.Figures;

namespace Nonlinear.Bench;

/// <summary>Arguments and options that verbs share.</summary>
internal static class Inputs
{
    /// <summary>How often everybody has a turn.</summary>
    public const string RoundsOption = "--rounds";

    // Beyond the tutorial: what other libraries have operators for.
    private static readonly string[] Beyond =
        ["softplus", "log_sigmoid", "celu", "hard_swish", "hard_sigmoid", "softsign", "relu_squared"];

    /// <summary>Functions by name; all without.</summary>
    /// <param name="pooled">Whether pooled functions are welcome.</param>
    public static Argument<Activation[]> Functions(bool pooled) => new("name")
    {
        Description = "Functions, with parameters if any; without, those of the tutorial, others that rivals have, and the gated ones.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Function(result, token.Value, pooled)).OfType<Activation>()],
    };

    /// <summary>The functions that were named, or those of the tutorial, others that rivals have, and the gated ones.</summary>
    public static Activation[] OrAll(Activation[]? named, bool pooled) => named is { Length: > 0 }
        ? named
        : [
            .. Catalog.Tutorial.Where(activation => pooled || activation is not PooledActivation),
            .. Beyond.Select(Activation.Parse),
            .. Catalog.Defaults.OfType<GatedActivation>(),
        ];

    /// <summary>Numbers of elements.</summary>
    public static Option<int[]> Sizes(params int[] usual) => new("--size")
    {
        Description = "Numbers of elements for elementwise functions, such as 4096 or 16M. Those along an axis have shapes of their own.",
        HelpName = "numbers",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => usual,
        CustomParser = result => [.. result.Tokens.Select(token => Size(result, token.Value))],
    };

    /// <summary>How often everybody has a turn.</summary>
    public static Option<int> Rounds(int usual) => new(RoundsOption)
    {
        Description = "How often everybody has a turn, at most; a long race ends earlier.",
        HelpName = "number",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            const int Most = 100_000;
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) && rounds is > 0 and <= Most)
                return rounds;
            result.AddError($"{RoundsOption} must be a whole number from 1 to {Most}, and '{text}' is not.");
            return default;
        },
    };

    /// <summary>A file to write.</summary>
    public static Option<string?> File(string name, string description, params string[] endings) => new(name)
    {
        Description = description,
        HelpName = "file",
        CustomParser = result =>
        {
            string path = result.Tokens[0].Value;
            if (!endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                result.AddError($"{name} must end in {string.Join(" or ", endings)}, and '{path}' does not.");
            return path;
        },
    };

    /// <summary>A figure as the name of its file says.</summary>
    public static byte[] Encode(Figure figure, string path) =>
        Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase)
            ? figure.ToPng(2)
            : Encoding.UTF8.GetBytes(figure.ToSvg());

    private static Activation? Function(ArgumentResult result, string name, bool pooled)
    {
        try
        {
            Activation activation = Activation.Parse(name);
            if (pooled || activation is not PooledActivation)
                return activation;
            result.AddError($"{activation} pools its inputs and has nobody to race against; 'growth {activation}' times it.");
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            result.AddError(refused.Message);
        }
        return null;
    }

    private static int Size(ArgumentResult result, string text)
    {
        if (BinarySize.TryRead(text, out long size) && size is > 0 and <= Buffers.Most)
            return (int)size;
        result.AddError($"--size must be a whole number from 1 to {Buffers.Most}, such as 4096 or 16M, and '{text}' is not.");
        return default;
    }
}
