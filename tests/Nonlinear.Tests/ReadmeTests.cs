using System.Text.RegularExpressions;

namespace Nonlinear.Tests;

/// <summary>The console belongs to the whole process: while the example prints, no other test runs.</summary>
[CollectionDefinition(nameof(ReadmeTests), DisableParallelization = true)]
[Collection(nameof(ReadmeTests))]
public partial class ReadmeTests
{
    private static readonly string Readme = Read("README.md");

    // The files here, what they use, and the pages that show them.
    private static readonly (string Source, string Usings, Action Run, string[] Pages)[] Examples =
    [
        ("ReadmeExample.cs", "using Nonlinear;", ReadmeExample.Run, ["README.md"]),
        ("ReadmeTraining.cs", "using Nonlinear.Layers;\nusing Nonlinear.Training;", ReadmeTraining.Run, ["README.md", "Training.md"]),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_example_is_the_one_that_is_compiled_here(int number)
    {
        (string source, string usings, _, string[] pages) = Examples[number];
        string code = Body().Match(Read(source)).Groups["body"].Value;
        string[] lines = [.. code.Split('\n').Select(line => line.Length > 8 ? line[8..].TrimEnd() : "")];
        foreach (string page in pages)
            Assert.Contains($"```csharp\n{usings}\n\n{string.Join('\n', lines)}\n```", Read(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_example_prints_what_the_README_says(int number)
    {
        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            Examples[number].Run();
        }
        finally
        {
            Console.SetOut(before);
        }
        foreach (string page in Examples[number].Pages)
            Assert.Contains($"```text\n{output.ToString().ReplaceLineEndings("\n")}```", Read(page), StringComparison.Ordinal);
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
