using Nonlinear.Symbols;

namespace Nonlinear;

/// <summary>CReLU: ReLU of the inputs and, behind it, ReLU of the inputs with their signs changed.</summary>
public static class Crelu
{
    /// <summary>What is known about the function.</summary>
    public static ActivationInfo Info { get; } = new("crelu", "CReLU")
    {
        Source = "W. Shang, K. Sohn, D. Almeida, H. Lee, Understanding and Improving Convolutional Neural Networks via Concatenated "
            + "Rectified Linear Units, 2016, arXiv:1603.05201",
        Family = ActivationFamily.AlongAxis,
        Aliases = ["concatenated_relu"],
        Kinks = [0],
        Smoothness = 0,
        FigureRange = (-4, 4),
    };

    /// <summary>The formula, as it is shown.</summary>
    public static Formula Formula { get; } = Formula.Of(
        new Equation(Symbol.Y.At(I), PositivePart(X)),
        new Equation(Symbol.Y.At(new Symbol("n+", "n+", Symbol.Variable), I), PositivePart(Algebra.Negate(X))));

    /// <summary>The formula of the derivative, as it is shown.</summary>
    public static Formula DerivativeFormula { get; } = Formula.Of(
        new Equation(new Partial(Symbol.Y.At(I), X), Where('>', 1)),
        new Equation(new Partial(Symbol.Y.At(new Symbol("n+", "n+", Symbol.Variable), I), X), Where('<', -1)));

    private static Symbol I => Symbol.Letter("i", Symbol.Variable);
    private static Node X => Symbol.X.At(I);

    private static Call PositivePart(Node of) => Algebra.Call("max", @"\max", of, new Number(0));

    private static Cases Where(char sign, int value) => new(new Relation(X, sign, new Number(0)), new Number(value), new Number(0));
}

public partial class Activation
{
    /// <summary>ReLU of the inputs, and ReLU of the inputs with their signs changed: twice as many outputs as inputs.</summary>
    public static WidenedActivation Crelu() => WidenedActivation.Create();
}
