using MathNet.Numerics.Statistics;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Nonlinear.Bench.Ratios;

/// <summary>Both tiers beside the fastest rival: a row for each function, a panel for each table that has rivals.</summary>
internal static class PerformanceFigure
{
    private const string Title = "Time beside the fastest rival";
    private const int MostBeside = 2, Width = 560, RowHeight = 30, Frame = 110, LegendHeight = 36;

    // Exact, fast, and where memory ends it.
    private static readonly (string Label, Color Colour)[] Entries = [("exact tier", FigureStyle.ColorOf(0)), ("fast tier", FigureStyle.ColorOf(1)), ("memory alone", FigureStyle.Axis)];

    private static readonly double[] RoundRatios = [1 / 64.0, 1 / 32.0, 1 / 16.0, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16];

    private static readonly string[] RatioLabels = ["1/64", "1/32", "1/16", "1/8", "1/4", "1/2", "1", "2", "4", "8", "16"];

    /// <summary>Draws the figure; null if no table has rivals.</summary>
    public static Figure? Of(IReadOnlyList<RatioTable> tables)
    {
        RatioTable[] drawn = [.. tables.Where(table => table.Races.Any(race => race.Race.BestRival is not null))];
        if (drawn.Length == 0)
            return null;
        int beside = Math.Min(MostBeside, drawn.Length), below = (drawn.Length + beside - 1) / beside;
        int rows = drawn.Max(table => table.Races.Count);
        return new(Title, [.. drawn.Select(Panel)], beside, beside * Width, below * (Frame + (rows * RowHeight)))
        {
            Legend = new(LegendHeight, Entries.Length, [.. Entries.Select(entry => (entry.Label, entry.Colour, LinePattern.Solid))]),
        };
    }

    private static Plot Panel(RatioTable table)
    {
        Plot plot = FigureStyle.NewPlot(table.Title, "time ÷ that of the fastest rival", "", 13);
        (string Function, Race Race)[] races = [.. table.Races.Where(race => race.Race.BestRival is not null)];
        List<double> ends = [0];
        for (int i = 0; i < races.Length; i++)
        {
            Race race = races[i].Race;
            double y = races.Length - 1 - i;
            foreach (Contestant contestant in race.Contestants)
            {
                (int entry, double shift) = contestant switch
                {
                    { Part: Part.Limit, Name: "copy" or "x + dy" } => (2, 0),
                    { Name: Ours.Exact } => (0, 0.17),
                    { Name: Ours.Fast } => (1, -0.17),
                    _ => (-1, 0),
                };
                if (entry < 0)
                    continue;
                double[] ratios = [.. race.Ratios(contestant, race.BestRival!).Select(Math.Log2)];
                ends.AddRange(Row(plot, ratios, y + shift, Entries[entry].Colour, entry == 2));
            }
        }
        // Last, for the dashes would stay for shapes that come after, which SVG does not allow.
        plot.Add.VerticalLine(0, FigureStyle.ThinWidth, FigureStyle.Ink, LinePattern.Dashed);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. RoundRatios.Select(Math.Log2)], RatioLabels);
        plot.Axes.Left.SetTicks(
            [.. Enumerable.Range(0, races.Length).Select(i => (double)(races.Length - 1 - i))],
            [.. races.Select(race => $"{race.Function}\n{race.Race.BestRival!.Name}")]);
        plot.Axes.SetLimits(ends.Min() - 0.3, ends.Max() + 0.3, -0.6, races.Length - 0.4);
        return plot;
    }

    // The median, and a line from the first to the third quartile of the rounds; memory's limit is a stroke.
    private static double[] Row(Plot plot, double[] ratios, double y, Color colour, bool limit)
    {
        double median = ratios.Median();
        if (limit)
        {
            LinePlot stroke = plot.Add.Line(median, y - 0.35, median, y + 0.35);
            (stroke.LineColor, stroke.LineWidth) = (colour, 3);
            return [median];
        }
        (double low, double high) = (ratios.LowerQuartile(), ratios.UpperQuartile());
        LinePlot line = plot.Add.Line(low, y, high, y);
        (line.LineColor, line.LineWidth) = (colour, 3);
        plot.Add.Marker(median, y, MarkerShape.FilledCircle, FigureStyle.MarkerSize, colour);
        return [low, high];
    }
}
