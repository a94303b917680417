using Nonlinear.Lab.Markup;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Label = Nonlinear.Lab.Markup.Label;

namespace Nonlinear.Lab.Figures;

/// <summary>A line of measured points.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Points">The points; one that is not finite breaks the line.</param>
/// <param name="Style">Which colour and pattern: equal numbers look equal in all panels.</param>
internal sealed record ChartLine(Label Label, IReadOnlyList<(double X, double Y)> Points, int Style);

/// <summary>A panel of measured lines.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Across">The name of the x axis.</param>
/// <param name="Up">The name of the y axis.</param>
/// <param name="Lines">The lines.</param>
internal sealed record ChartPanel(Label Title, Text Across, Label Up, IReadOnlyList<ChartLine> Lines)
{
    /// <summary>Whether the y axis is logarithmic.</summary>
    public bool Logarithmic { get; init; }

    /// <summary>The ends of the y axis, of its logarithm if it is logarithmic; what lies beyond is cut off.</summary>
    public (double From, double To)? Rise { get; init; }
}

/// <summary>Figures of measured lines: panels side by side with one legend.</summary>
internal static class LineChart
{
    private const int PanelWidth = 400, PanelHeight = 340, SinglePanelWidth = 760, LegendRow = 24, LegendColumn = 190;

    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    /// <summary>Draws panels; the lines of all of them that have the same style must have the same label.</summary>
    public static Figure Of(Language language, Text title, params IReadOnlyList<ChartPanel> panels)
    {
        int width = panels.Count == 1 ? SinglePanelWidth : PanelWidth * panels.Count;
        ChartLine[] legend = [.. panels.SelectMany(panel => panel.Lines).DistinctBy(line => line.Style).OrderBy(line => line.Style)];
        List<Plot> plots = [.. panels.Select(panel => Panel(language, panel))];
        int columns = Math.Max(1, width / LegendColumn), rows = (legend.Length + columns - 1) / columns;
        return new Figure(language[title], plots, panels.Count, width, PanelHeight)
        {
            Legend = new(
                (rows * LegendRow) + 12,
                columns,
                [.. legend.Select(line => (language[line.Label], Colour(line.Style), Pattern(line.Style)))]),
        }.Dressed(FigureSettings.In(language));
    }

    private static Plot Panel(Language language, ChartPanel panel)
    {
        Plot plot = FigureStyle.NewPlot(language[panel.Title], language[panel.Across], language[panel.Up], 13);
        foreach (ChartLine line in panel.Lines)
        {
            foreach ((double[] x, double[] y) in Pieces(line, panel.Logarithmic))
            {
                Scatter scatter = plot.Add.Scatter(x, y, Colour(line.Style));
                scatter.LineWidth = 2;
                scatter.LinePattern = Pattern(line.Style);
                scatter.MarkerSize = x.Length <= 8 ? 5 : 0;
            }
        }
        FigureStyle.Number(plot.Axes.Bottom);
        FigureStyle.Number(plot.Axes.Left);
        if (panel.Logarithmic)
            plot.Axes.Left.TickGenerator = new NumericAutomatic
            {
                IntegerTicksOnly = true,
                LabelFormatter = exponent => exponent == 0 ? "1" : Markup.Numbers.TimesPowerOfTen("1", (int)exponent),
            };
        plot.Axes.Margins(0.02, 0.06);
        if (panel.Rise is { } rise)
            plot.Axes.SetLimitsY(rise.From, rise.To);
        return plot;
    }

    private static IEnumerable<(double[] X, double[] Y)> Pieces(ChartLine line, bool logarithmic)
    {
        List<(double X, double Y)> piece = [];
        foreach ((double x, double value) in line.Points.Append((0, double.NaN)))
        {
            double y = logarithmic ? Math.Log10(value) : value;
            if (double.IsFinite(y))
            {
                piece.Add((x, y));
                continue;
            }
            if (piece.Count > 0)
                yield return ([.. piece.Select(point => point.X)], [.. piece.Select(point => point.Y)]);
            piece.Clear();
        }
    }

    private static Color Colour(int style) => FigureStyle.ColorOf(style);

    private static LinePattern Pattern(int style) => Patterns[style / FigureStyle.Palette.Count % Patterns.Length];
}
