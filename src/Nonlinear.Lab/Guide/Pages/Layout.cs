using System.Reflection;
using System.Xml.Linq;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>What every page has around its content: the bar with the languages, the list of functions, the foot.</summary>
internal static class Layout
{
    private static readonly string Version =
        typeof(Activation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>A page.</summary>
    /// <param name="edition">The language, and which others there are.</param>
    /// <param name="file">The name of its file.</param>
    /// <param name="title">Its title.</param>
    /// <param name="description">What it says, in a sentence.</param>
    /// <param name="content">Its content.</param>
    public static string Page(Edition edition, string file, string title, string description, params object?[] content)
    {
        Language language = edition.Language;
        string guide = language[Phrases.GuideTitle];
        return Write(Element(
            "html",
            new XAttribute("lang", language.Tag),
            PageHead.Of(title == guide ? title : $"{title} · {guide}", description, "../"),
            Element(
                "body",
                Element("a", new XAttribute("class", "skip"), new XAttribute("href", "#content"), language[PageWords.SkipToContent]),
                Classed(
                    "header",
                    "bar",
                    Element("a", new XAttribute("class", "home"), new XAttribute("href", "index.html"), guide),
                    ExplorerLink.ToPage(edition),
                    Languages(edition, file)),
                Classed(
                    "div",
                    "frame",
                    Element("main", new XAttribute("id", "content"), content),
                    Functions(edition, file)),
                Classed("footer", "foot", Element("p", string.Format(Numbers.Invariant, language[Phrases.Footer], Version))))));
    }

    /// <summary>The first page, which leads to the languages.</summary>
    public static string Choice(IReadOnlyList<Language> languages) => Write(Element(
        "html",
        new XAttribute("lang", languages[0].Tag),
        PageHead.Of(languages[0][Phrases.GuideTitle], languages[0][Phrases.Lead], ""),
        Element(
            "body",
            Classed(
                "main",
                "choice",
                Element(
                    "h1",
                    languages[0][Phrases.GuideTitle],
                    languages.Skip(1)
                        .Select(language => Element("span", new XAttribute("lang", language.Tag), language[Phrases.GuideTitle]))),
                Element("ul", languages.Select(language => Element(
                    "li",
                    Link(
                        $"{language.Folder}/index.html",
                        new XAttribute("lang", language.Tag),
                        new XAttribute("hreflang", language.Tag),
                        language.Name))))))));

    private static XElement? Languages(Edition edition, string file) => edition.Others.Count == 0 ? null : Classed(
        "div",
        "languages",
        edition.Others.Select(other => Link(
            $"../{other.Folder}/{file}",
            new XAttribute("lang", other.Tag),
            new XAttribute("hreflang", other.Tag),
            new XAttribute("rel", "alternate"),
            other.Name)));

    private static XElement Functions(Edition edition, string file) => Element(
        "nav",
        new XAttribute("class", "functions"),
        new XAttribute("aria-labelledby", "functions"),
        Element("h2", new XAttribute("id", "functions"), edition.Language[Phrases.Functions]),
        Element(
            "ul",
            Entry("index.html", edition.Language[Phrases.Overview], file),
            Entry(TrapsPage.File, edition.Language[Phrases.Traps], file)),
        Catalog.All.GroupBy(info => info.Family).Select(family => (XElement[])
        [
            Element("h3", edition.Language[FamilyNames.Of(family.Key)]),
            Element("ul", family.Select(info => Entry(FunctionPage.File(info), info.Title, file))),
        ]));

    private static XElement Entry(string target, string title, string file) =>
        Element("li", Link(target, target == file ? new XAttribute("aria-current", "page") : null, title));
}
