using ScottPlot;
using ScottPlot.Plottables;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of functions that give several outputs for each input: all of them over one input.</summary>
internal static class WidenedFigure
{
    private const int Points = 241;

    public static Figure Of(WidenedActivation activation, FigureSettings settings)
    {
        (double from, double to) = settings.Range ?? activation.Info.FigureRange;
        double[] x = [.. Enumerable.Range(0, Points).Select(i => from + ((to - from) * i / (Points - 1)))];
        double[] y = new double[activation.OutputsFor(Points)];
        activation.Forward(x, y);
        Curve.MustBeDrawable(x.Concat(y));

        Plot plot = FigureStyle.NewPlot(settings.Say($"{activation.Info.Title} of one input", $"单个输入的 {activation.Info.Title}"), "x", "y");
        FigureStyle.AddOrigin(plot);
        for (int k = 0; k < y.Length / Points; k++)
        {
            Scatter curve = plot.Add.ScatterLine(x, y[(k * Points)..((k + 1) * Points)], FigureStyle.ColorOf(k));
            curve.LineWidth = FigureStyle.CurveWidth;
            curve.LegendText = settings.Say($"output {k + 1}", $"输出 {k + 1}");
        }
        plot.ShowLegend(Alignment.UpperCenter);
        FigureStyle.Frame(plot, from, to);
        plot.Axes.SetLimitsY(y.Min() - 0.5, y.Max() + 0.5);
        return new(
            settings.Say($"{activation.Info.Title}: its outputs for one input", $"{activation.Info.Title}：单个输入的各输出"), [plot], 1, 640, 440);
    }
}
