using System.Xml.Linq;
using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>
/// Small line charts inside a page. They take their colours and type from the page's style sheet, so that they follow it into the dark
/// and onto paper; the large figures are made by <c>Nonlinear.Lab.Figures</c>.
/// </summary>
internal static class Sketch
{
    private const double Width = 460, Height = 260, Right = 14, Top = 14, Bottom = 40;

    // What a digit takes at most, and the least room beside the digits.
    private const double Letter = 7.5, Margin = 14;
    private const int Ticks = 5;

    /// <summary>A chart with axes, and a legend below if there is more than one curve.</summary>
    public static XElement Chart(EvidencePlot plot, Language language)
    {
        Func<double, double> up = plot.Logarithmic ? Math.Log10 : y => y;
        (double X, double Y)[] finite =
            [.. plot.Curves.SelectMany(curve => curve.Points).Select(p => (p.X, up(p.Y))).Where(p => double.IsFinite(p.Item2))];
        Scale rise = Scale.Over([.. finite.Select(p => p.Y)], Height - Bottom, Top, padded: true);
        (double At, string Label)[] heights =
            [.. rise.Ticks(Ticks).Select(y => (y, plot.Logarithmic ? PowerOfTen((int)y) : Numbers.Write(y)))];
        double left = Margin + Letter * heights.Max(height => height.Label.Length);
        Scale across = Scale.Over([.. finite.Select(p => p.X)], left, Width - Right, padded: false);
        XElement svg = Svg.Drawing(
            Width,
            Height,
            language[plot.Title],
            across.Ticks(Ticks).Select(x => Svg.Line("grid", across.At(x), Top, across.At(x), Height - Bottom)),
            heights.Select(height => Svg.Line("grid", left, rise.At(height.At), Width - Right, rise.At(height.At))),
            across.Holds(0) && !plot.Logarithmic ? Svg.Line("zero", across.At(0), Top, across.At(0), Height - Bottom) : null,
            rise.Holds(0) && !plot.Logarithmic ? Svg.Line("zero", left, rise.At(0), Width - Right, rise.At(0)) : null,
            across.Ticks(Ticks).Select(x => Svg.Label("middle", across.At(x), Height - Bottom + 17, Numbers.Write(x))),
            heights.Select(height => Svg.Label("end", left - 7, rise.At(height.At) + 4, height.Label)),
            Svg.Label("middle", (left + Width - Right) / 2, Height - 5, language[plot.Across]),
            plot.Curves.Select((curve, i) => Path(i, curve.Points.Select(p => (across.At(p.X), rise.At(up(p.Y)))))));
        return Html.Classed(
            "figure",
            "sketch",
            svg,
            Html.Element(
                "figcaption",
                language[plot.Title],
                plot.Curves.Count < 2
                    ? null
                    : Html.Classed(
                        "ul",
                        "legend",
                        plot.Curves.Select((curve, i) => Html.Element("li", Swatch(i), language[curve.Label])))));
    }

    private static XElement Swatch(int number) => Svg.Drawing(32, 10, null, Path(number, [(0, 5), (32, 5)]));

    /// <summary>A thumbnail of a function and its derivative, without axes' numbers.</summary>
    public static XElement Thumbnail(string description, params IReadOnlyList<(double X, double Y)>[] curves)
    {
        const double ThumbnailWidth = 160, ThumbnailHeight = 92, Edge = 6;
        (double X, double Y)[] finite = [.. curves.SelectMany(curve => curve).Where(p => double.IsFinite(p.Y))];
        Scale across = Scale.Over([.. finite.Select(p => p.X)], Edge, ThumbnailWidth - Edge, padded: false);
        Scale rise = Scale.Over([.. finite.Select(p => p.Y)], ThumbnailHeight - Edge, Edge, padded: true);
        return Svg.Drawing(
            ThumbnailWidth,
            ThumbnailHeight,
            description,
            new XAttribute("class", "thumbnail"),
            across.Holds(0) ? Svg.Line("zero", across.At(0), Edge, across.At(0), ThumbnailHeight - Edge) : null,
            rise.Holds(0) ? Svg.Line("zero", Edge, rise.At(0), ThumbnailWidth - Edge, rise.At(0)) : null,
            curves.Select((curve, i) => Path(i, curve.Select(p => (across.At(p.X), rise.At(p.Y))))).Reverse());
    }

    private static string PowerOfTen(int exponent) => exponent == 0 ? "1" : Numbers.TimesPowerOfTen("1", exponent);

    private static XElement Path(int number, IEnumerable<(double X, double Y)> points) =>
        Svg.Path(FormattableString.Invariant($"curve curve-{number}"), points);
}
