using ScottPlot;

namespace Nonlinear.Lab.Figures;

/// <summary>Two functions, their slopes, and how they differ, side by side.</summary>
internal static class DifferenceFigure
{
    private const int PanelWidth = 400, Height = 360, LegendRow = 24, LongName = 24;

    public static Figure Of(ElementwiseActivation first, ElementwiseActivation second, FigureSettings settings)
    {
        (double from, double to) = settings.Range
            ?? (Math.Min(first.Info.FigureRange.From, second.Info.FigureRange.From),
                Math.Max(first.Info.FigureRange.To, second.Info.FigureRange.To));
        Plot functions = Pair("f(x)", derivative: false), slopes = Pair("f′(x)", derivative: true);
        Plot difference = FigureStyle.NewPlot(settings.Say("The difference", "差"), "x", "", 13);
        FigureStyle.AddOrigin(difference);
        double[] kinks = [.. first.Kinks.Concat(second.Kinks).Distinct()];
        AddDifference(x => first.Forward(x) - second.Forward(x), FigureStyle.ColorOf(2), LinePattern.Solid);
        AddDifference(x => first.Derivative(x) - second.Derivative(x), FigureStyle.ColorOf(3), LinePattern.Dotted);
        Plot[] panels = [functions, slopes, difference];
        foreach (Plot panel in panels)
            FigureStyle.Frame(panel, from, to);
        // Long names need room.
        int columns = Math.Max(first.ToString().Length, second.ToString().Length) > LongName ? 2 : 4;
        string title = settings.Say(
            $"{first} and {second}: the functions, their slopes, and the difference", $"{first} 与 {second}：函数、斜率与差");
        return new(title, panels, panels.Length, PanelWidth * panels.Length, Height)
        {
            Legend = new(
                (4 / columns * LegendRow) + 12,
                columns,
                [
                    (first.ToString(), FigureStyle.ColorOf(0), LinePattern.Solid),
                    (second.ToString(), FigureStyle.ColorOf(1), LinePattern.Dashed),
                    (settings.Say("difference of values", "值的差"), FigureStyle.ColorOf(2), LinePattern.Solid),
                    (settings.Say("difference of slopes", "斜率的差"), FigureStyle.ColorOf(3), LinePattern.Dotted),
                ]),
        };

        Plot Pair(string title, bool derivative)
        {
            Plot plot = FigureStyle.NewPlot(title, "x", "", 13);
            FigureStyle.AddOrigin(plot);
            Drawing.AddCurve(plot, new(first, derivative, from, to), "", FigureStyle.ColorOf(0), LinePattern.Solid);
            Drawing.AddCurve(plot, new(second, derivative, from, to), "", FigureStyle.ColorOf(1), LinePattern.Dashed);
            return plot;
        }

        void AddDifference(Func<double, double> of, Color color, LinePattern pattern) =>
            Drawing.AddCurve(difference, new(of, kinks, from, to), "", color, pattern);
    }
}
