namespace Nonlinear.Lab.Diagnosis;

/// <summary>Watches the units of an activation while data pass through, and says what they did.</summary>
internal sealed class UnitObserver
{
    // A unit is saturated where its slope is below this share of the steepest, and is called so if that is the case nearly always.
    private const double FlatSlope = 0.01, NearlyAlways = 0.99;

    private readonly string _name;
    private readonly ObservedFunction? _function;
    private readonly int _units;
    private readonly double[] _flatBelow, _firstX, _firstY, _sumX, _sumY, _sumXX, _sumYY, _sumXY;
    private readonly long[] _silent, _zeros, _flat;
    private long _samples;

    /// <summary>Starts watching.</summary>
    /// <param name="name">What the activation is called in its network.</param>
    /// <param name="function">The function; null if its units have no slope of their own, as in maxout.</param>
    /// <param name="units">The number of units.</param>
    public UnitObserver(string name, ObservedFunction? function, int units)
    {
        (_name, _function, _units) = (name, function, units);
        _flatBelow = function is null ? [] : [.. function.SteepestSlopes(units).Select(slope => FlatSlope * slope)];
        (_firstX, _firstY, _sumX, _sumY, _sumXX, _sumYY, _sumXY) = (New(), New(), New(), New(), New(), New(), New());
        (_silent, _zeros, _flat) = (new long[units], new long[units], new long[units]);
        double[] New() => new double[units];
    }

    /// <summary>Shows it what came in and what went out.</summary>
    /// <param name="x">The inputs; the outputs themselves if the units have no input of their own.</param>
    /// <param name="y">The outputs.</param>
    /// <param name="shape">Their shape; dimension 1 is the unit.</param>
    public void Observe(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<int> shape)
    {
        float[] slopes = new float[y.Length];
        _function?.Slopes(x, shape, slopes);
        int inner = 1;
        foreach (int extent in shape[Math.Min(2, shape.Length)..])
            inner *= extent;
        for (int i = 0; i < y.Length; i++)
        {
            int unit = i / inner % _units;
            if (_samples == 0 && i / inner < _units && i % inner == 0)
                (_firstX[unit], _firstY[unit]) = (x[i], y[i]);
            // Relative to the first value, so that large means do not drown the variance.
            double dx = x[i] - _firstX[unit], dy = y[i] - _firstY[unit];
            _sumX[unit] += dx;
            _sumY[unit] += dy;
            _sumXX[unit] += dx * dx;
            _sumYY[unit] += dy * dy;
            _sumXY[unit] += dx * dy;
            if (y[i] == 0)
                _zeros[unit]++;
            if (_function is null)
                continue;
            if (y[i] == 0 && slopes[i] == 0)
                _silent[unit]++;
            if (Math.Abs(slopes[i]) < _flatBelow[unit])
                _flat[unit]++;
        }
        _samples += y.Length / _units;
    }

    /// <summary>What the units did.</summary>
    public ActivationDiagnosis Diagnose()
    {
        double mean = 0, outputVariance = 0, within = 0, residual = 0, square = 0;
        for (int unit = 0; unit < _units; unit++)
        {
            double meanX = _sumX[unit] / _samples, meanY = _sumY[unit] / _samples;
            double varianceX = Math.Max(0, (_sumXX[unit] / _samples) - (meanX * meanX)),
                varianceY = Math.Max(0, (_sumYY[unit] / _samples) - (meanY * meanY));
            double covariance = (_sumXY[unit] / _samples) - (meanX * meanY);
            double unitMean = _firstY[unit] + meanY;
            mean += unitMean / _units;
            square += ((unitMean * unitMean) + varianceY) / _units;
            within += varianceY;
            residual += varianceX > 0 ? Math.Max(0, varianceY - (covariance * covariance / varianceX)) : 0;
        }
        outputVariance = Math.Max(0, square - (mean * mean));
        int[] dead = _function is null ? [] : [.. Units(unit => _silent[unit] == _samples)];
        int[] saturated = _function is null ? [] : [.. Units(unit => _silent[unit] < _samples && _flat[unit] >= NearlyAlways * _samples)];
        return new()
        {
            Name = _name,
            Function = _function?.Name ?? "maxout",
            Units = _units,
            Rows = _samples,
            Samples = _samples,
            DeadUnits = dead,
            SaturatedUnits = saturated,
            Mean = mean,
            Variance = outputVariance,
            Sparsity = _zeros.Sum(zeros => (double)zeros) / (_samples * _units),
            Nonlinearity = _function is null || within == 0 ? double.NaN : residual / within,
        };
    }

    private IEnumerable<int> Units(Func<int, bool> condition) => Enumerable.Range(0, _units).Where(condition);
}
