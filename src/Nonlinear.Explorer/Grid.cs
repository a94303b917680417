namespace Nonlinear.Explorer;

/// <summary>
/// The points at which curves are computed: floats, evenly spaced, and at every kink of the catalogue three more: the kink itself, a place
/// for a gap, and the next float, so that a jump is drawn as one.
/// </summary>
internal sealed class Grid
{
    private static readonly float[] Kinks =
        [.. Catalog.All.SelectMany(info => info.Kinks).Distinct().Order().Select(kink => (float)kink)];

    private static Grid _last = new(-6, 6, 2);

    private readonly double _from, _to;
    private readonly int _count;

    // Where a gap may be: the place after a kink.
    private readonly List<int> _gaps = [];

    private Grid(double from, double to, int count)
    {
        (_from, _to, _count) = (from, to, count);
        List<double> x = [];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            float point = (float)(from + ((to - from) * i / (count - 1)));
            while (next < Kinks.Length && Kinks[next] <= point)
            {
                float kink = Kinks[next++], after = MathF.BitIncrement(kink);
                if (kink < from || after >= to)
                    continue;
                if (x.Count > 0 && x[^1] >= kink)
                    x.RemoveAt(x.Count - 1);
                _gaps.Add(x.Count + 1);
                x.AddRange([kink, kink + (((double)after - kink) / 2), after]);
            }
            if (x.Count == 0 || point > x[^1])
                x.Add(point);
        }
        Points = [.. x];
        Floats = [.. x.Select(point => (float)point)];
        foreach (int gap in _gaps)
            Floats[gap] = Floats[gap - 1];
    }

    /// <summary>The points as the page draws them.</summary>
    public double[] Points { get; }

    /// <summary>The points at which kernels are evaluated; at a gap, the kink before it.</summary>
    public float[] Floats { get; }

    /// <summary>The grid over a stretch; the last one is kept, because many curves share it.</summary>
    public static Grid Over(double from, double to, int count)
    {
        if (_last._from != from || _last._to != to || _last._count != count)
            _last = new(from, to, count);
        return _last;
    }

    /// <summary>The results as the page draws them: at a kink where they jump, NaN makes the gap.</summary>
    public double[] WithGaps(ReadOnlySpan<float> y)
    {
        double[] values = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
            values[i] = y[i];
        foreach (int gap in _gaps)
        {
            double left = values[gap - 1], right = values[gap + 1];
            // Between neighbouring floats a continuous function hardly moves.
            if (Math.Abs(right - left) > 1e-6 * Math.Max(1, Math.Abs(left)))
                values[gap] = double.NaN;
        }
        return values;
    }

    /// <summary>Where a curve jumps: the point, and the values on its two sides, three numbers each.</summary>
    public double[] Jumps(ReadOnlySpan<double> values)
    {
        List<double> jumps = [];
        foreach (int gap in _gaps)
        {
            if (double.IsNaN(values[gap]) && !double.IsNaN(values[gap - 1]))
                jumps.AddRange([Points[gap - 1], values[gap - 1], values[gap + 1]]);
        }
        return [.. jumps];
    }
}
