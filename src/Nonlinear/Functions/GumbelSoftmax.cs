using System.Runtime.CompilerServices;
using Nonlinear.Numerics;
using Nonlinear.Symbols;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>
/// Gumbel-softmax: softmax of the inputs with Gumbel noise, at a temperature τ; a sample from the classes whose probabilities are the
/// softmax of the inputs, through which a gradient can pass.
/// </summary>
public static class GumbelSoftmax
{
    // As far as all whole numbers are doubles.
    private const double LargestSeed = 1L << 53;

    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("gumbel_softmax", "Gumbel-softmax")
    {
        Source = "E. Jang, S. Gu, B. Poole, Categorical Reparameterization with Gumbel-Softmax, 2016, arXiv:1611.01144; "
            + "C. Maddison, A. Mnih, Y. Teh, The Concrete Distribution, 2016, arXiv:1611.00712",
        Family = ActivationFamily.AlongAxis,
        Parameters =
        [
            new("tau", "τ", 1) { Minimum = 1e-6, Examples = [0.5, 1, 5] },
            new("hard", "hard", 0) { Minimum = 0, Maximum = 1, Integer = true },
            new("seed", "seed", 0) { Minimum = 0, Maximum = LargestSeed, Integer = true },
        ],
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
        DerivativeFromOutputWhen = values => values[1] == 0,
    };

    /// <summary>The formula, as it is shown.</summary>
    public static Formula Formula { get; } = MakeFormula();

    /// <summary>The formula of the Jacobian's elements, as it is shown.</summary>
    public static Formula DerivativeFormula { get; } = Formula.Of(new Equation(
        new Partial(Symbol.Y.At(I), Symbol.X.At(J)),
        Algebra.Divide(
            Algebra.Multiply(Symbol.Y.At(I), Algebra.Add(Delta.At(I, J), Algebra.Negate(Symbol.Y.At(J)))),
            Symbol.Letter("τ", Symbol.Parameter))));

    /// <summary>
    /// The noise of a seed, -log(-log u), each number rounded once: standard Gumbel numbers, of mean 0.5772 and variance π²/6.
    /// </summary>
    /// <remarks>
    /// u are the numbers of Philox 4×32-10 whose key is the seed and whose counter is the number of the element: the first two words, as
    /// the bits above 2⁻⁵³ of an odd multiple of it. They are the same on any processor and in any order.
    /// </remarks>
    /// <param name="seed">The seed.</param>
    /// <param name="first">The number of the first element: that of place k of vector v of length n is v · n + k.</param>
    /// <param name="noise">Receives the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The seed or the number is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Noise(long seed, long first, Span<double> noise)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        for (int i = 0; i < noise.Length; i++)
        {
            double u = Philox.Uniform((ulong)seed, (ulong)(first + i));
            noise[i] = -PreciseElementary.Log(-PreciseElementary.Log1p(Pair.Sum(u, -1))).High.Value;
        }
    }

    private static Formula MakeFormula()
    {
        Node Scaled(Node index) => new Symbols.Exponential(Algebra.Divide(
            Algebra.Add(Symbol.X.At(index), Symbol.Letter("g", Symbol.Variable).At(index)), Symbol.Letter("τ", Symbol.Parameter)));
        Symbol uniform = Symbol.Letter("u", Symbol.Variable);
        return Formula.Of(
            new Equation(Symbol.Y.At(I), Algebra.Divide(Scaled(I), Over.Sum(J, Scaled(J)))),
            new Equation(Symbol.Letter("g", Symbol.Variable).At(I), Algebra.Negate(Log(Algebra.Negate(Log(uniform.At(I)))))));
    }

    private static Call Log(Node of) => Algebra.Call("log", @"\log", of);

    private static Symbol I => Symbol.Letter("i", Symbol.Variable);
    private static Symbol J => Symbol.Letter("j", Symbol.Variable);
    private static Symbol Delta => Symbol.Letter("δ", Symbol.Parameter);
}

public partial class Activation
{
    /// <summary>Softmax of the inputs with the Gumbel noise of a seed, at a temperature.</summary>
    /// <remarks>
    /// The same seed gives the same noise at every call, so take another for every step of a training. The noise depends on an element's
    /// vector and its place in it, counted through the tensor, and not on its value.
    /// </remarks>
    /// <param name="tau">τ, the temperature: near 0 the outputs are nearly 0 and 1, far above 1 nearly equal.</param>
    /// <param name="hard">
    /// Whether the output is 1 at the largest and 0 elsewhere. The gradient is that of the soft outputs all the same (straight through).
    /// </param>
    /// <param name="seed">The seed of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is below 10⁻⁶ or not finite, or the seed is negative or above 2⁵³.</exception>
    public static AxisActivation GumbelSoftmax(double tau = 1, bool hard = false, long seed = 0) =>
        AxisActivation.CreateGumbel([tau, hard ? 1 : 0, seed]);
}
