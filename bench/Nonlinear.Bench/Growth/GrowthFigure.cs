using System.Globalization;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Nonlinear.Bench.Growth;

/// <summary>
/// The time for an element against the number of elements, both logarithmic: a panel for each function, with the caches marked.
/// </summary>
internal static class GrowthFigure
{
    private const string Title = "Time for an element, by the number of elements";
    private const int MostBeside = 4, PanelWidth = 330, PanelHeight = 280, LegendRow = 24;

    // Input and output.
    private const int BytesAnElement = 2 * sizeof(float);

    private static readonly (string Name, string Label, Color Colour, LinePattern Pattern)[] Lines =
    [
        (TierNames.Exact, "exact tier", FigureStyle.ColorOf(0), LinePattern.Solid),
        (TierNames.Fast, "fast tier", FigureStyle.ColorOf(1), LinePattern.Solid),
        (Limits.Copy, "copy", FigureStyle.Axis, LinePattern.Solid),
        (Limits.CopyNonTemporal, "non-temporal copy", FigureStyle.Axis, LinePattern.Dotted),
    ];

    private static readonly double[] Times = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

    /// <summary>Draws the figure.</summary>
    public static Figure Of(IReadOnlyList<GrowthCurve> curves)
    {
        double[] times =
            [.. curves.SelectMany(curve => curve.Lines.Values).SelectMany(line => line).Select(point => Math.Log10(point.Nanoseconds))];
        (double From, double To) rise = (times.Min() - 0.1, times.Max() + 0.25);
        int beside = Math.Min(MostBeside, curves.Count), below = (curves.Count + beside - 1) / beside;
        return new(Title, [.. curves.Select(curve => Panel(curve, rise))], beside, beside * PanelWidth, below * PanelHeight)
        {
            Legend = new(
                (((Lines.Length + beside - 1) / beside) * LegendRow) + 12,
                beside,
                [.. Lines.Select(line => (line.Label, line.Colour, line.Pattern))]),
        };
    }

    private static Plot Panel(GrowthCurve curve, (double From, double To) rise)
    {
        Plot plot = FigureStyle.NewPlot(curve.Function, "elements", "ns an element", 12);
        foreach ((string name, _, Color colour, LinePattern pattern) in Lines)
        {
            if (!curve.Lines.TryGetValue(name, out List<(int Elements, double Nanoseconds)>? points))
                continue;
            Scatter line = plot.Add.ScatterLine(
                points.Select(point => Math.Log2(point.Elements)).ToArray(),
                points.Select(point => Math.Log10(point.Nanoseconds)).ToArray(),
                colour);
            (line.LineWidth, line.LinePattern) = (2, pattern);
        }
        double[] counts = [.. GrowthRun.Sizes.Select(size => Math.Log2(size))];
        foreach (Cache cache in Cache.All)
        {
            double full = Math.Log2((double)cache.Bytes / BytesAnElement);
            plot.Add.VerticalLine(full, FigureStyle.ThinWidth, FigureStyle.Axis, LinePattern.Dashed);
            ScottPlot.Plottables.Text name = plot.Add.Text(cache.Name, full - 0.2, rise.To - 0.03);
            (name.LabelAlignment, name.LabelFontSize, name.LabelFontColor) = (Alignment.UpperRight, 10, FigureStyle.Ink);
        }
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            counts.Where((_, i) => i % 2 == 0).ToArray(),
            [.. GrowthRun.Sizes.Where((_, i) => i % 2 == 0).Select(Count)]);
        plot.Axes.Left.TickGenerator = new NumericManual(
            Times.Select(Math.Log10).ToArray(),
            [.. Times.Select(time => time.ToString(CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimits(counts[0] - 0.5, counts[^1] + 0.5, rise.From, rise.To);
        return plot;
    }

    private static string Count(int size) => size >= 1 << 20 ? $"{size >> 20} Mi" : size >= 1 << 10 ? $"{size >> 10} Ki" : $"{size}";
}
