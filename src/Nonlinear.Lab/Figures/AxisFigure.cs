using ScottPlot;
using ScottPlot.Plottables;

namespace Nonlinear.Lab.Figures;

/// <summary>Figures of functions along an axis: a vector's outputs, and how each depends on each input.</summary>
internal static class AxisFigure
{
    // Logits like those of a classifier that is fairly sure of one class of five.
    private static readonly double[] Inputs = [2.0, 1.0, 0.0, -1.0, 3.0];

    // What title, numbers and axis titles take of a panel.
    private const double Beside = 76, AboveAndBelow = 110;

    public static Figure Of(AxisActivation activation, FigureSettings settings)
    {
        if (settings.Range is not null)
        {
            throw new ArgumentException(
                $"{activation.Info.Name} is drawn by the outputs of a vector and their Jacobian, which have no stretch of x; leave the "
                + "range out.");
        }
        double[] outputs = new double[Inputs.Length], jacobian = new double[Inputs.Length * Inputs.Length];
        activation.Forward(Inputs, outputs);
        activation.Jacobian(Inputs, jacobian);
        Plot bars = FigureStyle.NewPlot(
            settings.Say($"{activation.Info.Title} of a vector", $"向量的 {activation.Info.Title}"), "", "y");
        Plot heat = FigureStyle.NewPlot(
            settings.Say("Jacobian  ∂yᵢ/∂xⱼ", "Jacobi 矩阵"), settings.Say("input j", "输入 j"), settings.Say("output i", "输出 i"));
        Figure figure = new Figure(
            settings.Say(
                $"{activation.Info.Title}: the outputs of a vector, and its Jacobian",
                $"{activation.Info.Title}：一个向量的输出及其 Jacobi 矩阵"),
            [bars, heat],
            2,
            960,
            420).Sized(settings);
        (double width, double height) = figure.PanelSize;
        AddBars(bars, outputs, (width - Beside) / Inputs.Length, height - AboveAndBelow, settings);
        AddMatrix(heat, jacobian, CellNumbers.In((width - Beside) / Inputs.Length, jacobian));
        return figure;
    }

    private static void AddBars(Plot plot, double[] outputs, double room, double height, FigureSettings settings)
    {
        CellNumbers numbers = CellNumbers.In(room, outputs);
        BarPlot plotted = plot.Add.Bars(outputs);
        foreach (Bar bar in plotted.Bars)
        {
            bar.FillColor = FigureStyle.Palette[0];
            bar.LineWidth = 0;
            bar.Label = numbers.Write(bar.Value);
        }
        plotted.ValueLabelStyle.FontSize = numbers.FontSize;
        string[] values = [.. Inputs.Select(x => FormattableString.Invariant($"{x}").Replace('-', '−'))];
        string[] named = [.. values.Select((x, i) => $"x{Subscript(i)} = {x}")];
        // Where names have no room the axis has one for all.
        bool areNamed = CellNumbers.Fit(room, named);
        if (!areNamed)
            plot.XLabel(settings.Say("input x", "输入 x"));
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, outputs.Length).Select(i => (double)i)], areNamed ? named : values);
        FigureStyle.Number(plot.Axes.Left);
        // The bars stand on 0 or hang from it, with room for their numbers.
        const double NumberHeight = 22;
        double least = Math.Min(0, outputs.Min()), most = Math.Max(0, outputs.Max());
        double beyond = (most - least) * Math.Max(0.12, NumberHeight / Math.Max(NumberHeight, height - NumberHeight));
        plot.Axes.SetLimitsX(-0.7, outputs.Length - 0.3);
        plot.Axes.SetLimitsY(least < 0 ? least - beyond : 0, most > 0 ? most + beyond : 0);
    }

    private static void AddMatrix(Plot plot, double[] jacobian, CellNumbers numbers)
    {
        int size = Inputs.Length;
        Drawing.AddHeatMap(plot, jacobian, size, numbers);
        string[] names = [.. Enumerable.Range(1, size).Select(i => $"{i}")];
        double[] places = [.. Enumerable.Range(0, size).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, names);
        plot.Axes.Left.SetTicks(places, [.. names.Reverse()]);
        plot.Axes.Margins(0, 0);
        plot.HideGrid();
    }

    private static char Subscript(int index) => (char)('₁' + index);
}
