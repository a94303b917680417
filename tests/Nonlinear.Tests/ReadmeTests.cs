using System.Text.RegularExpressions;

namespace Nonlinear.Tests;

/// <summary>The console belongs to the whole process: while the example prints, no other test runs.</summary>
[CollectionDefinition(nameof(ReadmeTests), DisableParallelization = true)]
[Collection(nameof(ReadmeTests))]
public partial class ReadmeTests
{
    private static readonly string Readme = Read("README.md");

    [Fact]
    public void The_example_is_the_one_that_is_compiled_here()
    {
        string code = Body().Match(Read("ReadmeExample.cs")).Groups["body"].Value;
        string[] lines = [.. code.Split('\n').Select(line => line.Length > 8 ? line[8..].TrimEnd() : "")];
        Assert.Contains($"```csharp\nusing Nonlinear;\n\n{string.Join('\n', lines)}\n```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_prints_what_the_README_says()
    {
        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            ReadmeExample.Run();
        }
        finally
        {
            Console.SetOut(before);
        }
        Assert.Contains($"```text\n{output.ToString().ReplaceLineEndings("\n")}```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_the_catalogue_has_the_formulas_that_are_computed()
    {
        Match[] rows = [.. Row().Matches(Readme).Cast<Match>()];
        Assert.True(rows.Length >= 12);
        Assert.All(rows, row => Assert.Equal(Activation.Parse(row.Groups["name"].Value).Formula.Text, row.Groups["formula"].Value));
    }

    [Fact]
    public void Its_picture_is_there() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Readme", Picture().Match(Readme).Groups["path"].Value)));

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", name)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<formula>[^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"!\[[^\]]+\]\((?<path>docs/[^)]+)\)")]
    private static partial Regex Picture();

    [GeneratedRegex(@"public static void Run\(\)\n    \{\n(?<body>.*?)\n    \}\n", RegexOptions.Singleline)]
    private static partial Regex Body();
}
