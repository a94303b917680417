using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Nonlinear.Lab.Figures;

/// <summary>How every figure looks, in one place.</summary>
internal static class FigureStyle
{
    // Covers Greek letters, primes and arrows, and is installed nearly everywhere; elsewhere the system's own sans serif stands in.
    public const string Font = "DejaVu Sans";

    /// <summary>The colours of Okabe and Ito (2008), which people with any colour vision can tell apart.</summary>
    public static IReadOnlyList<Color> Palette { get; } =
        [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000" }.Select(hex => Color.FromHex(hex))];

    public const float FontSize = 14;

    public const float CurveWidth = 2.5f, ThinWidth = 1.25f, MarkerSize = 8;

    // Enough to tell neighbouring ticks of a narrow range apart, too few to show how a tick was rounded.
    private const int TickDigits = 10;

    // As many numbers as are read at a glance.
    private const float Density = 0.6f;

    public static readonly Color Ink = Color.FromHex("#24292F"), Grid = Color.FromHex("#E3E7EB"), Axis = Color.FromHex("#8B949E");

    public static Color ColorOf(int index) => Palette[index % Palette.Count];

    public static Plot NewPlot(string title, string xLabel, string yLabel, float fontSize = FontSize)
    {
        Plot plot = new();
        // A figure's panels share one canvas.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.Font.Set(Font);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Axes.FrameColor(Axis);
        plot.Grid.MajorLineColor = Grid;
        plot.Title(title, fontSize + 3);
        plot.XLabel(xLabel, fontSize);
        plot.YLabel(yLabel, fontSize);
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = fontSize - 2;
            axis.TickLabelStyle.FontName = Font;
        }
        plot.Legend.FontName = Font;
        plot.Legend.FontSize = fontSize - 1;
        // Wide enough for two dashes.
        plot.Legend.SymbolWidth = 34;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.OutlineColor = Grid;
        return plot;
    }

    /// <summary>Thin lines through the origin, so that the eye finds it, where it lies in what is drawn.</summary>
    public static void AddOrigin(Plot plot)
    {
        foreach (AxisLine line in (AxisLine[])[plot.Add.HorizontalLine(0, ThinWidth, Axis), plot.Add.VerticalLine(0, ThinWidth, Axis)])
            line.EnableAutoscale = false;
    }

    /// <summary>The range across as it was asked for, with what is drawn there from bottom to top.</summary>
    public static void Frame(Plot plot, double from, double to)
    {
        // Margins look for limits of their own, and so come first.
        plot.Axes.Margins(0, 0.06);
        plot.Axes.SetLimitsX(from, to);
        Number(plot.Axes.Bottom);
        Number(plot.Axes.Left);
    }

    /// <summary>Few numbers along an axis, and no marks between them.</summary>
    public static void Number(IAxis axis)
    {
        axis.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value => Markup.Numbers.Write(value + 0.0, TickDigits),
            TickDensity = Density,
        };
        axis.MinorTickStyle.Length = 0;
    }
}
