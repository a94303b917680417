using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// α-entmax for α above 2, from the smallest input that has a share, s. That of an input that lies d above it is a p-norm, with p = α - 1:
/// that of (σ, s), where σ = (p d)¹ᐟᵖ.
/// </summary>
/// <remarks>
/// A share rises steeply from 0 where the threshold passes below its input, so that the threshold does not tell it, however many digits it
/// has: of α = 100, 0.01 is the share of an input that lies 10⁻¹⁹⁸ above the threshold. What the σ of all inputs above it leave of 1 does.
/// The sum of all shares is convex in s, so that Newton's steps from above come down to the s at which it is 1. Norms are computed from
/// logarithms, since pᵗʰ powers leave the range of doubles.
/// </remarks>
internal sealed class EntmaxFromSmallest
{
    // Newton's steps double the digits once they are near; far off, each leaves at most the part of the inputs that are not the smallest.
    private const int MostSteps = 200;
    private const double LastStep = 1.0 / (1L << 46) / (1L << 46);

    // What is left of 1 and is smaller is an error of the sum.
    private const double Doubt = 1.0 / (1L << 45) / (1L << 45);

    // A ratio of pᵗʰ powers below e⁻⁷⁵ is nothing beside 1.
    private const double Nothing = -75;

    private readonly double _power, _smallest;
    private readonly Pair _logPower, _share, _logSharePower;

    /// <summary>Finds the smallest input with a share, and that share.</summary>
    /// <param name="near">The inputs that may have a share, in descending order.</param>
    /// <param name="alpha">α, above 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public EntmaxFromSmallest(double[] near, double alpha)
    {
        _power = alpha - 1;
        _logPower = PreciseElementary.Log(Pair.Sum(alpha, -1));
        // What the inputs above one leave for it becomes less from one input to the next.
        (int least, int beyond) = (0, near.Length);
        while (beyond - least > 1)
        {
            int middle = (least + beyond) / 2;
            if (Left(near, near[middle]).High.Value > Doubt)
                least = middle;
            else
                beyond = middle;
        }
        _smallest = near[least];
        _share = Left(near, _smallest) / near.Count(x => x == _smallest);
        for (int step = 0; step < MostSteps; step++)
        {
            _logSharePower = _power * PreciseElementary.Log(_share);
            Pair sum = 0, slope = 0;
            foreach (double x in near)
            {
                if (x < _smallest)
                    break;
                sum += Share(x, out Pair rise);
                slope += rise;
            }
            Pair move = (sum - 1) / slope;
            if (!(Math.Abs(move.High.Value) > LastStep * _share.High.Value))
                break;
            _share -= move;
        }
    }

    /// <summary>The share of an input.</summary>
    public Pair Share(double x) => x < _smallest ? 0 : Share(x, out _);

    // What is left of 1 by the inputs above one, if it has no share itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Pair Left(double[] near, double smallest)
    {
        Pair left = 1;
        foreach (double x in near)
        {
            if (x <= smallest)
                break;
            left -= PreciseElementary.Exp(LogDistance(x, smallest) / _power);
        }
        return left;
    }

    // The norm of (σ, s), and its slope by s: (s / norm) to the power p - 1.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Pair Share(double x, out Pair slope)
    {
        slope = 1;
        if (x == _smallest)
            return _share;
        Pair own = LogDistance(x, _smallest), ratio = _logSharePower - own, log = own;
        if (ratio.High.Value > 0)
            log = _logSharePower + PreciseElementary.Log1p(PreciseElementary.Exp(-ratio));
        else if (ratio.High.Value > Nothing)
            log = own + PreciseElementary.Log1p(PreciseElementary.Exp(ratio));
        Pair share = PreciseElementary.Exp(log / _power);
        slope = PreciseElementary.Exp(_logSharePower - log) * share / _share;
        return share;
    }

    // log (p d)
    private Pair LogDistance(double x, double smallest) => PreciseElementary.Log(Pair.Sum(x, -smallest)) + _logPower;
}
