using ScottPlot;
using ScottPlot.Plottables;

namespace Nonlinear.Lab.Figures;

/// <summary>Draws the parts that figures share.</summary>
internal static class Drawing
{
    /// <summary>A curve, its jumps marked by a full dot on the value taken and an open one on the value only approached.</summary>
    /// <exception cref="ArgumentException">It is too large to be drawn.</exception>
    public static void AddCurve(Plot plot, Curve curve, string legend, Color color, LinePattern pattern)
    {
        bool first = true;
        foreach (Segment segment in curve.Segments)
        {
            Curve.MustBeDrawable(segment.X.Concat(segment.Y));
            Scatter line = plot.Add.ScatterLine(segment.X, segment.Y, color);
            line.LineWidth = FigureStyle.CurveWidth;
            line.LinePattern = pattern;
            line.LegendText = first ? legend : "";
            first = false;
        }
        for (int i = 0; i + 1 < curve.Segments.Count; i++)
        {
            Segment left = curve.Segments[i], right = curve.Segments[i + 1];
            ((double X, double Y) reached, (double X, double Y) approached) = ((left.X[^1], left.Y[^1]), (right.X[0], right.Y[0]));
            if (right.OwnsJump)
                (reached, approached) = (approached, reached);
            // The open dot comes first: its outline resets the dashes of the line before, which SVG does not allow a filled shape to have.
            Marker open = plot.Add.Marker(approached.X, approached.Y, MarkerShape.OpenCircle, FigureStyle.MarkerSize, color);
            open.MarkerLineWidth = 1.5f;
            plot.Add.Marker(reached.X, reached.Y, MarkerShape.FilledCircle, FigureStyle.MarkerSize, color);
        }
    }

    /// <summary>What is seen of a curve beside others that lie upon it: below all curves, wider for each.</summary>
    public static void AddCoverings(Plot plot, NamedCurve curve)
    {
        const float Wider = 1.3f;
        foreach (Covering covering in curve.Covered)
        {
            foreach ((double[] x, double[] y) in curve.Curve.Between(covering.From, covering.To))
            {
                Scatter line = plot.Add.ScatterLine(x, y, curve.Colour);
                line.LineWidth = FigureStyle.CurveWidth + (Wider * covering.Count);
                line.LinePattern = curve.Pattern;
            }
        }
    }

    /// <summary>A matrix as a heat map whose colours are symmetric about 0, each cell with its number.</summary>
    /// <param name="plot">Where to draw.</param>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="size">How many rows and columns it has.</param>
    /// <param name="numbers">How its numbers are written.</param>
    public static void AddHeatMap(Plot plot, double[] matrix, int size, CellNumbers numbers)
    {
        double scale = matrix.Max(Math.Abs);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double value = matrix[(i * size) + j];
                AddCell(plot, j, size - 1 - i, value / scale, numbers.Write(value), numbers.FontSize);
            }
        }
    }

    /// <summary>A cell of a heat map with its number.</summary>
    /// <param name="plot">Where to draw.</param>
    /// <param name="x">The middle of the cell.</param>
    /// <param name="y">The middle of the cell.</param>
    /// <param name="shade">Its colour: orange for -1, white for 0, blue for 1.</param>
    /// <param name="text">Its number.</param>
    /// <param name="fontSize">How large that is.</param>
    public static void AddCell(Plot plot, double x, double y, double shade, string text, float fontSize = CellNumbers.Usual)
    {
        // A rectangle for each cell: an image would be blurred where an SVG is enlarged.
        Rectangle cell = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
        cell.FillColor = Diverging(shade);
        cell.LineWidth = 0;
        ScottPlot.Plottables.Text number = plot.Add.Text(text, x, y);
        number.LabelAlignment = Alignment.MiddleCenter;
        number.LabelFontSize = fontSize;
        number.LabelFontColor = Math.Abs(shade) > 0.6 ? Colors.White : FigureStyle.Ink;
    }

    /// <summary>A square without a number, in a finer heat map.</summary>
    /// <param name="plot">Where to draw.</param>
    /// <param name="x">The middle of the square.</param>
    /// <param name="y">The middle of the square.</param>
    /// <param name="half">Half its side.</param>
    /// <param name="shade">Its colour, as for a cell.</param>
    public static void AddCell(Plot plot, double x, double y, double half, double shade)
    {
        Rectangle cell = plot.Add.Rectangle(x - half, x + half, y - half, y + half);
        cell.FillColor = Diverging(shade);
        cell.LineWidth = 0;
    }

    // Orange for -1, white for 0, blue for 1.
    private static Color Diverging(double value) =>
        Colors.White.InterpolateRgb(FigureStyle.Palette[value < 0 ? 1 : 0], Math.Abs(value));
}
