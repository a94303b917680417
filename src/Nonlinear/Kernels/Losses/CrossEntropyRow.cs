using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Lane = Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>;

namespace Nonlinear.Kernels;

/// <summary>Room for one row of a cross-entropy, and the arithmetic of losses that are spread over classes.</summary>
/// <param name="logarithms">The logarithms of the probabilities.</param>
/// <param name="probabilities">The probabilities, in whose place the gradient comes.</param>
/// <param name="shares">What each class contributes to the loss, if not one class alone does.</param>
internal readonly ref struct CrossEntropyRow(Span<double> logarithms, Span<double> probabilities, Span<double> shares)
{
    // Above it, 1 less a probability has lost digits.
    private const double Dominant = 0.5;

    public readonly Span<double> Logarithms = logarithms, Probabilities = probabilities, Shares = shares;

    /// <summary>-weight · log p of one class; a weight of 0 makes it nothing, whatever its logarithm.</summary>
    public double Loss(int target, double weight)
    {
        double logarithm = Logarithms[target];
        return weight == 0 && double.IsNegativeInfinity(logarithm) ? 0 : weight * (0 - logarithm);
    }

    /// <summary>-Σ share · log p; a share of 0 is nothing, whatever its logarithm.</summary>
    public double Loss()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < Shares.Length; i++)
        {
            if (Shares[i] != 0)
                sum.AddProduct(Shares[i], -Logarithms[i]);
        }
        return double.IsNaN(Logarithms[0]) ? double.NaN : sum.Value;
    }

    /// <summary>scale · (p · (weight + more) - weight at the target)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GradientOfTarget(int target, double weight, double scale, double more)
    {
        double atTarget = scale * ((weight * LessOne(Logarithms[target])) + (more * Probabilities[target]));
        double factor = scale * (weight + more);
        foreach (ref double p in Probabilities)
            p *= factor;
        Probabilities[target] = atTarget;
    }

    /// <summary>scale · (p · (Σ shares + more) - share)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GradientOfShares(double scale, double more)
    {
        CompensatedSum all = default;
        all.Add(Shares);
        double total = all.Value;
        for (int i = 0; i < Shares.Length; i++)
        {
            double p = Probabilities[i];
            // Where p is almost 1: total · (p - 1) and the shares of the other classes.
            double difference = p > Dominant
                ? (total * LessOne(Logarithms[i])) + Others(i)
                : Math.FusedMultiplyAdd(p, total, -Shares[i]);
            Probabilities[i] = scale * (difference + (more * p));
        }
    }

    private double Others(int index)
    {
        CompensatedSum sum = default;
        sum.Add(Shares[..index]);
        sum.Add(Shares[(index + 1)..]);
        return sum.Value;
    }

    // e^logarithm - 1, which is p - 1 without the cancellation where p is almost 1.
    private static double LessOne(double logarithm)
    {
        // Below the first limit the two are one double, and the pair would lose its low part.
        const double Linear = 1e-18, Settled = -100;
        if (Math.Abs(logarithm) < Linear)
            return logarithm;
        return logarithm < Settled ? -1 : DoubleDouble<Lane>.Expm1(logarithm).High.Value;
    }
}
