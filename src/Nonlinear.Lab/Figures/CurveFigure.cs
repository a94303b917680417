using ScottPlot;
using SkiaSharp;

namespace Nonlinear.Lab.Figures;

/// <summary>A curve with its name and how it is drawn.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Curve">The curve.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Pattern">Its dashes.</param>
internal sealed record NamedCurve(string Label, Curve Curve, Color Colour, LinePattern Pattern)
{
    /// <summary>Where others lie upon it.</summary>
    public IReadOnlyList<Covering> Covered { get; init; } = [];
}

/// <summary>One plot of curves over x, laid out so that nothing lies upon something else.</summary>
internal static class CurveFigure
{
    private const double Margin = 0.06;

    private const int Samples = 201, NarrowHeight = 340;

    // What title, numbers and axis titles take of the figure.
    private const double Beside = 80, AboveAndBelow = 100;

    public static Figure Of(
        string name,
        string title,
        string up,
        IReadOnlyList<NamedCurve> curves,
        (double From, double To) range,
        (int Width, int Height) size,
        FigureSettings settings)
    {
        Plot plot = FigureStyle.NewPlot(title, settings.Across ?? "x", settings.Up ?? up);
        FigureStyle.AddOrigin(plot);
        foreach (NamedCurve curve in curves)
            Drawing.AddCoverings(plot, curve);
        foreach (NamedCurve curve in curves)
            Drawing.AddCurve(plot, curve.Curve, curve.Label, curve.Colour, curve.Pattern);
        FigureStyle.Frame(plot, range.From, range.To);
        (double from, double to) = settings.Rise ?? Heights(curves);
        plot.Axes.SetLimitsY(from, to);

        Figure figure = new Figure(name, [plot], 1, size.Width, size.Height).Dressed(settings);
        // Curves with names have a legend unless it is hidden.
        plot.HideLegend();
        (figure.NarrowPanelHeight, figure.NarrowLegend) = (NarrowHeight, Below(curves, figure));
        LegendPlace place = settings.Legend ?? Freest(curves, range, (from, to), figure);
        switch (place)
        {
            case LegendPlace.Below:
                figure.Legend = Below(curves, figure);
                break;
            case LegendPlace.Curves:
                figure.Labels = new([.. curves.Select(curve => (curve.Label, curve.Colour, EndOf(curve.Curve)))]);
                plot.Axes.Right.MinimumSize = figure.Labels.Width(figure.Look);
                break;
            case LegendPlace.None:
                break;
            default:
                plot.ShowLegend(Enum.Parse<Alignment>($"{place}"));
                break;
        }
        return figure;
    }

    private static double EndOf(Curve curve) => curve.Segments is [.., Segment last] ? last.Y[^1] : 0;

    /// <summary>From below the lowest of the curves to above the highest.</summary>
    public static (double From, double To) Heights(IReadOnlyList<NamedCurve> curves)
    {
        double[] all = [.. curves.SelectMany(curve => curve.Curve.Segments).SelectMany(segment => segment.Y)];
        Curve.MustBeDrawable(all);
        if (all.Length == 0)
            return (-1, 1);
        (double least, double most) = (all.Min(), all.Max());
        double margin = most > least ? (most - least) * Margin : Math.Max(0.5, Math.Abs(most) * 0.1);
        return (least - margin, most + margin);
    }

    // The corner whose legend would cover the least, or below where it would cover a curve everywhere.
    private static LegendPlace Freest(
        IReadOnlyList<NamedCurve> curves, (double From, double To) range, (double From, double To) heights, Figure figure)
    {
        const double Patch = 46, Padding = 24, Row = 21;
        double across = (LabelWidth(curves, figure.Look) + Patch + Padding) / (figure.LayoutWidth - Beside),
            up = ((Row * curves.Count) + Padding) / (figure.LayoutHeight - AboveAndBelow);
        int[] covered = new int[4];
        foreach (NamedCurve curve in curves)
        {
            double[] y = curve.Curve.Sampled(range.From, range.To, Samples);
            for (int i = 0; i < Samples; i++)
            {
                double x = (double)i / (Samples - 1), height = (y[i] - heights.From) / (heights.To - heights.From);
                if (height is not (>= 0 and <= 1))
                    continue;
                for (int corner = 0; corner < covered.Length; corner++)
                {
                    bool isRight = corner % 2 == 1, isLow = corner / 2 == 1;
                    if ((isRight ? 1 - x : x) < across && (isLow ? height : 1 - height) < up)
                        covered[corner]++;
                }
            }
        }
        int best = Array.IndexOf(covered, covered.Min());
        return covered[best] == 0 && up < 1 ? (LegendPlace)best : LegendPlace.Below;
    }

    private static FigureLegend Below(IReadOnlyList<NamedCurve> curves, Figure figure) => FigureLegend.Of(
        [.. curves.Select(curve => (curve.Label, curve.Colour, curve.Pattern))], figure.LayoutWidth, figure.Look);

    private static double LabelWidth(IReadOnlyList<NamedCurve> curves, FigureLook look)
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(look.Font);
        using SKFont font = new(typeface, FigureStyle.FontSize - 1);
        return curves.Max(curve => font.MeasureText(curve.Label));
    }
}
