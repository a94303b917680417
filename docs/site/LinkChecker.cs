using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Nonlinear.Site;

/// <summary>What came of following the links of a site.</summary>
/// <param name="Pages">How many pages it has.</param>
/// <param name="Inside">How many links lead to something in the site.</param>
/// <param name="Outside">How many lead to other sites; those are not followed.</param>
/// <param name="Dead">A line for each link that leads nowhere: the page, the address, what is missing.</param>
internal sealed record LinkReport(int Pages, int Inside, int Outside, IReadOnlyList<string> Dead);

/// <summary>Follows every link of a folder of pages, as a browser would that reads it as files.</summary>
internal sealed class LinkChecker
{
    // What leads to other pages or loads files.
    private static readonly (string Elements, string Attribute)[] Links =
        [("a, area, link", "href"), ("img, script, iframe, source, audio, video, embed", "src"), ("object", "data")];

    private static readonly string[] OtherSites = ["https", "http", "mailto"];

    private readonly string _site;
    private readonly Dictionary<string, IHtmlDocument> _pages;
    private readonly Dictionary<string, HashSet<string>> _places = [];
    private readonly List<string> _dead = [];
    private int _inside, _outside;

    private LinkChecker(string site)
    {
        _site = Path.GetFullPath(site);
        HtmlParser parser = new();
        _pages = Directory.EnumerateFiles(_site, "*.html", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToDictionary(file => file, file => parser.ParseDocument(File.ReadAllText(file)));
    }

    /// <summary>Follows the links of all pages and tables of contents of a folder.</summary>
    public static LinkReport Check(string site)
    {
        LinkChecker checker = new(site);
        foreach ((string file, IHtmlDocument page) in checker._pages)
        {
            foreach ((string elements, string attribute) in Links)
            {
                foreach (IElement element in page.QuerySelectorAll(elements))
                {
                    if (element.GetAttribute(attribute) is { } address)
                        checker.Follow(file, address);
                }
            }
        }
        string[] tables = Directory.GetFiles(checker._site, "toc.json", SearchOption.AllDirectories);
        foreach (string file in tables.Order(StringComparer.Ordinal))
        {
            using JsonDocument contents = JsonDocument.Parse(File.ReadAllText(file));
            foreach (string address in Addresses(contents.RootElement))
                checker.Follow(file, address);
        }
        return new(checker._pages.Count, checker._inside, checker._outside, checker._dead);
    }

    private static IEnumerable<string> Addresses(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Addresses),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "href" && property.Value.GetString() is { } address ? [address] : Addresses(property.Value)),
        _ => [],
    };

    private void Follow(string from, string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out Uri? absolute) && !address.StartsWith('/'))
        {
            if (absolute.Scheme == "data")
                return;
            _outside++;
            if (absolute.IsLoopback)
                Dead("leads to the reader's own machine");
            else if (!OtherSites.Contains(absolute.Scheme))
                Dead("is no address of the web");
            return;
        }
        _inside++;
        string[] parts = address.Split('#', 2);
        string path = Uri.UnescapeDataString(parts[0].Split('?')[0]);
        string target = path.Length == 0 ? from : Path.GetFullPath(path, Path.GetDirectoryName(from)!);
        if (address.StartsWith('/') || !target.StartsWith(_site + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            Dead("leads out of the site");
        else if (!File.Exists(target))
            Dead(Directory.Exists(target) ? "is a folder, which shows no page from a folder" : "is missing");
        else if (parts.Length > 1 && parts[1].Length > 0 && _pages.TryGetValue(target, out IHtmlDocument? page)
            && !HasPlace(target, page, Uri.UnescapeDataString(parts[1])))
            Dead("has no such place");

        void Dead(string why) => _dead.Add($"{Path.GetRelativePath(_site, from)}: {address} {why}.");
    }

    // Settings, as the explorer keeps in its address, are no place: #f=gelu.
    private bool HasPlace(string file, IHtmlDocument page, string place)
    {
        if (!_places.TryGetValue(file, out HashSet<string>? all))
            _places.Add(file, all = [.. page.All.SelectMany(Names)]);
        return place == "top" || place.Contains('=', StringComparison.Ordinal) || all.Contains(place);

        static IEnumerable<string> Names(IElement element) =>
            new[] { element.Id, element is IHtmlAnchorElement ? element.GetAttribute("name") : null }.OfType<string>();
    }
}
