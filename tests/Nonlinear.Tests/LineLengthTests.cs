using System.Globalization;
using System.Text.RegularExpressions;

namespace Nonlinear.Tests;

public partial class LineLengthTests
{
    private static readonly string[] Folders = ["bench", "docs", "src", "tests"];

    private static readonly string[] Endings = [".cs", ".js", ".css", ".md", ".csproj", ".props", ".targets", ".yml", ".sh"];

    private static readonly string[] Foreign = ["bin", "obj", "vendor", "node_modules"];

    [Fact]
    public void No_line_is_longer_than_the_editor_configuration_allows()
    {
        int limit = Limit();
        string[] files = [.. Files()];
        Assert.NotEmpty(files);
        string[] tooLong = [.. files.SelectMany(file => TooLong(file, limit))];
        Assert.True(tooLong.Length == 0, $"Lines of more than {limit} characters:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void Characters_are_counted_and_not_bytes_and_rows_of_Markdown_tables_are_free()
    {
        string[] lines = [new('激', 5), new('α', 6), "| aaaaaaa |"];
        Assert.Equal([2], TooLong(lines, limit: 5, isMarkdown: true).Select(line => line.Number));
        Assert.Equal([2, 3], TooLong(lines, limit: 5, isMarkdown: false).Select(line => line.Number));
    }

    private static int Limit() => int.Parse(
        MaxLineLength().Match(File.ReadAllText(Path.Combine(FolderGraph.Root, ".editorconfig"))).Groups[1].Value,
        CultureInfo.InvariantCulture);

    // What is beside these folders was put there by the tool: guides, pages of the lab, packages.
    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(FolderGraph.Root)
            .Concat(Folders.SelectMany(folder => Sources(Path.Combine(FolderGraph.Root, folder))))
            .Where(file => Endings.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !Foreign.Contains(Path.GetFileName(inner)))
            .SelectMany(Sources));

    private static IEnumerable<string> TooLong(string file, int limit) =>
        TooLong(File.ReadAllLines(file), limit, file.EndsWith(".md", StringComparison.Ordinal))
            .Select(line => $"{Path.GetRelativePath(FolderGraph.Root, file)}:{line.Number} ({line.Length})");

    private static IEnumerable<(int Number, int Length)> TooLong(IEnumerable<string> lines, int limit, bool isMarkdown) =>
        lines.Select((line, i) => (Line: line, Number: i + 1))
            .Where(place => place.Line.Length > limit && !(isMarkdown && place.Line.StartsWith('|')))
            .Select(place => (place.Number, place.Line.Length));

    [GeneratedRegex(@"^max_line_length *= *(\d+)", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();
}
