using System.Globalization;
using System.Text;
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

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

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
        XElement svg = new(
            Svg + "svg",
            new XAttribute("viewBox", Invariant($"0 0 {Width} {Height}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", language[plot.Title]),
            across.Ticks(Ticks).Select(x => Line("grid", across.At(x), Top, across.At(x), Height - Bottom)),
            heights.Select(height => Line("grid", left, rise.At(height.At), Width - Right, rise.At(height.At))),
            across.Holds(0) && !plot.Logarithmic ? Line("zero", across.At(0), Top, across.At(0), Height - Bottom) : null,
            rise.Holds(0) && !plot.Logarithmic ? Line("zero", left, rise.At(0), Width - Right, rise.At(0)) : null,
            across.Ticks(Ticks).Select(x => Label("middle", across.At(x), Height - Bottom + 17, Numbers.Write(x))),
            heights.Select(height => Label("end", left - 7, rise.At(height.At) + 4, height.Label)),
            Label("middle", (left + Width - Right) / 2, Height - 5, language[plot.Across]),
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

    private static XElement Swatch(int number) => new(
        Svg + "svg",
        new XAttribute("viewBox", "0 0 32 10"),
        new XAttribute("aria-hidden", "true"),
        Path(number, [(0, 5), (32, 5)]));

    /// <summary>A thumbnail of a function and its derivative, without axes' numbers.</summary>
    public static XElement Thumbnail(string description, params IReadOnlyList<(double X, double Y)>[] curves)
    {
        const double ThumbnailWidth = 160, ThumbnailHeight = 92, Edge = 6;
        (double X, double Y)[] finite = [.. curves.SelectMany(curve => curve).Where(p => double.IsFinite(p.Y))];
        Scale across = Scale.Over([.. finite.Select(p => p.X)], Edge, ThumbnailWidth - Edge, padded: false);
        Scale rise = Scale.Over([.. finite.Select(p => p.Y)], ThumbnailHeight - Edge, Edge, padded: true);
        return new XElement(
            Svg + "svg",
            new XAttribute("class", "thumbnail"),
            new XAttribute("viewBox", Invariant($"0 0 {ThumbnailWidth} {ThumbnailHeight}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", description),
            across.Holds(0) ? Line("zero", across.At(0), Edge, across.At(0), ThumbnailHeight - Edge) : null,
            rise.Holds(0) ? Line("zero", Edge, rise.At(0), ThumbnailWidth - Edge, rise.At(0)) : null,
            curves.Select((curve, i) => Path(i, curve.Select(p => (across.At(p.X), rise.At(p.Y))))).Reverse());
    }

    private static string PowerOfTen(int exponent) => exponent == 0 ? "1" : Numbers.TimesPowerOfTen("1", exponent);

    private static XElement Line(string cssClass, double x1, double y1, double x2, double y2) => new(
        Svg + "path",
        new XAttribute("class", cssClass),
        new XAttribute("d", Invariant($"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}")));

    private static XElement Label(string anchor, double x, double y, string text) => new(
        Svg + "text",
        new XAttribute("x", Invariant($"{x:0.#}")),
        new XAttribute("y", Invariant($"{y:0.#}")),
        new XAttribute("text-anchor", anchor),
        text);

    private static XElement Path(int number, IEnumerable<(double X, double Y)> points)
    {
        StringBuilder path = new();
        bool drawing = false;
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(y))
                path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{x:0.##} {y:0.##}");
            drawing = double.IsFinite(y);
        }
        return new(Svg + "path", new XAttribute("class", Invariant($"curve curve-{number}")), new XAttribute("d", path.ToString()));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A linear scale from values to places.</summary>
    private sealed record Scale(double From, double To, double Start, double End)
    {
        private const double Padding = 0.06;

        public static Scale Over(IReadOnlyList<double> values, double start, double end, bool padded)
        {
            double least = values.Min(), most = values.Max(), margin = padded ? Padding * (most > least ? most - least : 1) : 0;
            return new(least - margin, most + margin, start, end);
        }

        public double At(double value) => Start + (value - From) / (To - From) * (End - Start);

        public bool Holds(double value) => value >= From && value <= To;

        // Steps of 1, 2 or 5 times a power of ten, about as many as asked for; whole ones on a logarithmic axis, whose range is wide.
        public IEnumerable<double> Ticks(int count)
        {
            double rough = (To - From) / count, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            double[] multiples = [1, 2, 5, 10];
            double step = power * multiples.First(multiple => multiple * power >= rough);
            for (double tick = Math.Ceiling(From / step); tick * step <= To + 1e-9 * step; tick++)
                yield return Math.Round(tick * step, 10) + 0.0;
        }
    }
}
