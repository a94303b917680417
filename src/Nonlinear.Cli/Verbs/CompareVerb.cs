using System.CommandLine;
using System.Text.Json;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Names;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear compare: where two functions differ, or one name in several frameworks.</summary>
internal static class CompareVerb
{
    private const int Same = 0, Differ = 1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string[]> names = new("name")
        {
            Description = "Two functions, gelu jax:gelu; or one name, to see what frameworks mean by it.",
            Arity = new(1, 2),
        };
        Option<string[]> frameworks = new("--frameworks")
        {
            Description = "With one name: the frameworks to look at, as in --frameworks torch jax.",
            HelpName = "framework",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<(double From, double To)?> range = Inputs.Range();
        range.Description = "The stretch of the figure's x axis, as in --range=-10:10.";
        Option<bool> json = Inputs.Json();
        Option<string?> output = new("--output", "-o") { Description = "A figure to write, .svg, .pdf or .png.", HelpName = "file" };
        Command command = new(
            "compare", "Say where functions differ and by how much. Exit code 0 if they are the same, 1 if they differ, 2 for trouble.")
        {
            names,
            frameworks,
            range,
            json,
            output,
        };
        FigureOptions looks = new();
        looks.AddTo(command, output, speaks: true);
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetRequiredValue(names), chosen = parsed.GetValue(frameworks) ?? [];
            if (given is [var a, var b] && chosen.Length > 0)
                throw new ArgumentException($"--frameworks goes with one name; write {chosen[0]}:{a} and the like for two.");
            Comparison comparison = given is [var first, var second]
                ? new ComparedPair(ComparedFunction.Read(first), ComparedFunction.Read(second))
                : new ComparedName(given[0], NameMeanings.Of(given[0], chosen));
            // The figure first: what cannot be drawn is refused before anything is said.
            if (parsed.GetValue(output) is { } file)
            {
                (ElementwiseActivation one, ElementwiseActivation other) = comparison.Drawn();
                using Figure figure = Figure.Difference(one, other, looks.Read(parsed, parsed.GetValue(range)));
                Save(figure, file);
            }
            if (parsed.GetValue(json))
                Console.WriteLine(comparison.ToJson().ToJsonString(Indented));
            else
                comparison.Write(Terminal.Output, looks.IsChinese(parsed));
            return comparison.AreSame ? Same : Differ;
        });
        return command;
    }

    // 1 says that functions differ; so what cannot be written is 2.
    private static void Save(Figure figure, string file)
    {
        try
        {
            figure.Save(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException(failed.Message, failed);
        }
    }
}
