using System.Text;
using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Reports;

/// <summary>Writes a report as a folder with a page and its figures.</summary>
internal static class ReportPage
{
    private const string Figures = "figures", File = "index.html", Mark = "nonlinear-lab.txt", Kind = "a page of the lab";

    /// <summary>Refuses a folder in which the page could not be written, before time is spent on what it says.</summary>
    /// <exception cref="IOException">Something other than a page of the lab is there.</exception>
    public static void Check(string folder, string name)
    {
        if (System.IO.File.Exists(folder))
            throw new IOException($"'{folder}' is a file; name a folder with --output.");
        PageFolder.Check(Path.Combine(folder, name), Mark, Kind);
    }

    /// <summary>Writes the page; a page of an earlier time there is replaced.</summary>
    /// <param name="folder">The folder of the lab; the page gets a folder in it.</param>
    /// <param name="report">The report.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">Something other than a page of the lab is there, or it cannot be written.</exception>
    public static string Write(string folder, StudyReport report)
    {
        string place = Path.Combine(folder, report.Name);
        Check(folder, report.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        using PageFolder pages = new(place, Mark, Kind);
        foreach (ReportFigure part in report.Parts.OfType<ReportFigure>())
        {
            using Figure figure = part.Draw();
            pages.Write($"{Figures}/{part.Name}.svg", figure.ToSvg());
            pages.Write($"{Figures}/{part.Name}.png", figure.ToPng(2));
        }
        if (report.StyleInside is null)
            pages.Write(PageHead.StyleSheet, PageHead.StyleSheetText());
        pages.Write(File, Page(report));
        pages.Write(Mark, "Written by Nonlinear; replaced as a whole when the study is run again.\n");
        pages.Publish();
        return Path.Combine(place, File);
    }

    /// <summary>Writes the page as a file of its own; what is there is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">The report; it has its style and figures inside.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string WriteFile(string path, StudyReport report)
    {
        WholeFile.Write(path, Encoding.UTF8.GetBytes(Page(report)));
        return path;
    }

    private static string Page(StudyReport report) => Html.Write(Element(
        "html",
        new XAttribute("lang", "en"),
        report.StyleInside is { } style
            ? PageHead.WithStyle($"{report.Title} · Nonlinear", report.Lead, style)
            : PageHead.Of($"{report.Title} · Nonlinear", report.Lead, ""),
        Element(
            "body",
            Element("a", new XAttribute("class", "skip"), new XAttribute("href", "#content"), "Skip to the content"),
            Classed("header", "bar", Classed("span", "home", "Nonlinear · the lab")),
            Classed(
                "div",
                "frame",
                Element(
                    "main",
                    new XAttribute("id", "content"),
                    Element("h1", Set(report.Title)),
                    Classed("p", "lead", Set(report.Lead)),
                    Classed(
                        "section",
                        "findings",
                        Element("h2", new XAttribute("id", "findings"), "What came out"),
                        Element("ul", report.Findings.Select(finding => Element("li", Set(finding))))),
                    report.Parts.Where(part => part is not ReportTable { Medium: ReportMedium.Terminal }).Select(Part),
                    Element("h2", new XAttribute("id", "repeat"), "Do it again"),
                    Element("p", "This command gives the same numbers again, times excepted:"),
                    Element("pre", Element("code", report.Command))),
                Contents(report)),
            Classed(
                "footer",
                "foot",
                Element(
                    "p",
                    "Written by Nonlinear, the activation-function library for .NET. This page loads nothing from any network.")))));

    private static XElement Contents(StudyReport report) => Element(
        "nav",
        new XAttribute("class", "functions"),
        new XAttribute("aria-labelledby", "contents"),
        Element("h2", new XAttribute("id", "contents"), "On this page"),
        Element(
            "ul",
            report.Parts.OfType<Heading>()
                .Select(heading => (Id(heading), heading.Text))
                .Prepend(("findings", "What came out"))
                .Append(("repeat", "Do it again"))
                .Select(entry => Element("li", Link("#" + entry.Item1, entry.Item2)))));

    private static XElement Part(ReportPart part) => part switch
    {
        Heading heading => Element("h2", new XAttribute("id", Id(heading)), Set(heading.Text)),
        Prose prose => Element("p", Set(prose.Text)),
        ReportTable table => TableOf(table),
        ReportFigure figure => Element(
            "figure",
            Classed(
                "div",
                "plate",
                Element("img", new XAttribute("src", $"{Figures}/{figure.Name}.svg"), new XAttribute("alt", figure.Caption))),
            Element("figcaption", Set(figure.Caption), " ", Link($"{Figures}/{figure.Name}.png", "(as PNG)"))),
        ReportMarkup markup => markup.Content,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static XElement TableOf(ReportTable table) => Element("div", Classed("p", "caption", Set(table.Caption)), Tables.Scrolling(
        table.WordsAtStart + table.WordsAtEnd > table.Columns.Count / 2 ? "" : "wide dense",
        table.Caption,
        Element("thead", Element("tr", table.Columns.Select((column, i) => Tables.Head(column, number: !table.HoldsWords(i))))),
        Element("tbody", table.Rows.Select(row => Element(
            "tr",
            row.Select((cell, i) => i == 0 ? Tables.RowHead(cell)
                : table.HoldsWords(i) ? Element("td", Set(cell))
                : Classed("td", "number", cell)))))));

    private static string Set(string text) => Typography.English(text);

    private static string Id(Heading heading) =>
        new StringBuilder()
            .AppendJoin('-', heading.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToString()
            .ToLowerInvariant();
}
