namespace Nonlinear.Kernels;

/// <summary>
/// A sum whose bits depend on the numbers and their order alone, and whose error is that of one rounding: each addition's rounding
/// error is kept and added at the end (Neumaier, 1974).
/// </summary>
internal struct FixedOrderSum
{
    private double _sum, _lost;

    public void Add(double value)
    {
        double sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }

    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            Add(value);
    }

    // Where the sum is infinite or NaN, what was lost is not a number.
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;
}
