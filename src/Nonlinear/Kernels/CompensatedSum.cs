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
        Span<double> high = stackalloc double[8], low = stackalloc double[8];
        for (int i = 0; i < 8; i += L.Count)
        {
            L.Store(highs[i / L.Count], ref high[i], 0);
            L.Store(lows.IsEmpty ? 0 : lows[i / L.Count], ref low[i], 0);
        }
        Span<DoubleDouble<Lane>> strands = stackalloc DoubleDouble<Lane>[8];
        for (int i = 0; i < 8; i++)
            strands[i] = new(high[i], low[i]);
        for (int width = 4; width > 0; width /= 2)
        {
            for (int i = 0; i < width; i++)
                strands[i] += strands[i + width];
        }
        return strands[0];
    }
}
