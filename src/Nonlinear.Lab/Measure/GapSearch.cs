using System.Numerics;

namespace Nonlinear.Lab.Measure;

/// <summary>Searches two functions for their largest difference, and for stretches on which they differ by so much.</summary>
internal sealed class GapSearch
{
    // What counts as the same size: a maximum is known to about half the digits of a double.
    private const double Alike = 1e-9;

    // Between results that would be equal but for rounding.
    private const double Noise = 1e-13;

    // What is nearer to 0 is one of its sides.
    private const double Beside = 1e-30;

    private const int Candidates = 24, MostPlaces = 4, GoldenSteps = 80;

    private readonly Func<double, double> _gap;
    private readonly double[] _x, _size;

    /// <summary>A search.</summary>
    /// <param name="x">The grid.</param>
    /// <param name="gap">The difference: 0 or more, ∞, or NaN where there is nothing to compare.</param>
    /// <param name="resolution">What size of it cannot be told from rounding; 0 unless given.</param>
    public GapSearch(double[] x, Func<double, double> gap, Func<double, double>? resolution = null)
    {
        (_x, _gap) = (x, gap);
        _size = [.. x.Select(at => OrNone(gap(at)))];
        if (resolution is null)
            return;
        // Far out a difference drowns in rounding, as a half does beyond 10¹⁵: what rounding cannot tell from its neighbour goes on.
        int right = Array.FindIndex(x, at => at > GapGrid.Reach), left = Array.FindLastIndex(x, at => at < -GapGrid.Reach);
        for (int i = right; i < x.Length; i++)
            GoOn(i, i - 1);
        for (int i = left; i >= 0; i--)
            GoOn(i, i + 1);

        void GoOn(int i, int inner)
        {
            if (double.IsFinite(_size[i]) && double.IsFinite(resolution(x[i])) && Math.Abs(_size[i] - _size[inner]) <= resolution(x[i]))
                _size[i] = _size[inner];
        }
    }

    /// <summary>The largest difference.</summary>
    public LargestGap Find()
    {
        if (Growth() is { } growth)
            return new(double.PositiveInfinity, [new(growth.Towards, growth.Towards)], growth) { PlaceCount = 1 };
        (double X, double Size)[] refined =
        [
            .. Enumerable.Range(0, _x.Length).Where(IsPeak).OrderByDescending(i => _size[i]).Take(Candidates).Select(Refine),
        ];
        double most = refined.Length == 0 ? 0 : refined.Max(peak => peak.Size);
        if (most == 0)
            return LargestGap.None;
        double least = most * (1 - Alike);
        (int First, int Last)[] runs = [.. Runs(least)];
        List<Stretch> places = [.. runs.Select(run => Run(run, refined))];
        List<double> tips = [];
        foreach ((double x, double _) in refined.Where(peak => peak.Size >= least))
        {
            bool isKnown = runs.Any(run => x >= _x[run.First] - GapGrid.Step && x <= _x[run.Last] + GapGrid.Step)
                || tips.Any(tip => Math.Abs(tip - x) <= GapGrid.Step);
            if (!isKnown)
                tips.Add(x);
        }
        places.AddRange(tips.Select(tip => new Stretch(tip, tip)));
        Stretch[] nearest = [.. places.OrderBy(place => Math.Min(Math.Abs(place.From), Math.Abs(place.To))).Take(MostPlaces)];
        return new(most, [.. nearest.OrderBy(place => place.From)], null) { PlaceCount = places.Count };
    }

    /// <summary>The stretches on which the difference exceeds a tolerance; an end beyond the floats is ±∞.</summary>
    public IReadOnlyList<Stretch> Beyond(double tolerance)
    {
        tolerance *= 1 + Alike;
        List<Stretch> stretches = [];
        foreach ((int first, int last) in Runs(tolerance))
        {
            stretches.Add(new(
                first == 0 ? double.NegativeInfinity : Edge(first - 1, first),
                last == _x.Length - 1 ? double.PositiveInfinity : Edge(last, last + 1)));
        }
        return stretches;

        double Edge(int left, int right) => Roots.Bisect(x => OrNone(_gap(x)) >= tolerance, _x[left], _x[right]) + 0.0;
    }

    // Runs of grid points at which the difference is at least so large.
    private IEnumerable<(int First, int Last)> Runs(double least)
    {
        for (int i = 0; i < _x.Length; i++)
        {
            if (!(_size[i] >= least))
                continue;
            int first = i;
            while (i + 1 < _x.Length && _size[i + 1] >= least)
                i++;
            yield return (first, i);
        }
    }

    // A run that is no longer than a step of the grid is a point: the tip of a peak.
    private Stretch Run((int First, int Last) run, (double X, double Size)[] refined)
    {
        double from = _x[run.First], to = _x[run.Last];
        // What is reached at once is kept from there on; a limit is approached.
        bool isKept = Math.Abs(_size[run.First] - _size[run.Last]) <= Noise * _size[run.Last];
        if (run.First == 0)
            return new(
                double.NegativeInfinity,
                run.Last == _x.Length - 1 ? double.PositiveInfinity : isKept ? Plain(to, run) : double.NegativeInfinity);
        if (run.Last == _x.Length - 1)
            return new(isKept ? Plain(from, run) : double.PositiveInfinity, double.PositiveInfinity);
        if (to - from > GapGrid.Step)
            return new(Plain(from, run), Plain(to, run));
        double tip = Tip(run, refined);
        return new(tip, tip);
    }

    // 0 if it is one of them or beside them, else the highest; of equals that with the shortest fraction, as a kink beside its neighbours.
    private double Tip((int First, int Last) run, (double X, double Size)[] refined)
    {
        double[] points = _x[run.First..(run.Last + 1)];
        int nearest = Array.FindIndex(points, x => Math.Abs(x) <= Beside);
        if (nearest >= 0)
            return points.Contains(0) ? 0 : Math.CopySign(double.Epsilon, points[nearest]);
        double most = Enumerable.Range(run.First, points.Length).Max(i => _size[i]);
        (double X, double Size) best = refined.Where(peak => peak.X >= _x[run.First - 1] && peak.X <= _x[run.Last + 1])
            .OrderByDescending(peak => peak.Size).FirstOrDefault();
        return best.Size > most * (1 + Noise)
            ? best.X
            : Enumerable.Range(run.First, points.Length).Where(i => _size[i] >= most * (1 - Noise))
                .Select(i => _x[i]).MaxBy(x => BitOperations.TrailingZeroCount(BitConverter.DoubleToInt64Bits(x)));
    }

    // An end within a step of 0 is 0 if that is one of them, and its side if it is as near as that.
    private double Plain(double end, (int First, int Last) run) => (_x[run.First] <= 0 && _x[run.Last] >= 0, Math.Abs(end)) switch
    {
        (true, < GapGrid.Step) => 0,
        (_, < Beside) => Math.CopySign(double.Epsilon, end),
        _ => end,
    };

    private bool IsPeak(int i) => _size[i] > 0
        && (i == 0 || _size[i] >= _size[i - 1])
        && (i == _x.Length - 1 || _size[i] >= _size[i + 1]);

    // Golden section between the neighbours.
    private (double X, double Size) Refine(int i)
    {
        // What goes on far out is known from where it was told from rounding.
        if (i == 0 || i == _x.Length - 1 || double.IsInfinity(_size[i])
            || (Math.Abs(_x[i]) > GapGrid.Reach && (_size[i] == _size[i - 1] || _size[i] == _size[i + 1])))
            return (_x[i], _size[i]);
        double ratio = (Math.Sqrt(5) - 1) / 2, left = _x[i - 1], right = _x[i + 1];
        (double X, double Size) best = (_x[i], _size[i]);
        double a = right - (ratio * (right - left)), b = left + (ratio * (right - left));
        (double atA, double atB) = (OrNone(_gap(a)), OrNone(_gap(b)));
        for (int step = 0; step < GoldenSteps && left < a && a < b && b < right; step++)
        {
            if (atA >= atB)
            {
                (right, b, atB) = (b, a, atA);
                a = right - (ratio * (right - left));
                atA = OrNone(_gap(a));
            }
            else
            {
                (left, a, atA) = (a, b, atB);
                b = left + (ratio * (right - left));
                atB = OrNone(_gap(b));
            }
            best = atA > best.Size ? (a, atA) : atB > best.Size ? (b, atB) : best;
        }
        return best;
    }

    private GapGrowth? Growth() => GrowthTowards(double.PositiveInfinity) ?? GrowthTowards(double.NegativeInfinity);

    // From 2⁰ to 2¹²⁷: larger at the end than anywhere before the middle, and still growing. A limit, or waves, are not.
    private GapGrowth? GrowthTowards(double infinity)
    {
        const int Most = 127, Middle = 64, Back = 16;
        double[] tail = [.. Enumerable.Range(0, Most + 1).Select(k => OrNone(_gap(Math.CopySign(Math.ScaleB(1, k), infinity))))];
        double last = tail[^1], before = 0;
        for (int i = 0; i < _x.Length; i++)
        {
            if (Math.Abs(_x[i]) <= Math.ScaleB(1, Middle) && double.IsFinite(_size[i]))
                before = Math.Max(before, _size[i]);
        }
        if (double.IsInfinity(last))
            return new(infinity, null, 0);
        if (last <= 1.2 * before || last <= 1.2 * tail[Middle])
            return null;
        double power = Math.Log2(last / tail[Most - Back]) / Back, rounded = Math.Round(power, 6);
        bool isPower = Math.Abs(power - Math.Log2(tail[Most - Back] / tail[Most - (2 * Back)]) / Back) < 1e-6;
        return isPower ? new(infinity, rounded, last / Math.Pow(2, rounded * Most)) : new(infinity, null, 0);
    }

    private static double OrNone(double gap) => double.IsNaN(gap) ? 0 : gap;
}
