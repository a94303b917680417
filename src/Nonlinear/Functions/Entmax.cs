using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Nonlinear.Symbols;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// α-entmax: probabilities between softmax (α = 1) and sparsemax (α = 2). Those of small inputs are exactly 0, for any α above 1.
/// </summary>
public readonly struct Entmax : IOfVector<Entmax>
{
    private const double OfSoftmax = 1, OfSquares = 1.5, OfSparsemax = 2;

    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("entmax", "Entmax")
    {
        Source = "B. Peters, V. Niculae, A. Martins, Sparse Sequence-to-Sequence Models, 2019, arXiv:1905.05702",
        Family = ActivationFamily.AlongAxis,
        Aliases = ["entmax15", "alpha_entmax", "entmax_bisect"],
        Parameters =
        [
            new("alpha", "α", OfSquares)
            {
                Minimum = OfSoftmax,
                Maximum = 1e6,
                Examples = [1.25, OfSquares, 3],
            },
        ],
        Kinks = [-2, 2],
        Smoothness = 1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    static Formula IOfVector<Entmax>.Formula => Simplex.Formula(
        Algebra.Multiply(LessOne(Alpha), Symbol.X.At(Simplex.I)),
        above => new Raised(above, Algebra.Divide(new Number(1), LessOne(Alpha))));

    static Formula IOfVector<Entmax>.DerivativeFormula =>
        Simplex.DerivativeFormula(y => new Raised(y, Algebra.Add(new Number(2), Algebra.Negate(Alpha))));

    static void IOfVector<Entmax>.Forward(ReadOnlySpan<double> x, Span<Pair> y, ReadOnlySpan<double> parameters)
    {
        double alpha = parameters[0];
        if (alpha == OfSoftmax)
            Exponentials(x, y);
        else if (alpha == OfSquares)
            Squares(x, y);
        else if (alpha == OfSparsemax)
            Sparsemax.Forward(x, y);
        else
            Powers(x, y, alpha);
    }

    static void IOfVector<Entmax>.Product(
        ReadOnlySpan<Pair> y, ReadOnlySpan<double> u, Span<Pair> target, ReadOnlySpan<double> parameters)
    {
        double rest = 2 - parameters[0];
        Func<Pair, SimplexWeight> weight = parameters[0] switch
        {
            OfSoftmax => p => p,
            OfSquares => p => PreciseElementary.Sqrt(p),
            OfSparsemax => _ => (Pair)1,
            _ => p => new(PreciseElementary.Exp(rest * PreciseElementary.Log(p), out int power), power),
        };
        Simplex.Product(y, u, target, weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exponentials(ReadOnlySpan<double> x, Span<Pair> y)
    {
        double largest = Simplex.Largest(x);
        ExactSum sum = new();
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = double.IsFinite(x[i]) ? PreciseElementary.Exp(Pair.Sum(x[i], -largest)) : 0;
            sum.Add(y[i]);
        }
        Pair all = sum.Value;
        foreach (ref Pair share in y)
            share /= all;
    }

    // α = 1.5: p = ((x - τ) / 2)², where τ solves a quadratic equation. The support are the most inputs whose squared distances from the
    // smallest of them come to less than 4 (2019, algorithm 2, in other words).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares(ReadOnlySpan<double> x, Span<Pair> y)
    {
        // What lies nearer to the threshold lies at it, as far as anybody can know.
        const double Four = 4, Reach = 2, Doubt = 1.0 / (1L << 50) / (1L << 45);
        Pair[] below = Simplex.BelowLargest(x, Reach);
        ExactSum sum = new(), squares = new();
        int k = 0;
        do
        {
            sum.Add(below[k]);
            squares.Add(below[k] * below[k]);
            k++;
        }
        while (k < below.Length && (squares.Value - (below[k] * ((2 * sum.Value) - (k * below[k])))).High.Value < Four);

        Pair mean = sum.Value / k, spread = squares.Value - (mean * sum.Value);
        Pair threshold = mean - PreciseElementary.Sqrt((Four - spread) / k);
        double largest = Simplex.Largest(x);
        for (int i = 0; i < x.Length; i++)
        {
            Pair above = Simplex.IsWithin(Reach, x[i], largest, out Pair own) ? own - threshold : 0;
            y[i] = above.High.Value > Doubt ? 0.25 * (above * above) : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Powers(ReadOnlySpan<double> x, Span<Pair> y, double alpha)
    {
        double reach = Math.BitIncrement(1 / (alpha - 1));
        if (alpha < OfSparsemax)
        {
            double largest = Simplex.Largest(x);
            EntmaxFromLargest shares = EntmaxFromLargest.Find(Simplex.BelowLargest(x, reach), alpha);
            for (int i = 0; i < x.Length; i++)
                y[i] = Simplex.IsWithin(reach, x[i], largest, out Pair below) ? shares.Share(below) : 0;
        }
        else
        {
            EntmaxFromSmallest shares = new(Simplex.Near(x, reach), alpha);
            for (int i = 0; i < x.Length; i++)
                y[i] = shares.Share(x[i]);
        }
    }

    private static Symbol Alpha => Symbol.Letter("α", Symbol.Parameter);

    private static Node LessOne(Node node) => Algebra.Add(node, new Number(-1));
}

public partial class Activation
{
    /// <summary>
    /// Probabilities between those of softmax, at α = 1, and of sparsemax, at α = 2, and beyond; those of small inputs are exactly 0.
    /// </summary>
    /// <param name="alpha">α: the larger, the fewer are not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is below 1, above 10⁶ or not finite.</exception>
    public static AxisActivation Entmax(double alpha = 1.5) => AxisActivation.CreateOfVector<Entmax>([alpha]);
}
