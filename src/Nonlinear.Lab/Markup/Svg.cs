using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Nonlinear.Lab.Markup;

/// <summary>Builds drawings that stand in a page itself and take their colours from its style sheet.</summary>
internal static class Svg
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>A drawing.</summary>
    /// <param name="width">The width that its places are told in.</param>
    /// <param name="height">The height.</param>
    /// <param name="description">What it shows, for those who do not see it; null if it only decorates.</param>
    /// <param name="content">Its parts, and further attributes.</param>
    public static XElement Drawing(double width, double height, string? description, params object?[] content) => new(
        Namespace + "svg",
        new XAttribute("viewBox", FormattableString.Invariant($"0 0 {width} {height}")),
        description is null
            ? new XAttribute("aria-hidden", "true")
            : new object[] { new XAttribute("role", "img"), new XAttribute("aria-label", description) },
        content);

    /// <summary>A straight line.</summary>
    public static XElement Line(string cssClass, double x1, double y1, double x2, double y2) =>
        Path(cssClass, FormattableString.Invariant($"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}"));

    /// <summary>A text.</summary>
    public static XElement Label(string anchor, double x, double y, string text) => new(
        Namespace + "text",
        new XAttribute("x", FormattableString.Invariant($"{x:0.#}")),
        new XAttribute("y", FormattableString.Invariant($"{y:0.#}")),
        new XAttribute("text-anchor", anchor),
        text);

    /// <summary>A line through points; one that is not finite breaks it.</summary>
    public static XElement Path(string cssClass, IEnumerable<(double X, double Y)> points)
    {
        StringBuilder path = new();
        bool drawing = false;
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(y))
                path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{x:0.##} {y:0.##}");
            drawing = double.IsFinite(y);
        }
        return Path(cssClass, path.ToString());
    }

    /// <summary>A path by its commands.</summary>
    public static XElement Path(string cssClass, string commands) =>
        new(Namespace + "path", new XAttribute("class", cssClass), new XAttribute("d", commands));
}
