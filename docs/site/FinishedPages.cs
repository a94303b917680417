using System.Text;

namespace Nonlinear.Site;

/// <summary>What is done to the pages that docfx wrote.</summary>
internal static class FinishedPages
{
    // Where the README's tour finds the page while the tool serves it.
    private const string Served = "http://127.0.0.1:8731/";

    // Of the template's own scripts, for who debugs them: most of the site's size.
    private const string Maps = "*.map";

    /// <summary>Makes the site work from a folder, and leads links to the explorer to that of the site.</summary>
    public static void Finish(string site)
    {
        string own = Path.Combine(site, "public");
        foreach (string map in Directory.EnumerateFiles(own, Maps))
            File.Delete(map);
        WriteScript(
            "offline-contents",
            "siteContents",
            "{" + string.Join(',', Directory.EnumerateFiles(site, "toc.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => $"\"{Address(file)}\":{File.ReadAllText(file)}")) + "}");
        WriteScript("offline-index", "siteIndex", File.ReadAllText(Path.Combine(site, "index.json")));
        foreach (string page in Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories)
            .Where(page => !Address(page).StartsWith("explorer/", StringComparison.Ordinal)))
            File.WriteAllText(page, Finished(File.ReadAllText(page), Address(page).Count(sign => sign == '/')));

        string Address(string file) => Path.GetRelativePath(site, file).Replace('\\', '/');
        void WriteScript(string name, string variable, string value) =>
            File.WriteAllText(Path.Combine(own, name + ".js"), $"window.{variable} = {value};\n");
    }

    private static string Finished(string page, int depth)
    {
        string up = string.Concat(Enumerable.Repeat("../", depth));
        StringBuilder text = new(page);
        text.Replace("</head>", $"<script src=\"{up}public/offline.js\"></script>\n</head>");
        text.Replace($"href=\"{Served}", $"href=\"{up}explorer/index.html");
        return text.ToString();
    }
}
