using System.Xml.Linq;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Markup;

/// <summary>The head of a page, of the guide's and of the lab's alike, and the style sheet that it names.</summary>
internal static class PageHead
{
    /// <summary>The file of the style sheet.</summary>
    public const string StyleSheet = "guide.css";

    /// <summary>The head of a page.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="description">What it says, in a sentence.</param>
    /// <param name="root">The way from the page's folder to that of the style sheet.</param>
    public static XElement Of(string title, string description, string root) => Of(
        title,
        description,
        Element("link", new XAttribute("rel", "stylesheet"), new XAttribute("href", root + StyleSheet)));

    /// <summary>The head of a page that has its style inside, and so is whole as one file.</summary>
    /// <param name="title">The page's title.</param>
    /// <param name="description">What it says, in a sentence.</param>
    /// <param name="style">The style beyond that of all pages.</param>
    public static XElement WithStyle(string title, string description, string style) => Of(
        title,
        description,
        // A style sheet holds signs that XML would escape and HTML would not read back; so it is a section that both leave alone.
        Element("style", "/*", new XCData($"*/\n{StyleSheetText()}\n{style}\n/*"), "*/"));

    private static XElement Of(string title, string description, XElement style) => Element(
        "head",
        Element("meta", new XAttribute("charset", "utf-8")),
        Element("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        Element("title", title),
        Element("meta", new XAttribute("name", "description"), new XAttribute("content", description)),
        Element("link", new XAttribute("rel", "icon"), new XAttribute("href", "data:,")),
        style);

    /// <summary>The style sheet that every page uses.</summary>
    public static string StyleSheetText()
    {
        using StreamReader reader = new(typeof(PageHead).Assembly.GetManifestResourceStream(StyleSheet)!);
        return reader.ReadToEnd();
    }
}
