using MathNet.Numerics.Statistics;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Pages;
using Nonlinear.Lab.Figures;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Nonlinear.Bench.Ratios;

/// <summary>Both tiers beside the fastest rival: a row for each function, a panel for each size, all on the same scale.</summary>
internal static class PerformanceFigure
{
    private const string Title = "Time beside the fastest rival";
    private const int MostBeside = 2, Width = 560, RowHeight = 30, Frame = 110, LegendHeight = 36;
    private const double Shift = 0.17;

    // Exact, fast, and where memory ends it.
    private static readonly (string Label, Color Colour)[] Entries =
    [
        ("exact tier", FigureStyle.ColorOf(0)),
        ("fast tier", FigureStyle.ColorOf(1)),
        ("memory alone", FigureStyle.Axis),
    ];

    private static readonly double[] RoundRatios = [1 / 64.0, 1 / 32.0, 1 / 16.0, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16];

    private static readonly string[] RatioLabels = ["1/64", "1/32", "1/16", "1/8", "1/4", "1/2", "1", "2", "4", "8", "16"];

    /// <summary>Draws the figure; null if nobody has rivals.</summary>
    public static Figure? Of(IReadOnlyList<RaceSet> sets)
    {
        (string Title, Race[] Races, string[] Labels)[] panels =
        [
            .. sets
                .GroupBy(set => IsAlongAxis(set) ? $"{set.Setting.Direction}, along an axis" : set.Setting.Title)
                .Select(group => (
                    group.Key,
                    Rows: group.SelectMany(set => set.Races, Row).Where(row => row.Race.BestRival is not null).ToArray()))
                .Where(panel => panel.Rows.Length > 0)
                .Select(panel => (
                    panel.Key,
                    panel.Rows.Select(row => row.Race).ToArray(),
                    panel.Rows.Select(row => $"{row.Label}\n{row.Race.BestRival!.Name}").ToArray())),
        ];
        if (panels.Length == 0)
            return null;
        double[] ends =
        [
            0,
            .. panels.SelectMany(panel => panel.Races)
                .SelectMany(Drawn)
                .SelectMany(drawn => new[] { drawn.Ratios.LowerQuartile(), drawn.Ratios.UpperQuartile() }),
        ];
        (double, double) range = (ends.Min() - 0.3, ends.Max() + 0.3);
        int beside = Math.Min(MostBeside, panels.Length), below = (panels.Length + beside - 1) / beside;
        return new(
            Title,
            [.. panels.Select(panel => Panel(panel.Title, panel.Races, panel.Labels, range))],
            beside,
            beside * Width,
            below * (Frame + (panels.Max(panel => panel.Races.Length) * RowHeight)))
        {
            Legend = new(LegendHeight, Entries.Length, [.. Entries.Select(entry => (entry.Label, entry.Colour, LinePattern.Solid))]),
        };
    }

    private static bool IsAlongAxis(RaceSet set) => set.Setting.Kind == FunctionKind.AlongAxis;

    private static (string Label, Race Race) Row(RaceSet set, (string Function, Race Race) row)
    {
        string from = row.Race.Contestants.Any(contestant => contestant.Name == TierNames.ExactFromOutput) ? ", from y" : "";
        return (IsAlongAxis(set) ? $"{row.Function}{from}, {set.Setting.Size}" : row.Function + from, row.Race);
    }

    private static Plot Panel(string title, Race[] races, string[] labels, (double From, double To) range)
    {
        Plot plot = FigureStyle.NewPlot(title, "time ÷ that of the fastest rival", "", 13);
        for (int i = 0; i < races.Length; i++)
        {
            foreach ((int entry, double[] ratios) in Drawn(races[i]))
                AddRow(plot, entry, ratios, races.Length - 1 - i);
        }
        // Drawn last: the dashes would carry over to the shapes that follow, which SVG does not allow.
        plot.Add.VerticalLine(0, FigureStyle.ThinWidth, FigureStyle.Ink, LinePattern.Dashed);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. RoundRatios.Select(Math.Log2)], RatioLabels);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, races.Length).Select(i => (double)(races.Length - 1 - i))], labels);
        plot.Axes.SetLimits(range.From, range.To, -0.6, races.Length - 0.4);
        return plot;
    }

    // The gradient by way of the saved outputs where they suffice: that is what one would call.
    private static IEnumerable<(int Entry, double[] Ratios)> Drawn(Race race)
    {
        bool fromOutput = race.Contestants.Any(contestant => contestant.Name == TierNames.ExactFromOutput);
        foreach ((int entry, string[] names) in new[]
        {
            (0, new[] { fromOutput ? TierNames.ExactFromOutput : TierNames.Exact }),
            (1, [fromOutput ? TierNames.FastFromOutput : TierNames.Fast]),
            (2, [Limits.Copy, Limits.Sum]),
        })
        {
            if (race.Contestants.FirstOrDefault(contestant => names.Contains(contestant.Name)) is { } found)
                yield return (entry, [.. race.Ratios(found, race.BestRival!).Select(Math.Log2)]);
        }
    }

    // The median, and a line from the first to the third quartile of the rounds; memory's limit is a stroke.
    private static void AddRow(Plot plot, int entry, double[] ratios, double y)
    {
        double median = ratios.Median();
        Color colour = Entries[entry].Colour;
        if (entry == Entries.Length - 1)
        {
            LinePlot stroke = plot.Add.Line(median, y - 0.35, median, y + 0.35);
            (stroke.LineColor, stroke.LineWidth) = (colour, 3);
            return;
        }
        double at = y + (entry == 0 ? Shift : -Shift);
        LinePlot line = plot.Add.Line(ratios.LowerQuartile(), at, ratios.UpperQuartile(), at);
        (line.LineColor, line.LineWidth) = (colour, 3);
        plot.Add.Marker(median, at, MarkerShape.FilledCircle, FigureStyle.MarkerSize, colour);
    }
}
