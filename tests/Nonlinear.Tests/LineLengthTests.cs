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
        string[] files = [.. Files()];
        Assert.NotEmpty(files);
        string[] tooLong = [.. files.SelectMany(file => TooLong(file, Limit(Path.GetRelativePath(FolderGraph.Root, file))))];
        Assert.True(tooLong.Length == 0, $"Lines longer than the editor configuration allows:\n{string.Join('\n', tooLong)}");
    }

    [Fact]
    public void Modules_of_the_page_have_a_limit_of_their_own()
    {
        Assert.Equal(140, Limit("src/Nonlinear/Activations/Activation.cs"));
        Assert.Equal(120, Limit("src/Nonlinear.Explorer/wwwroot/panels/gates.js"));
    }

    [Fact]
    public void Characters_are_counted_and_not_bytes_and_rows_of_Markdown_tables_are_free()
    {
        string[] lines = [new('激', 5), new('α', 6), "| aaaaaaa |"];
        Assert.Equal([2], TooLong(lines, limit: 5, isMarkdown: true).Select(line => line.Number));
        Assert.Equal([2, 3], TooLong(lines, limit: 5, isMarkdown: false).Select(line => line.Number));
    }

    // That of the last section that holds for the file: all, or a folder with what is in it.
    private static int Limit(string file)
    {
        IEnumerable<Match> limits = MaxLineLength().Matches(File.ReadAllText(Path.Combine(FolderGraph.Root, ".editorconfig")));
        return int.Parse(limits.Last(IsOfFile).Groups[2].Value, CultureInfo.InvariantCulture);

        bool IsOfFile(Match limit) =>
            limit.Groups[1].Value is var section && (section == "*" || file.StartsWith(section.TrimEnd('*'), StringComparison.Ordinal));
    }

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

    // A section, and what it says of the length of lines.
    [GeneratedRegex(@"^\[(.+)\]\n(?:[^\[\n].*\n|\n)*?max_line_length *= *(\d+)", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();
}
