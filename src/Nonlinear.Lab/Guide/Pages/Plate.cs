using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using static Nonlinear.Lab.Markup.Html;


namespace Nonlinear.Lab.Guide.Pages;

/// <summary>A large figure on a page.</summary>
internal static class Plate
{
    /// <summary>A figure with its caption, and the same as PNG behind a link.</summary>
    /// <param name="edition">The language.</param>
    /// <param name="name">The name of the figure's files.</param>
    /// <param name="caption">What is seen.</param>
    public static XElement Of(Edition edition, string name, string caption) => Element(
        "figure",
        Classed(
            "div",
            "plate",
            Element(
                "img",
                new XAttribute("src", $"{GuideFigures.Folder}/{name}.svg"),
                new XAttribute("alt", caption),
                new XAttribute("loading", "lazy"))),
        Element("figcaption", caption, " ", Link($"{GuideFigures.Folder}/{name}.png", edition[PageWords.AsPng])));
}
