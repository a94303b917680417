using System.Xml.Linq;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Figures;

/// <summary>A figure of a page: SVG for wide screens and for narrow ones, and PNG to take along.</summary>
internal static class Picture
{
    private const string Narrow = "-narrow";

    /// <summary>Writes the files of a figure.</summary>
    /// <param name="folder">Where the pages are written.</param>
    /// <param name="path">The files' path without extension.</param>
    /// <param name="figure">The figure.</param>
    public static void Write(PageFolder folder, string path, Figure figure)
    {
        folder.Write($"{path}.svg", figure.ToSvg());
        folder.Write($"{path}.png", figure.ToPng(2));
        folder.Write($"{path}{Narrow}.svg", figure.Narrow().ToSvg());
    }

    /// <summary>The figure on a page, with its caption.</summary>
    /// <param name="path">The files' path from the page, without extension.</param>
    /// <param name="caption">What is seen.</param>
    /// <param name="asPng">The words of the link to the PNG.</param>
    public static XElement Of(string path, string caption, string asPng) => Element(
        "figure",
        Classed(
            "div",
            "plate",
            Element(
                "picture",
                Element("source", new XAttribute("media", "(max-width: 30rem)"), new XAttribute("srcset", $"{path}{Narrow}.svg")),
                Element(
                    "img",
                    new XAttribute("src", $"{path}.svg"),
                    new XAttribute("alt", caption),
                    new XAttribute("loading", "lazy")))),
        Element("figcaption", caption, " ", Link($"{path}.png", asPng)));
}
