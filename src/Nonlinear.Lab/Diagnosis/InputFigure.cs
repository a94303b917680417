using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>
/// What an activation received, drawn under its function and under its slope: where on the curve the network works is seen at a glance.
/// </summary>
internal static class InputFigure
{
    private const double Width = 380, Height = 210, Right = 10, Top = 16, Bottom = 24, Letter = 7, Margin = 12;

    // Of the inputs a part in a thousand on either side may lie outside, so that single ones do not squeeze all others together.
    private const double Outside = 0.001, Room = 0.04;
    private const int Columns = 72, Points = 289, AcrossTicks = 5, UpTicks = 4;

    // A column that is so much higher than all others is cut, or they would not be seen; its share is written on it.
    private const double Cut = 3, CutAt = 1.6;

    /// <summary>Draws it; null if nothing is known of the inputs.</summary>
    public static XElement? Of(ActivationDiagnosis activation, Language language)
    {
        if (activation.InputHistogram is not { Count: > 0 } histogram)
            return null;
        (double from, double to) = Stretch(histogram);
        double[] shares = Shares(histogram, from, to);
        double outside = Math.Max(0, 1 - shares.Sum());
        string beyond = Cells.Share(outside);
        string note = language[outside < Outside / 2
            ? new Text("Grey: what it received.", "灰色：它收到的输入。")
            : new Text($"Grey: what it received; {beyond} lie beyond the ends.", $"灰色：它收到的输入；另有 {beyond} 在两端之外。")];
        if (activation.Source?.Typical is not { } function)
            return Figure(
                note,
                Panel(
                    language[new Text("inputs", "输入")],
                    language[new Text($"What {activation.Name} received.", $"{activation.Name} 收到的输入。")],
                    shares, from, to, [], 0));
        float[] x = [.. Enumerable.Range(0, Points).Select(i => (float)(from + ((to - from) * i / (Points - 1))))], y = new float[Points],
            slopes = new float[Points];
        function.Values(x, y);
        function.Slopes(x, [Points, 1], slopes);
        return Figure(
            note,
            Panel(
                "f",
                language[new Text(
                    $"The function of {activation.Name} and what it received.", $"{activation.Name} 的函数及其收到的输入。")],
                shares, from, to, Zip(x, y), 0),
            Panel(
                "f′",
                language[new Text($"The slope of {activation.Name} and what it received.", $"{activation.Name} 的斜率及其收到的输入。")],
                shares, from, to, Zip(x, slopes), 1));
    }

    /// <summary>How much of a distribution lies in each of so many equal columns of a stretch.</summary>
    internal static double[] Shares(StreamedHistogram histogram, double from, double to, int columns = Columns)
    {
        double[] shares = new double[columns];
        double width = (to - from) / columns;
        foreach ((double left, double right, long count) in histogram.Bins)
        {
            if (right < from || left > to)
                continue;
            double share = (double)count / histogram.Count;
            int first = Math.Clamp((int)((left - from) / width), 0, columns - 1),
                last = Math.Clamp((int)((right - from) / width), 0, columns - 1);
            for (int column = first; column <= last; column++)
            {
                double start = from + (column * width);
                // What all lies at one place goes into the column of that place.
                shares[column] += right > left
                    ? share * Math.Max(0, Math.Min(right, start + width) - Math.Max(left, start)) / (right - left)
                    : share;
            }
        }
        return shares;
    }

    private static XElement Figure(string note, params XElement[] panels) => Html.Classed(
        "figure",
        "inputs",
        Html.Classed("div", "panels", panels),
        Html.Element("figcaption", note));

    // Nearly all of the inputs, and 0 if it is not far: there most functions bend.
    private static (double From, double To) Stretch(StreamedHistogram histogram)
    {
        double from = histogram.Quantile(Outside), to = histogram.Quantile(1 - Outside);
        double range = to > from ? to - from : Math.Max(Math.Abs(to), 1);
        (from, to) = (from > 0 && from < range ? 0 : from, to < 0 && to > -range ? 0 : to);
        double room = Math.Max((to - from) * Room, to > from ? 0 : range);
        return (from - room, to + room);
    }

    private static XElement Panel(
        string name,
        string description,
        double[] shares,
        double from,
        double to,
        (double X, double Y)[] curve,
        int style)
    {
        double[] heights = [0, .. curve.Select(point => point.Y).Where(double.IsFinite)];
        Scale rise = Scale.Over(heights, Height - Bottom, Top, padded: true);
        (double At, string Text)[] ticks = curve.Length == 0 ? [] : [.. rise.Ticks(UpTicks).Select(y => (y, Numbers.Write(y)))];
        double left = Margin + (Letter * ticks.Select(tick => tick.Text.Length).DefaultIfEmpty(0).Max());
        Scale across = new(from, to, left, Width - Right);
        return Svg.Drawing(
            Width,
            Height,
            description,
            ColumnsOf(shares, across),
            across.Ticks(AcrossTicks).Select(x => Svg.Line("grid", across.At(x), Top, across.At(x), Height - Bottom)),
            ticks.Select(tick => Svg.Line("grid", left, rise.At(tick.At), Width - Right, rise.At(tick.At))),
            across.Holds(0) ? Svg.Line("zero", across.At(0), Top, across.At(0), Height - Bottom) : null,
            curve.Length == 0 ? null : Svg.Line("zero", left, rise.At(0), Width - Right, rise.At(0)),
            across.Ticks(AcrossTicks).Select(x => Svg.Label("middle", across.At(x), Height - 7, Numbers.Write(x))),
            ticks.Select(tick => Svg.Label("end", left - 5, rise.At(tick.At) + 4, tick.Text)),
            curve.Length == 0
                ? null
                : Svg.Path(
                    FormattableString.Invariant($"curve curve-{style}"),
                    Simplified([.. curve.Select(point => (across.At(point.X), rise.At(point.Y)))])),
            Svg.Label("start", left, Top - 5, name));
    }

    private static IEnumerable<XElement> ColumnsOf(double[] shares, Scale across)
    {
        double[] sorted = [.. shares.OrderDescending()];
        double second = sorted.Skip(1).FirstOrDefault(), highest = second > 0 && sorted[0] > Cut * second ? CutAt * second : sorted[0];
        if (highest <= 0)
            yield break;
        double width = (across.End - across.Start) / shares.Length, bottom = Height - Bottom;
        StringBuilder path = new();
        path.Append(CultureInfo.InvariantCulture, $"M{across.Start:0.#} {bottom:0.#}");
        for (int i = 0; i < shares.Length; i++)
        {
            double top = bottom - (Math.Min(shares[i], highest) / highest * (bottom - Top));
            path.Append(CultureInfo.InvariantCulture, $"V{top:0.#}H{across.Start + ((i + 1) * width):0.#}");
        }
        path.Append(CultureInfo.InvariantCulture, $"V{bottom:0.#}Z");
        yield return Svg.Path("columns", path.ToString());
        for (int i = 0; i < shares.Length && highest < sorted[0]; i++)
        {
            bool atEnd = i > shares.Length * 3 / 4;
            if (shares[i] > highest)
                yield return Svg.Label(
                    atEnd ? "end" : "start", across.Start + ((i + (atEnd ? -0.3 : 1.3)) * width), Top + 12, $"↑ {Cells.Share(shares[i])}");
        }
    }

    // Leaves out points that lie on the line through their neighbours, to a tenth of a pixel: a straight piece needs its ends only.
    private static List<(double X, double Y)> Simplified((double X, double Y)[] points)
    {
        const double Tolerance = 0.1;
        List<(double X, double Y)> kept = [];
        int start = 0;
        for (int i = 1; i < points.Length; i++)
        {
            if (i == 1)
                kept.Add(points[0]);
            if (i + 1 < points.Length && OnLine(points, start, i + 1, Tolerance))
                continue;
            kept.Add(points[i]);
            start = i;
        }
        return kept;
    }

    private static bool OnLine((double X, double Y)[] points, int start, int end, double tolerance)
    {
        double slope = (points[end].Y - points[start].Y) / (points[end].X - points[start].X);
        for (int i = start + 1; i < end; i++)
        {
            // Where a place is not finite nothing is on a line.
            if (!(Math.Abs(points[start].Y + (slope * (points[i].X - points[start].X)) - points[i].Y) <= tolerance))
                return false;
        }
        return true;
    }

    private static (double X, double Y)[] Zip(float[] x, float[] y) => [.. x.Zip(y, (across, up) => ((double)across, (double)up))];
}
