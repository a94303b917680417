using System.Xml.Linq;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Markup;

/// <summary>Parts of tables.</summary>
internal static class Tables
{
    /// <summary>A table that scrolls by itself where the page is too narrow for it, also by keyboard.</summary>
    public static XElement Scrolling(string cssClass, string label, params object?[] content) => Element(
        "div",
        new XAttribute("class", "scroll"),
        new XAttribute("tabindex", "0"),
        new XAttribute("role", "region"),
        new XAttribute("aria-label", label),
        Element("table", cssClass.Length > 0 ? new XAttribute("class", cssClass) : null, content));

    /// <summary>The head of a column.</summary>
    public static XElement Head(string text, bool number = false) =>
        Element("th", new XAttribute("scope", "col"), number ? new XAttribute("class", "number") : null, text);

    /// <summary>The head of a row.</summary>
    public static XElement RowHead(params object?[] content) => Element("th", [new XAttribute("scope", "row"), .. content]);

    /// <summary>A number, aligned to the right.</summary>
    public static XElement Number(double value, int digits = 4) => Classed("td", "number", Numbers.Write(value, digits));
}
