namespace Nonlinear.Oracle.Judging;

/// <summary>
/// α-entmax for α above 1: yᵢ = max((α - 1) xᵢ - τ, 0) to the power 1 / (α - 1), where τ makes their sum 1. It is found by halving an
/// interval over doubles and by Newton's method, and the sum is looked at on both sides. Where a large α makes τ come nearer to an input
/// than many bits tell, it is that input's share that is found, by halving.
/// </summary>
internal sealed class EntmaxOracle : VectorOracle
{
    private const int DoubleSteps = 200, NewtonSteps = 7, SureBits = 200, Halvings = 250;
    private const double SmallJump = 1e-30;

    private readonly double _alpha;
    private readonly double[] _x, _near;
    private readonly double _max;

    // (α - 1) times an input, less τ: of the largest, or of the smallest that has a share.
    private readonly BigFloat _top;
    private double _base, _heaviest;

    public EntmaxOracle(double[] x, double alpha)
    {
        (_x, _alpha, _max, _near, _top) = (x, alpha, x.Max(), [], 0);
        _base = _max;
        IsDefined = double.IsFinite(_max) && !x.Any(double.IsNaN);
        if (!IsDefined)
            return;
        // No other can have a share, whatever τ is; a little more than that, against rounding.
        _near = [.. x.Where(value => (_max - value) * (alpha - 1) <= 1.001).OrderDescending()];
        _top = FindTop();
    }

    public override bool IsDefined { get; }

    public override BigFloat Output(int i) => double.IsNegativeInfinity(_x[i]) ? 0 : Power(Above(_x[i], _top));

    // The mean of dy, weighted with s = y^(2 - α) where y is above 0, less the dy of the largest s: one far beyond the others leaves no
    // digit of its own dy less the mean.
    public override (BigFloat Sum, BigFloat Terms) Sums(double[] dy)
    {
        BigFloat sum = 0, terms = 0, all = 0;
        _heaviest = dy[HeaviestOf(dy.Length)];
        for (int i = 0; i < dy.Length; i++)
        {
            int mark = BigFloat.Mark();
            BigFloat weight = Weight(i);
            all.Add(weight);
            sum.Add(weight * (dy[i] - (BigFloat)_heaviest));
            terms.Add(weight * Math.Abs(dy[i]));
            BigFloat.Release(mark);
        }
        return (sum / all, terms / all);
    }

    public override (BigFloat Gradient, BigFloat Terms) Gradient(int i, double dy, BigFloat sum, BigFloat terms)
    {
        BigFloat weight = Weight(i);
        return (weight * (dy - (BigFloat)_heaviest - sum), weight * (Math.Abs(dy) + terms));
    }

    // Of the smallest share above 0 where α is above 2, of the largest where it is below.
    private int HeaviestOf(int length)
    {
        int heaviest = Array.IndexOf(_x, _max);
        for (int i = 0; i < length; i++)
        {
            int mark = BigFloat.Mark();
            if (_alpha > 2 && _x[i] < _x[heaviest] && Output(i).Sign > 0)
                heaviest = i;
            BigFloat.Release(mark);
        }
        return heaviest;
    }

    private BigFloat Weight(int i)
    {
        BigFloat y = Output(i);
        return y.Sign <= 0 ? 0 : _alpha == 2 ? 1 : BigFloat.Exp((2 - (BigFloat)_alpha) * Log(y));
    }

    private BigFloat FindTop()
    {
        double low = 0, high = 1;
        for (int step = 0; step < DoubleSteps; step++)
        {
            double middle = (low + high) / 2;
            double sum = _near.Sum(value => Math.Pow(Math.Max(middle + ((_alpha - 1) * (value - _max)), 0), 1 / (_alpha - 1)));
            (low, high) = sum < 1 ? (middle, high) : (low, middle);
        }

        BigFloat top = high;
        for (int step = 0; step < NewtonSteps; step++)
        {
            BigFloat slope = 0, sum = SumAt(top, slope);
            top += (1 - sum) / slope;
        }
        // A share that jumps up between the two is not told by τ.
        BigFloat doubt = BigFloat.Scale(top, -SureBits), below = SumAt(top - doubt, null), above = SumAt(top + doubt, null);
        if (below < 1 && above > 1 && above - below < SmallJump)
            return top;
        return TopOfSmallest();
    }

    // τ lies between two inputs: above it is the last in order at which the shares of those before it leave something.
    private BigFloat TopOfSmallest()
    {
        int last = 0;
        for (int i = 1; i < _near.Length; i++)
        {
            _base = _near[i];
            if (SumAt(0, null) < 1)
                last = i;
        }
        _base = _near[last];
        BigFloat low = 0, high = 1;
        for (int step = 0; step < Halvings; step++)
        {
            BigFloat middle = (low + high) / 2;
            if (SumAt(Inverse(middle), null) < 1)
                low = middle;
            else
                high = middle;
        }
        return Inverse(high);

        BigFloat Inverse(BigFloat share) => BigFloat.Exp(Log(share) * ((BigFloat)_alpha - 1));
    }

    // Σ of the shares, and its derivative by the top.
    private BigFloat SumAt(BigFloat top, BigFloat? slope)
    {
        BigFloat sum = 0;
        foreach (double value in _near)
        {
            int mark = BigFloat.Mark();
            BigFloat above = Above(value, top);
            if (above.Sign > 0)
            {
                BigFloat share = Power(above);
                sum.Add(share);
                slope?.Add(share / above / ((BigFloat)_alpha - 1));
            }
            BigFloat.Release(mark);
        }
        return sum;
    }

    private BigFloat Above(double value, BigFloat top) => (((BigFloat)value - _base) * ((BigFloat)_alpha - 1)) + top;

    private BigFloat Power(BigFloat above) => above.Sign <= 0 ? 0
        : _alpha == 2 ? above
        : _alpha == 1.5 ? above * above
        : BigFloat.Exp(Log(above) / ((BigFloat)_alpha - 1));

    // Of a number from ½ to 1, and of a power of two: less 1, a small number would lose all digits.
    private static BigFloat Log(BigFloat x)
    {
        if (!x.IsFinite)
            return BigFloat.Log1p(x);
        int exponent = (int)x.Exponent;
        return BigFloat.Log1p(BigFloat.Scale(x, -exponent) - 1) + (exponent * BigFloat.Log1p(1));
    }
}
