using System.Text;
using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Reports;

/// <summary>Writes a report as a folder with a page and its figures, in one language.</summary>
/// <param name="report">The report.</param>
/// <param name="language">The language.</param>
internal sealed class ReportPage(StudyReport report, Language language)
{
    private const string Figures = "figures", File = "index.html", Mark = "nonlinear-lab.txt", Kind = "a page of the lab";

    private static readonly Text Findings = new("What came out", "结果"), Repeat = new("Do it again", "重复实验");

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
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">Something other than a page of the lab is there, or it cannot be written.</exception>
    public string Write(string folder)
    {
        string place = Path.Combine(folder, report.Name);
        Check(folder, report.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        using PageFolder pages = new(place, Mark, Kind);
        foreach (ReportFigure part in report.Parts.OfType<ReportFigure>())
        {
            using Figure figure = part.Draw(FigureLook.LanguageFor(language));
            Picture.Write(pages, $"{Figures}/{part.Name}", figure);
        }
        if (report.StyleInside is null)
            pages.Write(PageHead.StyleSheet, PageHead.StyleSheetText());
        pages.Write(File, Page());
        pages.Write(Mark, "Written by Nonlinear; replaced as a whole when the study is run again.\n");
        pages.Publish();
        return Path.Combine(place, File);
    }

    /// <summary>Writes the page as a file of its own; what is there is replaced. The report has its style and figures inside.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string WriteFile(string path)
    {
        WholeFile.Write(path, Encoding.UTF8.GetBytes(Page()));
        return path;
    }

    // The same command, for a page in the same language.
    private string Command => report.Command + (language == Language.English ? "" : $" --language {language.Folder}");

    private string Page() => Html.Write(Element(
        "html",
        new XAttribute("lang", language.Tag),
        report.StyleInside is { } style
            ? PageHead.WithStyle($"{language[report.Title]} · Nonlinear", language[report.Lead], style)
            : PageHead.Of($"{language[report.Title]} · Nonlinear", language[report.Lead], ""),
        Element(
            "body",
            Element(
                "a",
                new XAttribute("class", "skip"),
                new XAttribute("href", "#content"),
                language[PageWords.SkipToContent]),
            Classed("header", "bar", Classed("span", "home", Say("Nonlinear · the lab", "Nonlinear · 实验室"))),
            Classed(
                "div",
                "frame",
                Element(
                    "main",
                    new XAttribute("id", "content"),
                    Element("h1", language[report.Title]),
                    Classed("p", "lead", language[report.Lead]),
                    Classed(
                        "section",
                        "findings",
                        Element("h2", new XAttribute("id", "findings"), language[Findings]),
                        Element("ul", report.Findings.Select(finding => Element("li", language[finding])))),
                    report.Parts.Where(part => part is not ReportTable { Medium: ReportMedium.Terminal }).Select(Part),
                    Element("h2", new XAttribute("id", "repeat"), language[Repeat]),
                    Element("p", Say("This command gives the same numbers again, times excepted:", "以下命令会再次得到相同的数字(耗时除外):")),
                    Element("pre", Element("code", Command))),
                Contents()),
            Classed(
                "footer",
                "foot",
                Element(
                    "p",
                    Say(
                        "Written by Nonlinear, the activation-function library for .NET. This page loads nothing from any network.",
                        "由 Nonlinear(.NET 激活函数库)写出。本页不从网络加载任何内容。"))))));

    private XElement Contents() => Element(
        "nav",
        new XAttribute("class", "functions"),
        new XAttribute("aria-labelledby", "contents"),
        Element("h2", new XAttribute("id", "contents"), Say("On this page", "本页内容")),
        Element(
            "ul",
            report.Parts.OfType<Heading>()
                .Select(heading => (Id(heading), heading.Text))
                .Prepend(("findings", Findings))
                .Append(("repeat", Repeat))
                .Select(entry => Element("li", Link("#" + entry.Item1, language[entry.Item2])))));

    private XElement Part(ReportPart part) => part switch
    {
        Heading heading => Element("h2", new XAttribute("id", Id(heading)), language[heading.Text]),
        Prose prose => Element("p", language[prose.Text]),
        ReportTable table => TableOf(table),
        ReportFigure figure => Picture.Of($"{Figures}/{figure.Name}", language[figure.Caption], language[PageWords.AsPng]),
        ReportMarkup markup => markup.Content(language),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private XElement TableOf(ReportTable table) => Element(
        "div",
        Classed("p", "caption", language[table.Caption]),
        Tables.Scrolling(
            table.WordsAtStart + table.WordsAtEnd > table.Columns.Count / 2 ? "" : "wide dense",
            language[table.Caption],
            Element(
                "thead",
                Element("tr", table.Columns.Select((column, i) => Tables.Head(language[column], number: !table.HoldsWords(i))))),
            Element("tbody", table.Rows.Select(row => Element(
                "tr",
                row.Select((cell, i) => i == 0 ? Tables.RowHead(language[cell])
                    : table.HoldsWords(i) ? Element("td", language[cell])
                    : Classed("td", "number", language[cell])))))));

    private string Say(string english, string chinese) => language[new Text(english, chinese)];

    // The same in every language, so that a link to a part holds.
    private static string Id(Heading heading) =>
        new StringBuilder()
            .AppendJoin('-', heading.Text.English.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToString()
            .ToLowerInvariant();
}
