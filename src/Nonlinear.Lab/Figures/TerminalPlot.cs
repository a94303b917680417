using System.Globalization;

namespace Nonlinear.Lab.Figures;

/// <summary>A character of a plot in a terminal.</summary>
/// <param name="Glyph">The character.</param>
/// <param name="Curve">The number of the curve that it is a part of; -1 for axes and labels.</param>
public readonly record struct TerminalCell(char Glyph, int Curve);

/// <summary>
/// Curves drawn with Braille characters, each of which is a grid of 2 × 4 dots: eight times as fine as letters, and still text.
/// </summary>
public sealed class TerminalPlot
{
    private const int LabelWidth = 10, DotsAcross = 2, DotsDown = 4, Dash = 5;
    private const char Blank = '\u2800';

    // Which bit is which dot, row by row, as Unicode numbers them.
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int _columns, _rows;
    private readonly int[,] _dots, _curve;
    private readonly double _from, _to, _least, _most;

    private TerminalPlot(IReadOnlyList<IReadOnlyList<(double X, double Y)>> curves, int width, int height)
    {
        (_columns, _rows) = (Math.Max(10, width - LabelWidth), Math.Max(5, height - 1));
        _dots = new int[_rows, _columns];
        _curve = new int[_rows, _columns];
        (double X, double Y)[] finite = [.. curves.SelectMany(curve => curve).Where(point => double.IsFinite(point.Y))];
        Curve.MustBeDrawable(finite.SelectMany(point => (double[])[point.X, point.Y]));
        (_from, _to) = finite.Length > 0 ? (finite.Min(point => point.X), finite.Max(point => point.X)) : (0, 1);
        (_least, _most) = finite.Length > 0 ? (finite.Min(point => point.Y), finite.Max(point => point.Y)) : (0, 1);
        if (_most - _least < 1e-9)
            (_least, _most) = (_least - 1, _most + 1);
        // Later curves lie below earlier ones.
        for (int i = curves.Count - 1; i >= 0; i--)
            Draw(curves[i], i);
    }

    /// <summary>A function and its derivative; of a function of several inputs, the first output by the first input.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="width">Characters across.</param>
    /// <param name="height">Lines.</param>
    public static TerminalPlot Of(Activation activation, int width, int height)
    {
        (IReadOnlyList<(double X, double Y)> function, IReadOnlyList<(double X, double Y)> derivative) = new Slice(activation).Curves();
        return new([function, derivative], width, height);
    }

    /// <summary>Several functions, or their derivatives.</summary>
    /// <param name="activations">The functions.</param>
    /// <param name="derivative">Whether to draw the derivatives.</param>
    /// <param name="range">The stretch of the x axis; by default one that suits all of them.</param>
    /// <param name="width">Characters across.</param>
    /// <param name="height">Lines.</param>
    public static TerminalPlot Compare(
        IReadOnlyList<Activation> activations,
        bool derivative,
        (double From, double To)? range,
        int width,
        int height)
    {
        (double, double) common = range ?? (activations.Min(a => a.Info.FigureRange.From), activations.Max(a => a.Info.FigureRange.To));
        return new(
            [.. activations.Select(activation => new Slice(activation).Curves(common))
                .Select(curves => derivative ? curves.Derivative : curves.Function)],
            width,
            height);
    }

    /// <summary>The lines of the plot, with labels on the left and below.</summary>
    public IEnumerable<IReadOnlyList<TerminalCell>> Lines()
    {
        int zeroRow = _least < 0 && _most > 0 ? (int)(Down(0) / DotsDown) : -1,
            zeroColumn = _from < 0 && _to > 0 ? (int)(Across(0) / DotsAcross) : -1;
        for (int row = 0; row < _rows; row++)
        {
            string label = row == zeroRow ? "0" : row == 0 ? Number(_most) : row == _rows - 1 ? Number(_least) : "";
            yield return
            [
                .. Text(label.PadLeft(LabelWidth - 2)), new(' ', -1), new('│', -1),
                .. Enumerable.Range(0, _columns).Select(column => Cell(row, column, zeroRow, zeroColumn)),
            ];
        }
        string from = Number(_from),
            to = Number(_to),
            middle = zeroColumn > from.Length + 1 && zeroColumn < _columns - to.Length - 2 ? "0" : "";
        string line = new string(' ', LabelWidth) + from + middle.PadLeft(Math.Max(0, zeroColumn + 1 - from.Length));
        yield return [.. Text(line + to.PadLeft(Math.Max(to.Length + 1, LabelWidth + _columns - line.Length)))];
    }

    private static IEnumerable<TerminalCell> Text(string text) => text.Select(glyph => new TerminalCell(glyph, -1));

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private TerminalCell Cell(int row, int column, int zeroRow, int zeroColumn) =>
        (_dots[row, column], row == zeroRow, column == zeroColumn) switch
    {
        (not 0, _, _) => new((char)(Blank + _dots[row, column]), _curve[row, column]),
        (_, true, true) => new('┼', -1),
        (_, true, _) => new('─', -1),
        (_, _, true) => new('│', -1),
        _ => new(' ', -1),
    };

    private double Across(double x) => (x - _from) / (_to - _from) * ((_columns * DotsAcross) - 1);

    private double Down(double y) => (_most - y) / (_most - _least) * ((_rows * DotsDown) - 1);

    // The first curve is solid, the others are dashed, so that they differ without colours.
    private void Draw(IReadOnlyList<(double X, double Y)> points, int number)
    {
        int dot = 0;
        for (int i = 0; i + 1 < points.Count; i++)
        {
            if (!double.IsFinite(points[i].Y) || !double.IsFinite(points[i + 1].Y))
                continue;
            double x = Across(points[i].X), y = Down(points[i].Y), dx = Across(points[i + 1].X) - x, dy = Down(points[i + 1].Y) - y;
            int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(dx), Math.Abs(dy))));
            for (int step = 0; step <= steps; step++)
            {
                if (number == 0 || dot / Dash % 2 == 0)
                    Set((int)Math.Round(x + (dx * step / steps)), (int)Math.Round(y + (dy * step / steps)), number);
                dot += step > 0 ? 1 : 0;
            }
        }
    }

    private void Set(int x, int y, int number)
    {
        _dots[y / DotsDown, x / DotsAcross] |= Bits[y % DotsDown, x % DotsAcross];
        _curve[y / DotsDown, x / DotsAcross] = number;
    }
}
