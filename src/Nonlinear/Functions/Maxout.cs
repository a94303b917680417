using Nonlinear.Symbols;

namespace Nonlinear;

/// <summary>Maxout: the largest of K pieces, each usually an affine function of the layer's input with weights of its own.</summary>
public static class Maxout
{
    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("maxout", "Maxout")
    {
        Family = ActivationFamily.Tutorial,
        Source = "I. Goodfellow, D. Warde-Farley, M. Mirza, A. Courville, Y. Bengio, Maxout Networks, 2013, arXiv:1302.4389",
        Parameters =
        [
            new("pieces", "K", 2)
            {
                Minimum = 2,
                Maximum = 65536,
                Integer = true,
                Examples = [2, 3, 5],
            },
        ],
        Kinks = [0],
        Smoothness = 0,
        AtMinusInfinity = double.NegativeInfinity,
        FigureRange = (-4, 4),
    };

    internal static PooledActivation Create(ReadOnlySpan<double> parameterValues) =>
        PooledActivation.Create(typeof(Maxout), Info, Formula, DerivativeFormula, AffineFormulas, parameterValues);

    /// <summary>The formula, as it is shown.</summary>
    public static Formula Formula { get; } = Formula.Of(new Equation(
        Y,
        Algebra.Call("max", @"\max", X.At(new Number(1)), Symbol.Dots, X.At(Symbol.Letter("K", Symbol.Parameter)))));

    /// <summary>The formula of the derivative, as it is shown.</summary>
    public static Formula DerivativeFormula { get; } = Formula.Of(new Equation(
        new Partial(Y, X.At(K)),
        new Cases(
            new Worded("xₖ is the first largest", new(K, '=', Algebra.Call("min", @"\min", new Those(J, new(X.At(J), '=', Y))))),
            new Number(1),
            new Number(0))));

    // Over affine pieces, where the weights learn; k is the piece that won.
    private static IReadOnlyList<NamedFormula> AffineFormulas { get; } =
    [
        new(FormulaKind.AffineForm, Formula.Of(new Equation(Y, Over.Max(K, Algebra.Add(Algebra.Multiply(X, Weights), Bias))))),
        NamedFormula.Gradient("x", Formula.Of(new Equation(new Partial(Y, X), Winning(Weights, "of the winning k")))),
        NamedFormula.Gradient("Wₖ, bₖ", Formula.Of(
            new Equation(new Partial(Y, Weights), X),
            new Equation(new Partial(Y, Bias), Winning(new Number(1), "for the winning k, else 0")))),
    ];

    private static Symbol X => Symbol.X;
    private static Symbol Y => Symbol.Y;
    private static Symbol J => Symbol.Letter("j", Symbol.Variable);
    private static Symbol K => Symbol.Letter("k", Symbol.Variable);
    private static Indexed Weights => Symbol.Letter("W", Symbol.Variable).At(K);
    private static Indexed Bias => Symbol.Letter("b", Symbol.Variable).At(K);

    private static Qualified Winning(Node value, string words) =>
        new(value, new(words, new(K, '=', new Symbol("argmax", @"\operatorname{argmax}", Symbol.Variable))));
}

public partial class Activation
{
    /// <summary>The largest of each group of channels.</summary>
    /// <param name="pieces">K, the number of channels that become one.</param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 2.</exception>
    public static PooledActivation Maxout(int pieces = 2) => Nonlinear.Maxout.Create([pieces]);
}
