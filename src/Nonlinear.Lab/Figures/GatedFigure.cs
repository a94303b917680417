using ScottPlot;
using ScottPlot.Plottables;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of gated units: slices over the gate for some values, and the surface over both.</summary>
internal static class GatedFigure
{
    private const int Points = 241, Cells = 41;

    private static readonly double[] Values = [-1, 0.5, 1, 2];

    public static Figure Of(GatedActivation activation, FigureSettings settings)
    {
        (double from, double to) = settings.Range ?? activation.Info.FigureRange;
        return new(
            settings.Say(
                $"{activation.Info.Title}: slices over the gate, and the surface over gate and value",
                $"{activation.Info.Title}：沿门的切片，以及门与值上的曲面"),
            [Slices(activation, from, to, settings), Surface(activation, from, to, settings)],
            2,
            1080,
            460);
    }

    private static Plot Slices(GatedActivation activation, double from, double to, FigureSettings settings)
    {
        Plot plot = FigureStyle.NewPlot(
            settings.Say($"{activation.Info.Title} over the gate", $"{activation.Info.Title} 随门的变化"), settings.Say("gate", "门"), "y");
        FigureStyle.AddOrigin(plot);
        double[] gates = Places(from, to, Points);
        for (int k = 0; k < Values.Length; k++)
        {
            double[] y = [.. gates.Select(gate => activation.Forward(gate, Values[k]))];
            Curve.MustBeDrawable(gates.Concat(y));
            Scatter curve = plot.Add.ScatterLine(gates, y, FigureStyle.ColorOf(k));
            curve.LineWidth = FigureStyle.CurveWidth;
            curve.LegendText = FormattableString.Invariant($"{settings.Say("value", "值")} {Values[k]}").Replace('-', '−');
        }
        plot.ShowLegend(Alignment.UpperLeft);
        FigureStyle.Frame(plot, from, to);
        return plot;
    }

    private static Plot Surface(GatedActivation activation, double from, double to, FigureSettings settings)
    {
        Plot plot = FigureStyle.NewPlot("", settings.Say("gate", "门"), settings.Say("value", "值"));
        double[] places = Places(from, to, Cells);
        double half = (to - from) / (Cells - 1) / 2;
        double[,] y = new double[Cells, Cells];
        double scale = 0;
        for (int i = 0; i < Cells; i++)
        {
            for (int j = 0; j < Cells; j++)
                scale = Math.Max(scale, Math.Abs(y[i, j] = activation.Forward(places[j], places[i])));
        }
        Curve.MustBeDrawable([scale]);
        for (int i = 0; i < Cells; i++)
        {
            for (int j = 0; j < Cells; j++)
                Drawing.AddCell(plot, places[j], places[i], half, y[i, j] / scale);
        }
        plot.Axes.Margins(0, 0);
        FigureStyle.Frame(plot, from - half, to + half);
        plot.Axes.SetLimitsY(from - half, to + half);
        plot.HideGrid();
        string most = scale.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
        plot.Title(
            settings.Say($"From −{most} (orange) through 0 (white) to {most} (blue)", $"从 −{most}（橙）经 0（白）到 {most}（蓝）"), 14);
        return plot;
    }

    private static double[] Places(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))];
}
