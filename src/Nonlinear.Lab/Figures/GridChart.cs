using Nonlinear.Lab.Markup;
using ScottPlot;
using Label = Nonlinear.Lab.Markup.Label;

namespace Nonlinear.Lab.Figures;

/// <summary>A panel of cells: a row for each thing, a column for each condition, a colour and a number for what was measured.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Across">What the columns are.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Values">A row of values for each row; NaN where there is none.</param>
internal sealed record GridPanel(Label Title, Text Across, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Values);

/// <summary>Figures of coloured cells.</summary>
internal static class GridChart
{
    private const int LabelWidth = 150, CellWidth = 64, CellHeight = 28, Frame = 96, MostPanels = 3;

    /// <summary>Draws panels whose rows have the same names.</summary>
    /// <param name="language">The language of its words.</param>
    /// <param name="title">What is drawn.</param>
    /// <param name="rows">The names of the rows, from above.</param>
    /// <param name="colour">From -1 to 1, how far from the middle of the colours a value is: blue above, orange below.</param>
    /// <param name="text">How a value is written.</param>
    /// <param name="panels">The panels.</param>
    public static Figure Of(
        Language language,
        Text title,
        IReadOnlyList<Label> rows,
        Func<double, double> colour,
        Func<double, string> text,
        params IReadOnlyList<GridPanel> panels)
    {
        int cells = panels.Max(panel => panel.Columns.Count),
            beside = Math.Min(MostPanels, panels.Count),
            below = (panels.Count + beside - 1) / beside;
        string[] names = [.. rows.Select(row => language[row])];
        return new Figure(
            language[title],
            [.. panels.Select(panel => Panel(language, panel, names, colour, text))],
            beside,
            beside * (LabelWidth + (cells * CellWidth)),
            below * (Frame + (rows.Count * CellHeight)))
        {
            NarrowWidth = LabelWidth + (cells * CellWidth),
        }.Dressed(FigureSettings.In(language));
    }

    private static Plot Panel(
        Language language, GridPanel panel, string[] rows, Func<double, double> colour, Func<double, string> text)
    {
        Plot plot = FigureStyle.NewPlot(language[panel.Title], language[panel.Across], "", 13);
        for (int row = 0; row < rows.Length; row++)
        {
            double y = rows.Length - 1 - row;
            for (int column = 0; column < panel.Columns.Count; column++)
            {
                double value = panel.Values[row][column], shade = double.IsNaN(value) ? 0 : Math.Clamp(colour(value), -1, 1);
                Drawing.AddCell(plot, column, y, shade, text(value));
            }
        }
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, panel.Columns.Count).Select(i => (double)i)], [.. panel.Columns]);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, rows.Length).Select(i => (double)(rows.Length - 1 - i))], rows);
        plot.Axes.SetLimits(-0.5, panel.Columns.Count - 0.5, -0.5, rows.Length - 0.5);
        plot.HideGrid();
        return plot;
    }
}
