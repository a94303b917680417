namespace Nonlinear.Explorer;

/// <summary>
/// The points at which curves are computed: floats, evenly spaced, and about every kink of what is drawn five more: the float at the kink
/// and its two neighbours, and between them a place each for a gap, so that a jump is drawn as one on whichever side of the kink it is.
/// </summary>
internal sealed class Grid
{
    private static Grid _last = new(-6, 6, 2, []);

    private readonly double _from, _to;
    private readonly int _count;
    private readonly double[] _kinks;

    // Where a gap may be: the places between the float at a kink and its neighbours.
    private readonly List<(int Place, float Kink, double Exactly)> _gaps = [];

    private Grid(double from, double to, int count, double[] kinks)
    {
        (_from, _to, _count, _kinks) = (from, to, count, kinks);
        (float End, double Exactly)[] ends = [.. kinks.Select(kink => (LastUpTo(kink), kink)).DistinctBy(end => end.Item1).Order()];
        List<double> x = [];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            float point = (float)(from + ((to - from) * i / (count - 1)));
            while (next < ends.Length && ends[next].End <= point)
            {
                AddKink(x, ends[next].End, ends[next].Exactly);
                next++;
            }
            if (x.Count == 0 || point > x[^1])
                x.Add(point);
        }
        Points = [.. x];
        Floats = [.. x.Select(place => (float)place)];
        foreach ((int gap, _, _) in _gaps)
            Floats[gap] = Floats[gap - 1];
    }

    /// <summary>The points as the page draws them.</summary>
    public double[] Points { get; }

    /// <summary>The points at which kernels are evaluated; at a gap, the float before it.</summary>
    public float[] Floats { get; }

    /// <summary>The grid over a stretch; the last one is kept, because many curves share it.</summary>
    /// <param name="from">The left end.</param>
    /// <param name="to">The right end.</param>
    /// <param name="count">How many points there are, those about kinks not counted.</param>
    /// <param name="kinks">Where any of the curves may bend or jump.</param>
    public static Grid Over(double from, double to, int count, double[] kinks)
    {
        if (_last._from != from || _last._to != to || _last._count != count || !_last._kinks.AsSpan().SequenceEqual(kinks))
            _last = new(from, to, count, kinks);
        return _last;
    }

    /// <summary>The results as the page draws them: at a kink where they jump, NaN makes the gap.</summary>
    /// <param name="y">The results.</param>
    /// <param name="kinks">The kinks of the function that they are of; those of others are no reason for a gap.</param>
    public double[] WithGaps(ReadOnlySpan<float> y, IEnumerable<double> kinks)
    {
        double[] values = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
            values[i] = y[i];
        HashSet<float> own = [.. kinks.Select(LastUpTo)];
        double[] steps = [.. _gaps.Select(gap => Math.Abs(values[gap.Place + 1] - values[gap.Place - 1]))];
        for (int i = 0; i < steps.Length; i++)
        {
            (int gap, float kink, _) = _gaps[i];
            // Between neighbouring floats a continuous function hardly moves, or as far as between the two beside them.
            if (own.Contains(kink) && steps[i] > 1e-6 * Math.Max(1, Math.Abs(values[gap - 1])) && !(steps[i] < 16 * steps[i ^ 1]))
                values[gap] = double.NaN;
        }
        return values;
    }

    /// <summary>
    /// Where a curve jumps: the point, the values on its two sides, and 1 if the value at the point is that on the left; four numbers each.
    /// </summary>
    /// <param name="values">The curve.</param>
    /// <param name="function">The function, for its value at the very kink, which may be no float.</param>
    public double[] Jumps(ReadOnlySpan<double> values, Func<double, double> function)
    {
        List<double> jumps = [];
        foreach ((int gap, float kink, double exactly) in _gaps)
        {
            if (!double.IsNaN(values[gap]) || double.IsNaN(values[gap - 1]) || double.IsNaN(values[gap + 1]))
                continue;
            double left = values[gap - 1], right = values[gap + 1], at = function(exactly);
            jumps.AddRange([kink, left, right, Math.Abs(at - left) < Math.Abs(at - right) ? 1 : 0]);
        }
        return [.. jumps];
    }

    // The places about a kink come in pairs, one for each side.
    private void AddKink(List<double> x, float kink, double exactly)
    {
        float before = MathF.BitDecrement(kink), after = MathF.BitIncrement(kink);
        if (before < _from || after >= _to || (_gaps.Count > 0 && before <= MathF.BitIncrement(_gaps[^1].Kink)))
            return;
        while (x.Count > 0 && x[^1] >= before)
            x.RemoveAt(x.Count - 1);
        _gaps.AddRange([(x.Count + 1, kink, exactly), (x.Count + 3, kink, exactly)]);
        x.AddRange([before, ((double)before + kink) / 2, kink, ((double)kink + after) / 2, after]);
    }

    // The float at which the function is still as it is up to the kink.
    private static float LastUpTo(double kink) => (float)kink <= kink ? (float)kink : MathF.BitDecrement((float)kink);
}
