using Nonlinear.Lab.Markup;
using ScottPlot;
using ScottPlot.Plottables;
using Label = Nonlinear.Lab.Markup.Label;

namespace Nonlinear.Lab.Figures;

/// <summary>A measured mean with its interval and the single results behind it.</summary>
/// <param name="Label">What was measured.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Results">The single results.</param>
/// <param name="Style">Its colour: rows with the same number look the same.</param>
internal sealed record IntervalRow(Label Label, double Mean, double Low, double High, IReadOnlyList<double> Results, int Style);

/// <summary>Figures of means with intervals, a row for each.</summary>
internal static class IntervalChart
{
    private const int Width = 760, RowHeight = 34, Frame = 110;

    private const double AboveLine = 0.25;

    /// <summary>Draws rows from above.</summary>
    /// <param name="language">The language of its words.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="across">The name of the x axis.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="reference">Where to draw a line to compare with, if anywhere.</param>
    public static Figure Of(
        Language language, Text title, Text across, IReadOnlyList<IntervalRow> rows, double? reference = null)
    {
        Plot plot = FigureStyle.NewPlot(language[title], language[across], "");
        for (int i = 0; i < rows.Count; i++)
        {
            double y = rows.Count - 1 - i;
            IntervalRow row = rows[i];
            Color colour = FigureStyle.ColorOf(row.Style);
            if (row.Results.Count > 0)
                plot.Add.Markers(
                    row.Results.ToArray(),
                    row.Results.Select(_ => y + AboveLine).ToArray(),
                    MarkerShape.FilledCircle,
                    5,
                    colour.WithAlpha(0.4));
            LinePlot line = plot.Add.Line(row.Low, y, row.High, y);
            line.LineColor = colour;
            line.LineWidth = 3;
            plot.Add.Marker(row.Mean, y, MarkerShape.FilledCircle, 10, colour);
        }
        // Drawn last: the dashes would carry over to the shapes that follow, which SVG does not allow.
        if (reference is { } place)
            plot.Add.VerticalLine(place, FigureStyle.ThinWidth, FigureStyle.Axis, LinePattern.Dashed);
        FigureStyle.Number(plot.Axes.Bottom);
        plot.Axes.Left.SetTicks(
            [.. Enumerable.Range(0, rows.Count).Select(i => (double)(rows.Count - 1 - i))],
            [.. rows.Select(row => language[row.Label])]);
        plot.Axes.SetLimitsY(-0.6, rows.Count - 0.4);
        plot.Axes.Margins(0.04, 0);
        plot.Axes.SetLimitsY(-0.6, rows.Count - 0.4);
        return new Figure(language[title], [plot], 1, Width, Frame + (rows.Count * RowHeight)).Dressed(FigureSettings.In(language));
    }
}
