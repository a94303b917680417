using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Nonlinear.Symbols;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// Sparsemax: the probabilities nearest to the inputs, of which those of small inputs are exactly 0. What is left of an input above a
/// threshold that all have in common.
/// </summary>
public readonly struct Sparsemax : IOfVector<Sparsemax>
{
    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("sparsemax", "Sparsemax")
    {
        Source = "A. Martins, R. Astudillo, From Softmax to Sparsemax, 2016, arXiv:1602.02068",
        Family = ActivationFamily.AlongAxis,
        Kinks = [-1, 1],
        Smoothness = 0,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    static double IOfVector<Sparsemax>.DoubleUlps => 0.501;

    static Formula IOfVector<Sparsemax>.Formula => Simplex.Formula(Symbol.X.At(Simplex.I), x => x);

    static Formula IOfVector<Sparsemax>.DerivativeFormula => Simplex.DerivativeFormula(_ => new Number(1));

    static void IOfVector<Sparsemax>.Forward(ReadOnlySpan<double> x, Span<Pair> y, ReadOnlySpan<double> parameters) => Forward(x, y);

    static void IOfVector<Sparsemax>.Product(
        ReadOnlySpan<Pair> y, ReadOnlySpan<double> u, Span<Pair> target, ReadOnlySpan<double> parameters) =>
        Simplex.Product(y, u, target, _ => (Pair)1);

    // Of the largest k inputs, less the largest of all, s is the sum. A share is (1 - s + k x) / k, and the support are the most inputs
    // for which the smallest has one. Where that difference cancels it is taken without any rounding.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Forward(ReadOnlySpan<double> x, Span<Pair> y)
    {
        Pair[] below = Simplex.BelowLargest(x, 1);
        ExactSum left = new();
        left.Add(1);
        ExactSum scratch = new();
        int k = 0;
        do
        {
            left.Add(-below[k]);
            k++;
        }
        while (k < below.Length && Share(left, left.Value, k + 1, below[k], below[k], scratch).High.Value > 0);

        Pair all = left.Value;
        double largest = Simplex.Largest(x);
        for (int i = 0; i < x.Length; i++)
        {
            Pair share = Simplex.IsWithin(1, x[i], largest, out Pair own) ? Share(left, all, k, own, 0, scratch) : 0;
            y[i] = share.High.Value > 0 ? Simplex.AboveZero(share / k) : 0;
        }
    }

    // left + k · below - last, good in every digit.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Pair Share(ExactSum left, Pair all, int k, Pair below, Pair last, ExactSum scratch)
    {
        Pair share = all + (Pair.Product(k, below.High) + Pair.Product(k, below.Low)) - last;
        if (Math.Abs(share.High.Value) > k * Cancelled)
            return share;
        scratch.Clear();
        scratch.Add(left);
        scratch.AddProduct(k, below.High.Value);
        scratch.AddProduct(k, below.Low.Value);
        scratch.Add(-last);
        return scratch.Value;
    }

    // Above it, sums of pairs are right to 2⁻⁷⁰ of the result.
    private const double Cancelled = 1.0 / (1L << 32);
}

public partial class Activation
{
    /// <summary>The probabilities nearest to the inputs; those of inputs that lie far below the largest are exactly 0.</summary>
    public static AxisActivation Sparsemax() => AxisActivation.CreateOfVector<Sparsemax>([]);
}
