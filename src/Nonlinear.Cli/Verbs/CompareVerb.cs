using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Names;
using Spectre.Console;

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
        Option<string?> output = new("--output", "-o") { Description = "A figure to write, .svg or .png.", HelpName = "file" };
        Command command = new(
            "compare", "Say where functions differ and by how much. Exit code 0 if they are the same, 1 if they differ, 2 for trouble.")
        {
            names,
            frameworks,
            range,
            json,
            output,
        };
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetRequiredValue(names), chosen = parsed.GetValue(frameworks) ?? [];
            if (given is [var a, var b] && chosen.Length > 0)
                throw new ArgumentException($"--frameworks goes with one name; write {chosen[0]}:{a} and the like for two.");
            Comparison comparison = given is [var first, var second] ? Comparison.Of(first, second) : Comparison.Of(given[0], chosen);
            // The figure first: what cannot be drawn is refused before anything is said.
            if (parsed.GetValue(output) is { } file)
            {
                (ElementwiseActivation one, ElementwiseActivation other) = comparison.Drawn();
                using Figure figure = Figure.Difference(one, other, parsed.GetValue(range));
                Save(figure, file);
            }
            if (parsed.GetValue(json))
                Console.WriteLine(comparison.ToJson().ToJsonString(Indented));
            else
                comparison.Write(Terminal.Output);
            return comparison.AreSame ? Same : Differ;
        });
        return command;
    }

    /// <summary>What was compared and found.</summary>
    private abstract class Comparison
    {
        public abstract bool AreSame { get; }

        public static Comparison Of(string first, string second) => new Pair(ComparedFunction.Read(first), ComparedFunction.Read(second));

        public static Comparison Of(string name, string[] frameworks) => new OneName(name, NameMeanings.Of(name, frameworks));

        /// <summary>The two functions of the figure.</summary>
        public abstract (ElementwiseActivation First, ElementwiseActivation Second) Drawn();

        public abstract JsonNode ToJson();

        public abstract void Write(IAnsiConsole output);
    }

    /// <summary>Two functions.</summary>
    private sealed class Pair(ComparedFunction first, ComparedFunction second) : Comparison
    {
        private readonly PairDifference _difference = PairDifference.Of(first.Function, second.Function);

        public override bool AreSame => _difference.AreSame;

        public override (ElementwiseActivation First, ElementwiseActivation Second) Drawn() =>
            DrawnPair(first.Function, second.Function);

        public override JsonNode ToJson()
        {
            JsonNode json = _difference.ToJson();
            json["notes"] = new JsonArray([.. Notes.Select(note => JsonValue.Create(note))]);
            return json;
        }

        public override void Write(IAnsiConsole output)
        {
            WriteDifference(output, _difference);
            foreach (string note in Notes)
                output.WriteLine(Terminal.Printable(note));
        }

        private IEnumerable<string> Notes => first.Notes.Concat(second.Notes).Distinct();
    }

    /// <summary>One name in several frameworks.</summary>
    private sealed class OneName(string name, IReadOnlyList<NameMeaning> meanings) : Comparison
    {
        private readonly PairDifference[] _differences =
        [
            .. from meaning in meanings.Skip(1)
               where meaning.Function is not null && meanings[0].Function is not null
               select PairDifference.Of(meanings[0].Function!, meaning.Function!),
        ];

        public override bool AreSame => meanings.Count == 1
            || (_differences.Length == meanings.Count - 1 && _differences.All(difference => difference.AreSame));

        public override (ElementwiseActivation First, ElementwiseActivation Second) Drawn() =>
            meanings is [{ Function: { } first }, { Function: { } second }, ..]
                ? DrawnPair(first, second)
                : throw new ArgumentException($"'{name}' is one function in these frameworks: there is no difference to draw.");

        public override JsonNode ToJson() => new JsonObject
        {
            ["name"] = name,
            ["areSame"] = AreSame,
            ["meanings"] = new JsonArray([.. meanings.Select(meaning => new JsonObject
            {
                ["function"] = meaning.Function?.ToString(),
                ["uses"] = new JsonArray([.. meaning.Uses.Select(use => new JsonObject
                {
                    ["framework"] = use.Of.Framework.Title,
                    ["signature"] = use.Of.Signature,
                    ["problem"] = use.Problem,
                    ["note"] = use.Of.Note,
                })]),
            })]),
            ["differences"] = new JsonArray([.. _differences.Select(difference => difference.ToJson())]),
        };

        public override void Write(IAnsiConsole output)
        {
            Table table = new Table().Border(TableBorder.Simple).AddColumns("framework", name, "is", "");
            foreach (FrameworkUse use in meanings.SelectMany(meaning => meaning.Uses))
                table.AddRow(
                    Terminal.Plain(use.Of.Framework.Title),
                    Terminal.Plain(use.Of.Signature),
                    Terminal.Plain(use.Function?.ToString() ?? "–"),
                    Terminal.Plain(Remark(use)));
            output.Write(table);
            if (AreSame)
                output.WriteLine($"'{name}' is the same function wherever it was looked up.");
            foreach (PairDifference difference in _differences)
                WriteDifference(output, difference);
        }
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

    // What is said of a function need not repeat it.
    private static string Remark(FrameworkUse use)
    {
        string problem = use.Problem.Replace(use.Of.Signature + " ", "", StringComparison.Ordinal);
        return string.Join(" ", new[] { problem, use.Of.Note }.Where(part => part.Length > 0));
    }

    private static (ElementwiseActivation First, ElementwiseActivation Second) DrawnPair(Activation first, Activation second) =>
        first is ElementwiseActivation one && second is ElementwiseActivation other
            ? (one, other)
            : throw new ArgumentException($"{first} and {second} are functions of vectors and have no curves; leave out --output.");

    private static void WriteDifference(IAnsiConsole output, PairDifference difference)
    {
        output.WriteLine(Terminal.Printable(difference.Verdict.English));
        if (difference.Rows.Count == 0)
            return;
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (PropertyRow row in difference.Rows)
            grid.AddRow(Terminal.Plain("  " + row.Label.English, Color.Grey), Terminal.Plain(row.Value.English));
        output.Write(grid);
        if (difference.OfNumbers is { } numbers)
            output.Write(Places(numbers));
    }

    private static Table Places(FunctionDifference difference)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("x", difference.First, difference.Second, "slope", "slope of the other", "");
        foreach (PlaceDifference place in difference.Places)
            table.AddRow(new[]
            {
                DifferenceTable.Place(place.X, difference.Kinks),
                DifferenceTable.Number(place.First),
                DifferenceTable.Number(place.Second),
                DifferenceTable.Number(place.FirstSlope),
                DifferenceTable.Number(place.SecondSlope),
                place.Differs ? "≠" : "",
            }.Select(text => Terminal.Plain(text)));
        return table;
    }
}
