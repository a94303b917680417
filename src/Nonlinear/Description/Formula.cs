using Nonlinear.Numerics;
using Nonlinear.Symbols;

namespace Nonlinear;

/// <summary>A formula in three notations. Those of elementwise functions are derived from the code that computes them.</summary>
/// <param name="Text">Plain text in Unicode: <c>f(x) = x·σ(βx)</c>.</param>
/// <param name="Latex">LaTeX for mathematics mode.</param>
/// <param name="MathML">A whole <c>math</c> element for HTML.</param>
public sealed record Formula(string Text, string Latex, string MathML)
{
    /// <summary>The formula as plain text.</summary>
    public override string ToString() => Text;

    /// <summary>f(x) = …</summary>
    internal static Formula Forward<F>()
        where F : struct, IElementwise<F> =>
        Of(notation => notation.Applied("f", 0), F.Forward(new Expression(Symbol.X), Parameters<F>()));

    /// <summary>f′(x) = …</summary>
    internal static Formula Derivative<F>()
        where F : struct, IElementwise<F> =>
        Of(notation => notation.Applied("f", 1), F.Derivative(new Expression(Symbol.X), Parameters<F>()));

    /// <summary>∂f/∂θ = … for each parameter.</summary>
    internal static IReadOnlyList<Formula> ByParameter<F>()
        where F : struct, IElementwise<F>
    {
        Parameters<Expression> p = Parameters<F>();
        Dual<Expression> x = Dual<Expression>.Constant(new Expression(Symbol.X));
        return [.. F.Info.Parameters.Select((parameter, index) =>
            Of(notation => notation.Partial("f", Letter(parameter)), F.Forward(x, Dual<Expression>.VariableAt(index, p)).Tangent))];
    }

    private static Formula Of(Func<Notation, string> left, Expression right)
    {
        Node[] sides = Definitions.Of(right.Node) is { } definition ? [right.Node, definition] : [right.Node];
        return new(
            Notation.Text.Equation(left(Notation.Text), sides),
            Notation.LaTeX.Equation(left(Notation.LaTeX), sides),
            Notation.MathML.Equation(left(Notation.MathML), sides));
    }

    private static Parameters<Expression> Parameters<F>()
        where F : struct, IElementwise<F>
    {
        Expression[] letters = [.. F.Info.Parameters.Select(parameter => new Expression(Letter(parameter))), 0, 0, 0, 0];
        return new(letters[0], letters[1], letters[2], letters[3]);
    }

    private static Symbol Letter(Parameter parameter) => new(parameter.Symbol, Symbols.Latex.Letter(parameter.Symbol), Symbol.Parameter);
}
