using ScottPlot;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>The names of curves at their right ends, each as near to its curve as the others let it.</summary>
/// <param name="Entries">Names, colours, and how high the curves end.</param>
internal sealed record CurveLabels(IReadOnlyList<(string Label, Color Colour, double Y)> Entries)
{
    private const float TextSize = 13, LineHeight = 18, Leader = 12, Gap = 4;

    /// <summary>The room they take beside the axes.</summary>
    public float Width(FigureLook look)
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(look.Font);
        using SKFont font = new(typeface, TextSize);
        return Leader + (2 * Gap) + Entries.Max(entry => font.MeasureText(entry.Label));
    }

    /// <summary>Draws them beside a plot that has been drawn.</summary>
    public void Render(SKCanvas canvas, Plot plot, FigureLook look)
    {
        PixelRect area = plot.LastRender.DataRect;
        AxisLimits limits = plot.Axes.GetLimits();
        using SKTypeface typeface = SKTypeface.FromFamilyName(look.Font);
        using SKFont font = new(typeface, TextSize);
        double perPixel = (limits.Top - limits.Bottom) / area.Height;
        (string Label, Color Colour, double Pixel)[] sorted =
        [
            .. Entries
                .Select(entry => (entry.Label, look.Of(entry.Colour),
                    Math.Clamp(area.Bottom - ((entry.Y - limits.Bottom) / perPixel), area.Top, area.Bottom)))
                .OrderBy(entry => entry.Item3),
        ];
        double[] places = Spread([.. sorted.Select(entry => entry.Pixel)], LineHeight, area.Top, area.Bottom);
        for (int i = 0; i < sorted.Length; i++)
        {
            (string label, Color colour, double end) = sorted[i];
            using SKPaint line = new() { Color = colour.ToSKColor(), StrokeWidth = 1, IsStroke = true, IsAntialias = true };
            canvas.DrawLine(area.Right + Gap, (float)end, area.Right + Leader, (float)places[i], line);
            using SKPaint text = new() { Color = colour.ToSKColor(), IsAntialias = true };
            canvas.DrawText(label, area.Right + Leader + Gap, (float)places[i] + (TextSize / 3), SKTextAlign.Left, font, text);
        }
    }

    /// <summary>Places at least so far apart and within bounds, as near as may be to where they want to be.</summary>
    /// <param name="wanted">Where they want to be, in rising order.</param>
    /// <param name="apart">How far apart they must be.</param>
    /// <param name="least">The least place.</param>
    /// <param name="most">The greatest place; more places than there is room for go beyond it.</param>
    internal static double[] Spread(IReadOnlyList<double> wanted, double apart, double least, double most)
    {
        // Less the room of those before, places need only rise: neighbours that do not are put together at their mean, which has the least
        // squared distances.
        List<(double Mean, int Count)> groups = [];
        for (int i = 0; i < wanted.Count; i++)
        {
            groups.Add((wanted[i] - (i * apart), 1));
            while (groups.Count > 1 && groups[^2].Mean > groups[^1].Mean)
            {
                (double mean, int count) = groups[^1];
                (double before, int many) = groups[^2];
                groups.RemoveRange(groups.Count - 2, 2);
                groups.Add((((mean * count) + (before * many)) / (count + many), count + many));
            }
        }
        double last = Math.Max(least, most - ((wanted.Count - 1) * apart));
        return
        [
            .. groups.SelectMany(group => Enumerable.Repeat(group.Mean, group.Count))
                .Select((mean, i) => Math.Clamp(mean, least, last) + (i * apart)),
        ];
    }
}
