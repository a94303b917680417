using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// α-entmax for α between 1 and 2, from the share w of the largest input: an input that lies d below it has the share
/// w · (1 - (α - 1) d / wᵅ⁻¹) to the power 1 / (α - 1), or 0.
/// </summary>
/// <remarks>
/// log w is the root of log w + log Σ (the shares' ratios to w), which rises with log w, from at most 0 where w = 1/n to at least 0 where
/// w = 1. It is found between two bounds that close in on it, by Newton's steps where they stay between them: over doubles first, then over
/// pairs of doubles until it moves no more. That α is close to 1 costs no digits here, as it does <see cref="EntmaxFromSmallest"/>.
/// </remarks>
internal sealed class EntmaxFromLargest
{
    // Where Newton's steps have not arrived after some, every other one halves what is between the bounds.
    private const int MostSteps = 400, Patience = 12;

    // A step that is shorter is the last; the one over pairs leaves an error of about its square, or of what they can tell.
    private const double DoubleStep = 1e-14, PairStep = 1.0 / (1L << 46) / (1L << 46);

    // How far the root over doubles may be off; the bounds move apart until the root is between them.
    private const double FirstDoubt = 1e-13, MoreDoubt = 64;

    private readonly double _alpha;
    private readonly Pair _logLargest, _decay;

    private EntmaxFromLargest(double alpha, Pair logLargest)
    {
        (_alpha, _logLargest) = (alpha, logLargest);
        _decay = PreciseElementary.Exp(-(alpha - 1) * logLargest);
    }

    private delegate (Pair Value, Pair Slope) Rise(Pair[] below, double alpha, Pair log);

    /// <summary>Finds it.</summary>
    /// <param name="below">The inputs less the largest, in descending order; those that have no share may be missing.</param>
    /// <param name="alpha">α, between 1 and 2.</param>
    public static EntmaxFromLargest Find(Pair[] below, double alpha)
    {
        Pair lowest = -PreciseElementary.Log(below.Length) - DoubleStep;
        Pair guess = Solve(OverDoubles, below, alpha, lowest, DoubleStep, 0.5 * lowest, DoubleStep);
        Pair low = guess, high = guess;
        for (double doubt = FirstDoubt; OverPairs(below, alpha, low).Value.High.Value > 0; doubt *= MoreDoubt)
            low = guess - doubt;
        for (double doubt = FirstDoubt; OverPairs(below, alpha, high).Value.High.Value < 0; doubt *= MoreDoubt)
            high = guess + doubt;
        return new(alpha, Solve(OverPairs, below, alpha, low, high, guess, PairStep));
    }

    /// <summary>The share of an input, given how far it lies below the largest, as a number that is at most 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Pair Share(Pair below)
    {
        Pair power = LogRatio(below, _alpha, _decay, out _);
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
            Pair move = value / slope, next = log - move;
            if (Math.Abs(move.High.Value) <= lastStep)
                return next;
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
