namespace Nonlinear.Lab.Diagnosis;

/// <summary>Watches the units of an activation while data pass through, and says what they did.</summary>
internal sealed class UnitObserver
{
    // A unit is saturated where its slope is below this share of the steepest, and is called so if that is the case nearly always.
    private const double FlatSlope = 0.01, NearlyAlways = 0.99;

    private readonly string _name;
    private readonly ObservedFunction? _function;
    private readonly int _units;
    private readonly double[] _flatBelow, _firstX, _firstY, _sumX, _sumY, _sumXX, _sumYY, _sumXY, _sumSlope;
    private readonly long[] _samples, _silent, _zeros, _flat, _nonFinite;
    private readonly StreamedHistogram _inputs = new(), _outputs = new();
    private float[] _slopes = [];

    /// <summary>Starts watching.</summary>
    /// <param name="name">What the activation is called in its network.</param>
    /// <param name="function">The function; null if its units have no slope of their own, as in maxout.</param>
    /// <param name="units">The number of units.</param>
    public UnitObserver(string name, ObservedFunction? function, int units)
    {
        (_name, _function, _units) = (name, function, units);
        _flatBelow = function is null ? [] : [.. function.SteepestSlopes(units).Select(slope => FlatSlope * slope)];
        (_firstX, _firstY, _sumX, _sumY, _sumXX, _sumYY, _sumXY, _sumSlope) = (New(), New(), New(), New(), New(), New(), New(), New());
        (_samples, _silent, _zeros, _flat, _nonFinite) = (Counts(), Counts(), Counts(), Counts(), Counts());
        double[] New() => new double[units];
        long[] Counts() => new long[units];
    }

    /// <summary>The number of units.</summary>
    public int Units => _units;

    /// <summary>The independent inputs of the network that were seen.</summary>
    public long Rows { get; set; }

    /// <summary>Those of them with NaN or infinity.</summary>
    public long NonFiniteRows { get; set; }

    /// <summary>Shows it what came in and what went out.</summary>
    /// <param name="x">The inputs; the outputs themselves if the units have no input of their own.</param>
    /// <param name="y">The outputs.</param>
    /// <param name="shape">Their shape; dimension 1 is the unit.</param>
    /// <param name="firstUnit">The unit that comes first, where only some are given.</param>
    /// <returns>Whether all of it is finite.</returns>
    public bool Observe(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<int> shape, int firstUnit = 0)
    {
        if (_slopes.Length < y.Length)
            _slopes = new float[y.Length];
        Span<float> slopes = _slopes.AsSpan(0, y.Length);
        slopes.Clear();
        _function?.Slopes(x, shape, slopes, firstUnit);
        _inputs.Add(x);
        _outputs.Add(y);
        int units = shape[1], inner = 1;
        foreach (int extent in shape[Math.Min(2, shape.Length)..])
            inner *= extent;
        bool finite = true;
        for (int at = 0, unit = 0; at < y.Length; at += inner, unit = unit + 1 == units ? 0 : unit + 1)
            finite &= ObserveRun(x.Slice(at, inner), y.Slice(at, inner), slopes.Slice(at, inner), firstUnit + unit);
        return finite;
    }

    /// <summary>What the units did.</summary>
    public ActivationDiagnosis Diagnose()
    {
        double mean = 0, within = 0, residual = 0, square = 0, all = _samples.Sum(count => (double)count);
        for (int unit = 0; unit < _units; unit++)
        {
            double count = _samples[unit];
            if (count == 0)
                continue;
            double meanX = _sumX[unit] / count, meanY = _sumY[unit] / count;
            double varianceX = Math.Max(0, (_sumXX[unit] / count) - (meanX * meanX)),
                varianceY = Math.Max(0, (_sumYY[unit] / count) - (meanY * meanY));
            double covariance = (_sumXY[unit] / count) - (meanX * meanY);
            double unitMean = _firstY[unit] + meanY;
            mean += unitMean * count / all;
            square += ((unitMean * unitMean) + varianceY) * count / all;
            within += varianceY;
            residual += varianceX > 0 ? Math.Max(0, varianceY - (covariance * covariance / varianceX)) : 0;
        }
        int[] dead = [.. UnitsWhere(unit => Silence(unit) == 1)], rare = [.. UnitsWhere(unit => Silence(unit) is > NearlyAlways and < 1)];
        int[] saturated =
        [
            .. UnitsWhere(unit => Silence(unit) <= NearlyAlways && _samples[unit] > 0 && _flat[unit] >= NearlyAlways * _samples[unit]),
        ];
        return new()
        {
            Name = _name,
            Function = _function?.Name ?? "maxout",
            Units = _units,
            Rows = Rows,
            Samples = Enumerable.Range(0, _units).Max(unit => _samples[unit] + _nonFinite[unit]),
            DeadUnits = dead,
            RareUnits = rare,
            SaturatedUnits = saturated,
            NonFiniteUnits = [.. Enumerable.Range(0, _units).Where(unit => _nonFinite[unit] > 0)],
            NonFiniteRows = NonFiniteRows,
            Mean = all == 0 ? double.NaN : mean,
            Variance = all == 0 ? double.NaN : Math.Max(0, square - (mean * mean)),
            Sparsity = all == 0 ? double.NaN : _zeros.Sum(zeros => (double)zeros) / all,
            Nonlinearity = _function is null || within == 0 ? double.NaN : residual / within,
            GradientShare = _function is null || all == 0 ? double.NaN : _sumSlope.Sum() / all,
            Inputs = _inputs.ToQuantiles(),
            Outputs = _outputs.ToQuantiles(),
            UnitMeans = PerUnit(unit => _firstY[unit] + (_sumY[unit] / _samples[unit])),
            UnitActivity = _function is null ? [] : PerUnit(unit => 1 - Silence(unit)),
            UnitGradients = _function is null ? [] : PerUnit(unit => _sumSlope[unit] / _samples[unit]),
            InputHistogram = _inputs,
            Source = _function,
        };
    }

    // A stretch of one unit.
    private bool ObserveRun(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> slopes, int unit)
    {
        int start = 0;
        while (_samples[unit] == 0 && start < y.Length && !(float.IsFinite(x[start]) && float.IsFinite(y[start])))
            start++;
        // Relative to the first value, so that large means do not drown the variance.
        if (_samples[unit] == 0 && start < y.Length)
            (_firstX[unit], _firstY[unit]) = (x[start], y[start]);
        double firstX = _firstX[unit], firstY = _firstY[unit], flatBelow = _function is null ? 0 : _flatBelow[unit];
        double sumX = 0, sumY = 0, sumXX = 0, sumYY = 0, sumXY = 0, sumSlope = 0;
        int silent = 0, zeros = 0, flat = 0, nonFinite = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (!(float.IsFinite(x[i]) && float.IsFinite(y[i])))
            {
                nonFinite++;
                continue;
            }
            double dx = x[i] - firstX, dy = y[i] - firstY, slope = Math.Abs(slopes[i]);
            sumX += dx;
            sumY += dy;
            sumXX += dx * dx;
            sumYY += dy * dy;
            sumXY += dx * dy;
            sumSlope += slope;
            int zero = y[i] == 0 ? 1 : 0;
            zeros += zero;
            silent += slope == 0 ? zero : 0;
            flat += slope < flatBelow ? 1 : 0;
        }
        _sumX[unit] += sumX;
        _sumY[unit] += sumY;
        _sumXX[unit] += sumXX;
        _sumYY[unit] += sumYY;
        _sumXY[unit] += sumXY;
        _sumSlope[unit] += sumSlope;
        _silent[unit] += silent;
        _zeros[unit] += zeros;
        _flat[unit] += flat;
        _nonFinite[unit] += nonFinite;
        _samples[unit] += y.Length - nonFinite;
        return nonFinite == 0;
    }

    // The share of a unit's sample on which neither it nor its slope was anything but 0.
    private double Silence(int unit) => _samples[unit] == 0 ? double.NaN : (double)_silent[unit] / _samples[unit];

    private IEnumerable<int> UnitsWhere(Func<int, bool> condition) =>
        _function is null ? [] : Enumerable.Range(0, _units).Where(condition);

    private float[] PerUnit(Func<int, double> value) => [.. Enumerable.Range(0, _units).Select(unit => (float)value(unit))];
}
