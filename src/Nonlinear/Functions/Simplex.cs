using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Nonlinear.Symbols;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>What sparsemax and entmax have in common: probabilities above a threshold, and the form of their Jacobians.</summary>
internal static class Simplex
{
    // Gradients that are larger are made smaller before they are summed.
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

    /// <summary>
    /// The inputs less the largest, exactly, from 0 downwards: those that lie less than a distance below it, which alone may have a share.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Pair[] BelowLargest(ReadOnlySpan<double> x, double distance)
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
        return [.. near.Select(value => Pair.Sum(value, -largest))];
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

    /// <summary>
    /// target = s ∘ (u - m) with m = Σ s u / Σ s over the outputs above 0, and 0 elsewhere; the sums are exact, so that their order changes
    /// nothing.
    /// </summary>
    /// <param name="y">The outputs.</param>
    /// <param name="u">What is multiplied.</param>
    /// <param name="target">Receives the product.</param>
    /// <param name="weight">s, of an output above 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(ReadOnlySpan<Pair> y, ReadOnlySpan<double> u, Span<Pair> target, Func<Pair, Pair> weight)
    {
        Pair[] weights = new Pair[y.Length];
        double size = 0, heaviest = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (!(y[i].High.Value > 0))
                continue;
            weights[i] = weight(y[i]);
            heaviest = Math.Max(heaviest, weights[i].High.Value);
            size = Math.Max(size, Math.Abs(u[i]));
        }
        // Gradients of any size have a sum, and weights are brought to at most 2.
        int power = size > Large ? Less : 0, light = heaviest > 0 ? -Math.ILogB(heaviest) : 0;
        ExactSum products = new(), sum = new();
        for (int i = 0; i < y.Length; i++)
        {
            if (weights[i].High.Value == 0)
                continue;
            Pair scaled = Scale(weights[i], light);
            products.Add(scaled * Math.ScaleB(u[i], power));
            sum.Add(scaled);
        }
        Pair mean = products.Value / sum.Value;
        int heavy = -1;
        ExactSum others = new();
        for (int i = 0; i < y.Length; i++)
        {
            target[i] = weights[i].High.Value == 0 ? 0 : Scale(weights[i] * ((Pair)Math.ScaleB(u[i], power) - mean), -power);
            if (2 * Scale(weights[i], light).High.Value > sum.Value.High.Value)
                heavy = i;
            else
                others.Add(target[i]);
        }
        // Of one that outweighs all others, the mean is nearly its own; but the gradients sum to 0.
        if (heavy >= 0 && double.IsFinite(others.Value.High.Value))
            target[heavy] = 0 - others.Value; // and no -0
    }

    private static Pair Scale(Pair x, int power) => new(Math.ScaleB(x.High.Value, power), Math.ScaleB(x.Low.Value, power));
}
