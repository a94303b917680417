using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Nonlinear.Symbols;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>What sparsemax and entmax have in common: probabilities above a threshold, and the form of their Jacobians.</summary>
internal static class Simplex
{
    // Gradients that are larger are made smaller, so that they have a sum.
    private const double Large = 1e280;
    private const int Less = -64;

    // A little more than a distance, against rounding.
    private const double Wide = 1.001;

    public static Symbol I => Symbol.Letter("i", Symbol.Variable);

    private static Symbol J => Symbol.Letter("j", Symbol.Variable);

    /// <summary>yᵢ = shape(max(scaled - τ, 0)), Σⱼ yⱼ = 1</summary>
    public static Formula Formula(Node scaled, Func<Node, Node> shape)
    {
        Symbol tau = Symbol.Letter("τ", Symbol.Parameter);
        Node above = Algebra.Call("max", @"\max", Algebra.Add(scaled, Algebra.Negate(tau)), new Number(0));
        return Nonlinear.Formula.Of(
            new Equation(Symbol.Y.At(I), shape(above)), new Equation(Over.Sum(J, Symbol.Y.At(J)), new Number(1)));
    }

    /// <summary>∂yᵢ/∂xⱼ = sᵢ (δᵢⱼ - sⱼ / Σₖ sₖ) with s = weight(y) where y > 0, else 0.</summary>
    public static Formula DerivativeFormula(Func<Node, Node> weight)
    {
        Symbol s = Symbol.Letter("s", Symbol.Variable), k = Symbol.Letter("k", Symbol.Variable);
        Symbol delta = Symbol.Letter("δ", Symbol.Parameter);
        Node share = Algebra.Divide(s.At(J), Over.Sum(k, s.At(k)));
        return Nonlinear.Formula.Of(
            new Equation(
                new Partial(Symbol.Y.At(I), Symbol.X.At(J)),
                Algebra.Multiply(s.At(I), Algebra.Add(delta.At(I, J), Algebra.Negate(share)))),
            new Equation(
                s.At(I),
                new Cases(new Relation(Symbol.Y.At(I), '>', new Number(0)), weight(Symbol.Y.At(I)), new Number(0))));
    }

    /// <summary>The largest input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Largest(ReadOnlySpan<double> x)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in x)
            largest = Math.Max(largest, value);
        return largest;
    }

    /// <summary>The inputs that lie less than a distance below the largest, which alone may have a share, in descending order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Near(ReadOnlySpan<double> x, double distance)
    {
        double largest = Largest(x);
        List<double> near = [];
        foreach (double value in x)
        {
            if (IsWithin(distance, value, largest, out _))
                near.Add(value);
        }
        near.Sort();
        near.Reverse();
        return [.. near];
    }

    /// <summary>The inputs that lie less than a distance below the largest, less it, exactly, from 0 downwards.</summary>
    public static Pair[] BelowLargest(ReadOnlySpan<double> x, double distance)
    {
        double[] near = Near(x, distance);
        return [.. near.Select(value => Pair.Sum(value, -near[0]))];
    }

    /// <summary>
    /// Whether an input lies less than a distance below the largest, and how far, exactly, as a number that is at most 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWithin(double distance, double x, double largest, out Pair below)
    {
        below = 0;
        if (x - largest < -Wide * distance)
            return false;
        below = Pair.Sum(x, -largest);
        return (below + distance).High.Value > 0;
    }

    /// <summary>A share above 0, even where the nearest double is 0: then its second part says so.</summary>
    public static Pair AboveZero(Pair share) => share.High.Value > 0 ? share : new(0, double.Epsilon);

    /// <summary>
    /// target = s ∘ (u - m) with m = Σ s u / Σ s over the outputs above 0, and 0 elsewhere; the sums are exact, so that their order changes
    /// nothing.
    /// </summary>
    /// <param name="y">The outputs.</param>
    /// <param name="u">What is multiplied.</param>
    /// <param name="target">Receives the product.</param>
    /// <param name="weight">s, of an output above 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(ReadOnlySpan<Pair> y, ReadOnlySpan<double> u, Span<Pair> target, Func<Pair, SimplexWeight> weight)
    {
        SimplexWeight[] weights = new SimplexWeight[y.Length];
        (int heaviest, double size, double common) = (int.MinValue, 0, 0);
        for (int i = 0; i < y.Length; i++)
        {
            if (!(y[i].High.Value > 0 || y[i].Low.Value > 0))
                continue;
            weights[i] = weight(y[i]);
            size = Math.Max(size, Math.Abs(u[i]));
            int exponent = weights[i].Exponent;
            if (exponent > heaviest || (exponent == heaviest && u[i] > common))
                (heaviest, common) = (exponent, u[i]);
        }
        // All are taken less that of one of the heaviest: where it outweighs the others, its own less the mean would have no digits.
        int less = size > Large ? Less : 0, heaviestOfOthers = int.MinValue;
        for (int i = 0; i < y.Length; i++)
        {
            if (!weights[i].IsZero && u[i] != common)
                heaviestOfOthers = Math.Max(heaviestOfOthers, weights[i].Exponent);
        }
        ExactSum products = new(), sum = new();
        for (int i = 0; i < y.Length; i++)
        {
            if (weights[i].IsZero)
                continue;
            sum.Add(weights[i].Scaled(-heaviest));
            if (u[i] != common)
                products.Add(weights[i].Scaled(-heaviestOfOthers) * Beyond(u[i]));
        }
        SimplexWeight mean = heaviestOfOthers == int.MinValue ? default : new(products.Value / sum.Value, heaviestOfOthers - heaviest);
        for (int i = 0; i < y.Length; i++)
        {
            target[i] = weights[i].IsZero ? 0
                : u[i] == common ? mean.IsZero ? 0 : weights[i].Times(-mean).Scaled(-less)
                : weights[i].Times(Beyond(u[i]) - mean.Scaled(0)).Scaled(-less);
        }

        Pair Beyond(double value) => Pair.Sum(Math.ScaleB(value, less), -Math.ScaleB(common, less));
    }
}
