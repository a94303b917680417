using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>
/// A sum whose bits depend on the numbers and their order alone, and whose error is that of one rounding: each addition's rounding
/// error is kept and added at the end (Neumaier, 1974).
/// </summary>
internal struct CompensatedSum
{
    private double _sum, _lost;

    public void Add(double value)
    {
        double sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }

    /// <summary>Adds a · b with the product's rounding error.</summary>
    public void AddProduct(double a, double b)
    {
        double product = a * b;
        Add(product);
        if (double.IsFinite(product))
            _lost += Math.FusedMultiplyAdd(a, b, -product);
    }

    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            Add(value);
    }

    // Where the sum is infinite or NaN, what was lost is not a number.
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    /// <summary>
    /// The sum of eight strands, pairwise and always in the same order, however many of them share a vector. The strands are pairs, or
    /// plain numbers without low parts.
    /// </summary>
    public static DoubleDouble<Lane> Join<L>(ReadOnlySpan<L> highs, ReadOnlySpan<L> lows)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        Unsafe.SkipInit(out Buffer8<double> high);
        Unsafe.SkipInit(out Buffer8<double> low);
        // The first four and the last four, side by side where they are vectors of their own.
        int half = 4 / L.Count, width = half > 0 ? 4 : 8;
        for (int i = 0; i < Math.Max(half, 1); i++)
        {
            DoubleDouble<L> sum = new(highs[i], lows.IsEmpty ? 0 : lows[i]);
            if (half > 0)
                sum += new DoubleDouble<L>(highs[i + half], lows.IsEmpty ? 0 : lows[i + half]);
            L.Store(sum.High, ref high[i * L.Count], 0);
            L.Store(sum.Low, ref low[i * L.Count], 0);
        }
        for (width /= 2; width > 0; width /= 2)
        {
            for (int i = 0; i < width; i++)
            {
                DoubleDouble<Lane> sum = new DoubleDouble<Lane>(high[i], low[i]) + new DoubleDouble<Lane>(high[i + width], low[i + width]);
                (high[i], low[i]) = (sum.High.Value, sum.Low.Value);
            }
        }
        return new(high[0], low[0]);
    }
}
