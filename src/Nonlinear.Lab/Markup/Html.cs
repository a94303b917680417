using System.Xml;
using System.Xml.Linq;

namespace Nonlinear.Lab.Markup;

/// <summary>
/// Builds pages as XML trees, so that every text is encoded and every element closed, and writes them as HTML parsers expect.
/// </summary>
internal static class Html
{
    private static readonly XNamespace Namespace = "http://www.w3.org/1999/xhtml";

    private static readonly HashSet<string> Void = ["br", "hr", "img", "link", "meta", "source", "wbr"];

    private static readonly HashSet<string> Blocks =
    [
        "article", "aside", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "head",
        "header", "img", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "section", "svg", "table", "tbody", "td", "th", "thead",
        "title", "tr", "ul",
    ];

    /// <summary>An element with attributes, children and texts; null stands for nothing.</summary>
    public static XElement Element(string name, params object?[] content)
    {
        XElement element = new(Namespace + name, content);
        if (element.IsEmpty && !Void.Contains(name))
            element.Value = "";
        return element;
    }

    /// <summary>An element with a class.</summary>
    public static XElement Classed(string name, string cssClass, params object?[] content) =>
        Element(name, [new XAttribute("class", cssClass), .. content]);

    /// <summary>A link.</summary>
    public static XElement Link(string address, params object?[] content) =>
        Element("a", [new XAttribute("href", address), .. content]);

    /// <summary>Markup that another part of the project wrote: MathML, SVG.</summary>
    public static XElement Parse(string markup) => XElement.Parse(markup, LoadOptions.PreserveWhitespace);

    /// <summary>A page as text, a line for each block.</summary>
    public static string Write(XElement page)
    {
        XElement copy = new(page);
        foreach (XElement element in copy.Descendants().Where(element => Blocks.Contains(element.Name.LocalName)).ToList())
            element.AddBeforeSelf("\n");
        // Names of a model's tensors may hold anything; XML and HTML have no way to write some signs.
        foreach (XText text in copy.DescendantNodes().OfType<XText>().Where(text => !text.Value.All(XmlConvert.IsXmlChar)).ToList())
            text.Value = WithoutForeign(text.Value);
        foreach (XAttribute attribute in copy.Descendants().Attributes().Where(found => !found.Value.All(XmlConvert.IsXmlChar)))
            attribute.Value = WithoutForeign(attribute.Value);
        return "<!DOCTYPE html>\n" + copy.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static string WithoutForeign(string text)
    {
        // Signs beyond the first plane are two characters each, which belong to XML only together.
        char[] signs = text.ToCharArray();
        for (int i = 0; i < signs.Length; i++)
        {
            if (i + 1 < signs.Length && char.IsSurrogatePair(signs[i], signs[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(signs[i]))
                signs[i] = '\uFFFD';
        }
        return new(signs);
    }
}
