using Nonlinear.Symbols;
using Pair = Nonlinear.Numerics.DoubleDouble<Nonlinear.Numerics.DoubleLanes1<Nonlinear.Numerics.Unchecked>>;

namespace Nonlinear;

/// <summary>Hardmax: 1 at the first of the largest inputs, 0 elsewhere; softmax at temperature 0.</summary>
public readonly struct Hardmax : IOfVector<Hardmax>
{
    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("hardmax", "Hardmax")
    {
        Source = "ONNX, operator Hardmax, 2017",
        Family = ActivationFamily.AlongAxis,
        Aliases = ["argmax_one_hot"],
        Kinks = [0],
        Smoothness = -1,
        AtPlusInfinity = 1,
        DerivativeFromOutput = true,
    };

    static double IOfVector<Hardmax>.DoubleUlps => 0.5;

    static bool IOfVector<Hardmax>.TakesInfinities => true;

    static Formula IOfVector<Hardmax>.Formula { get; } = Formula.Of(new Equation(
        Symbol.Y.At(I),
        new Cases(
            new Worded("xᵢ is the first largest", new(I, '=', First)),
            new Number(1),
            new Number(0))));

    static Formula IOfVector<Hardmax>.DerivativeFormula { get; } =
        Formula.Of(new Equation(new Partial(Symbol.Y.At(I), Symbol.X.At(J)), new Number(0)));

    static void IOfVector<Hardmax>.Forward(ReadOnlySpan<double> x, Span<Pair> y, ReadOnlySpan<double> parameters)
    {
        int first = 0;
        for (int i = 1; i < x.Length; i++)
        {
            if (x[i] > x[first])
                first = i;
        }
        y.Fill(0);
        y[first] = 1;
    }

    // A step: 0 wherever there is a derivative, and by convention where two inputs are equally large.
    static void IOfVector<Hardmax>.Product(
        ReadOnlySpan<Pair> y, ReadOnlySpan<double> u, Span<Pair> target, ReadOnlySpan<double> parameters) => target.Fill(0);

    private static Symbol I => Symbol.Letter("i", Symbol.Variable);
    private static Symbol J => Symbol.Letter("j", Symbol.Variable);
    private static Symbol K => Symbol.Letter("k", Symbol.Variable);
    private static Call First => Algebra.Call("min", @"\min", new Those(J, new(Symbol.X.At(J), '=', Largest)));
    private static Over Largest => Over.Max(K, Symbol.X.At(K));
}

public partial class Activation
{
    /// <summary>1 at the first of the largest inputs of a vector, 0 elsewhere; the gradient is 0.</summary>
    public static AxisActivation Hardmax() => AxisActivation.CreateOfVector<Hardmax>([]);
}
