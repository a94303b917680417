using System.Text.Json;

namespace Nonlinear.Site;

/// <summary>What is written beside the code, and its table of contents.</summary>
internal static class Documents
{
    private static readonly string[] First = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

    // Folders of pages, each under the title of its README.
    private static readonly string[] Folders = ["docs/decisions", "docs/notebook"];

    // Folders of pages, each under a document of the same name.
    private static readonly string[] Below = ["docs/performance"];

    // What the pages show or lead to.
    private static readonly (string Folder, string Files)[] Others =
    [
        ("", "LICENSE"), ("docs", "*.csv"), ("docs", "*.json"), ("docs", "*.png"), ("docs", "*.svg"),
        ("docs/performance", "*.csv"), ("docs/performance", "*.svg"), ("examples/native", "*"),
        ("src/Nonlinear", "PublicInterface.txt"), ("src/Nonlinear.Native", "nonlinear.h"), ("src/Packaging", "icon.svg"),
    ];

    /// <summary>Copies them to where docfx looks for pages: it follows no links upwards out of its folder.</summary>
    public static void Write(string root, string pages)
    {
        string[] documents = [.. Files("docs", "*.md")];
        string[][] inFolders = [.. Folders.Select(folder => Files(folder, "*.md").ToArray())];
        Dictionary<string, string[]> below = Below.ToDictionary(folder => $"{folder}.md", folder => Files(folder, "*.md").ToArray());
        IEnumerable<string> others = Others.SelectMany(other => Files(other.Folder, other.Files));
        foreach (string file in (string[])[.. First, .. documents, .. below.Values.Concat(inFolders).SelectMany(files => files), .. others])
            Copy(file, file);
        foreach (string file in (string[])["index.md", "toc.yml"])
            Copy($"docs/site/{file}", file);
        IEnumerable<object> contents = [.. First.Select(Page), .. documents.Select(Page), .. inFolders.Select(Chapter)];
        // JSON is YAML.
        File.WriteAllText(Path.Combine(pages, "docs", "toc.yml"), JsonSerializer.Serialize(contents));

        IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(Path.Combine(root, folder), pattern)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

        void Copy(string file, string to)
        {
            string target = Path.Combine(pages, to);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, file), target);
        }

        object Page(string file) => below.TryGetValue(file, out string[]? under)
            ? Titled(file, under)
            : new { name = Title(file), href = Address(file) };

        object Chapter(string[] files)
        {
            string readme = files.Single(file => file.EndsWith("/README.md", StringComparison.Ordinal));
            return Titled(readme, files.Where(file => file != readme));
        }

        object Titled(string file, IEnumerable<string> under) =>
            new { name = Title(file), href = Address(file), items = under.Select(Page) };

        string Title(string file) => File.ReadLines(Path.Combine(root, file))
            .First(line => line.StartsWith("# ", StringComparison.Ordinal))[2..].Replace("`", "", StringComparison.Ordinal);

        string Address(string file) => Path.GetRelativePath("docs", file).Replace('\\', '/');
    }
}
