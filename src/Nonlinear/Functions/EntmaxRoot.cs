using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// The share w of the largest input of a vector, from which all others follow: an input that lies d below has the share
/// w · (1 - (α - 1) d / wᵅ⁻¹) to the power 1 / (α - 1), or 0.
/// </summary>
/// <remarks>
/// log w is the root of log w + log Σ (the shares' ratios to w), which rises with log w, from at most 0 where w = 1/n to at least 0 where
/// w = 1. It is found between two bounds that close in on it, by Newton's steps where they stay between them: over doubles first, then over
/// pairs of doubles until it moves no more. For α above 2 a share rises so steeply from 0 that the root does not tell it: the smallest
/// share is then what the others leave of 1.
/// </remarks>
internal sealed class EntmaxRoot
{
    // Where Newton's steps have not arrived after some, every other one halves what is between the bounds.
    private const int MostSteps = 400, Patience = 12;

    // A step that is shorter is the last; the one over pairs leaves an error of about its square, or of what they can tell.
    private const double DoubleStep = 1e-14, PairStep = 1.0 / (1L << 46) / (1L << 46);

    // More than that is missing from 1 only if a share is.
    private const double Missing = 1e-12;

    // How far the root over doubles may be off; the bounds move apart until the root is between them.
    private const double FirstDoubt = 1e-13, MoreDoubt = 64;

    private readonly double _alpha;
    private readonly Pair _logLargest, _decay;

    // The input of the smallest share, if that is what the others leave; NaN if none is.
    private readonly double _last = double.NaN;
    private readonly Pair _lastShare;

    private EntmaxRoot(Pair[] below, double alpha, Pair logLargest)
    {
        (_alpha, _logLargest) = (alpha, logLargest);
        _decay = PreciseElementary.Exp(-(alpha - 1) * logLargest);

        Pair rest = 1, share = 0, ratio = 0;
        int equal = 0;
        double last = double.NaN;
        foreach (Pair input in below)
        {
            Pair next = Share(input, out Pair nextRatio);
            if (next.High.Value == 0)
                break;
            if (input.High.Value != last)
                (rest, equal) = (rest - (equal * share), 0);
            (last, share, ratio) = (input.High.Value, next, nextRatio);
            equal++;
        }
        // What a share is wrong by if the root is, as part of it, beside what it is wrong by if the others are.
        bool isSteep = share.High.Value > (alpha - 1) * (1 - ratio).High.Value;
        if (last < 0 && isSteep)
            (_last, _lastShare) = (last, rest.High.Value > 0 ? rest / equal : 0);
    }

    private delegate (Pair Value, Pair Slope) Rise(Pair[] below, double alpha, Pair log);

    /// <summary>Finds it.</summary>
    /// <param name="below">The inputs less the largest, in descending order; those that have no share may be missing.</param>
    /// <param name="alpha">α, above 1.</param>
    public static EntmaxRoot Find(Pair[] below, double alpha)
    {
        Pair lowest = -PreciseElementary.Log(below.Length) - DoubleStep;
        Pair guess = Solve(OverDoubles, below, alpha, lowest, DoubleStep, 0.5 * lowest, DoubleStep);
        Pair low = guess, high = guess;
        for (double doubt = FirstDoubt; OverPairs(below, alpha, low).Value.High.Value > 0; doubt *= MoreDoubt)
            low = guess - doubt;
        for (double doubt = FirstDoubt; OverPairs(below, alpha, high).Value.High.Value < 0; doubt *= MoreDoubt)
            high = guess + doubt;
        return new(below, alpha, Solve(OverPairs, below, alpha, low, high, guess, PairStep));
    }

    /// <summary>The share of an input, given how far it lies below the largest, as a number that is at most 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Pair Share(Pair below) => below.High.Value == _last ? _lastShare : Share(below, out _);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Pair Share(Pair below, out Pair ratio)
    {
        Pair power = LogRatio(below, _alpha, _decay, out ratio);
        return double.IsNegativeInfinity(power.High.Value) ? 0 : PreciseElementary.Exp(_logLargest + power);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair Solve(Rise rise, Pair[] below, double alpha, Pair low, Pair high, Pair start, double lastStep)
    {
        Pair log = start;
        for (int step = 0; step < MostSteps; step++)
        {
            (Pair value, Pair slope) = rise(below, alpha, log);
            if (value.High.Value < 0)
                low = log;
            else
                high = log;
            // Beside an infinite slope the bounds meet where a step would still be long; there the upper one has all shares.
            if ((high - low).High.Value <= lastStep)
                return high;
            Pair move = value / slope, next = log - move;
            if (Math.Abs(move.High.Value) <= lastStep)
                return rise(below, alpha, next).Value.High.Value < -Missing ? high : next;
            bool between = (next - low).High.Value > 0 && (high - next).High.Value > 0;
            log = between && (step < Patience || step % 2 == 0) ? next : 0.5 * (low + high);
        }
        return log;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Pair Value, Pair Slope) OverDoubles(Pair[] below, double alpha, Pair log)
    {
        double at = log.High.Value, decay = DoubleElementary.Exp<Lane>(-(alpha - 1) * at).Value, sum = 0, slope = 0;
        foreach (Pair input in below)
        {
            double distance = -input.High.Value, ratio = distance == 0 ? 0 : (alpha - 1) * distance * decay;
            if (!(ratio < 1))
                break;
            double share = DoubleElementary.Exp<Lane>(DoubleElementary.Log1p<Lane>(-ratio) / (alpha - 1)).Value;
            sum += share;
            slope += share * ratio / (1 - ratio);
        }
        return (log + PreciseElementary.Log(sum).High, 1 + (slope / sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Pair Value, Pair Slope) OverPairs(Pair[] below, double alpha, Pair log)
    {
        Pair decay = PreciseElementary.Exp(-(alpha - 1) * log), sum = 0, slope = 0;
        foreach (Pair input in below)
        {
            Pair power = LogRatio(input, alpha, decay, out Pair ratio);
            if (double.IsNegativeInfinity(power.High.Value))
                break;
            Pair share = PreciseElementary.Exp(power);
            sum += share;
            slope += share * ratio / (1 - ratio);
        }
        return (log + PreciseElementary.Log(sum), 1 + (slope / sum));
    }

    // The logarithm of a share's ratio to the largest, -∞ if it has none; and how much of its distance from the threshold is used up.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair LogRatio(Pair below, double alpha, Pair decay, out Pair ratio)
    {
        ratio = below.High.Value == 0 ? 0 : -(alpha - 1) * below * decay;
        return (1 - ratio).High.Value > 0 ? PreciseElementary.Log1p(-ratio) / (alpha - 1) : double.NegativeInfinity;
    }
}
