using ScottPlot;
using ScottPlot.Plottables;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of functions along an axis: a vector's outputs, and how each depends on each input.</summary>
internal static class AxisFigure
{
    // Logits like those of a classifier that is fairly sure of one class of five.
    private static readonly double[] Inputs = [2.0, 1.0, 0.0, -1.0, 3.0];

    public static Figure Of(AxisActivation activation, FigureSettings settings)
    {
        if (settings.Range is not null)
        {
            throw new ArgumentException(
                $"{activation.Info.Name} is drawn by the outputs of a vector and their Jacobian, which have no stretch of x; leave the "
                + "range out.");
        }
        int size = Inputs.Length;
        double[] outputs = new double[size], jacobian = new double[size * size];
        activation.Forward(Inputs, outputs);
        activation.Jacobian(Inputs, jacobian);

        string[] labels = [.. Inputs.Select((x, i) => FormattableString.Invariant($"x{Subscript(i)} = {x}").Replace('-', '−'))];
        Plot bars = FigureStyle.NewPlot(
            settings.Say($"{activation.Info.Title} of a vector", $"向量的 {activation.Info.Title}"), "", "y");
        BarPlot plotted = bars.Add.Bars(outputs);
        foreach (Bar bar in plotted.Bars)
        {
            bar.FillColor = FigureStyle.Palette[0];
            bar.LineWidth = 0;
            bar.Label = Drawing.Thousandths(bar.Value);
        }
        plotted.ValueLabelStyle.FontSize = 13;
        bars.Axes.Bottom.SetTicks([.. Enumerable.Range(0, size).Select(i => (double)i)], labels);
        FigureStyle.Number(bars.Axes.Left);
        // The bars stand on 0 or hang from it, with room for their numbers.
        double least = Math.Min(0, outputs.Min()), most = Math.Max(0, outputs.Max()), room = 0.12 * (most - least);
        bars.Axes.SetLimitsX(-0.7, size - 0.3);
        bars.Axes.SetLimitsY(least < 0 ? least - room : 0, most > 0 ? most + room : 0);

        Plot heat = FigureStyle.NewPlot(
            settings.Say("Jacobian  ∂yᵢ/∂xⱼ", "Jacobi 矩阵"), settings.Say("input j", "输入 j"), settings.Say("output i", "输出 i"));
        Drawing.AddHeatMap(heat, jacobian, size);
        string[] numbers = [.. Enumerable.Range(1, size).Select(i => $"{i}")];
        double[] places = [.. Enumerable.Range(0, size).Select(i => (double)i)];
        heat.Axes.Bottom.SetTicks(places, numbers);
        heat.Axes.Left.SetTicks(places, [.. numbers.Reverse()]);
        heat.Axes.Margins(0, 0);
        heat.HideGrid();
        return new(
            settings.Say(
                $"{activation.Info.Title}: the outputs of a vector, and its Jacobian",
                $"{activation.Info.Title}：一个向量的输出及其 Jacobi 矩阵"),
            [bars, heat], 2, 960, 420);
    }

    private static char Subscript(int index) => (char)('₁' + index);
}
