using Nonlinear.Numerics;
using Nonlinear.Symbols;

namespace Nonlinear;

/// <summary>Formulas of functions and derivatives, from the very code that computes them.</summary>
internal static class FormulaFromCode
{
    /// <summary>f(x) = …</summary>
    public static Formula Forward<F>()
        where F : struct, IElementwise<F> =>
        Of(new Applied("f", 0), F.Forward(new Expression(Symbol.X), Parameters<F>()));

    /// <summary>f′(x) = …</summary>
    public static Formula Derivative<F>()
        where F : struct, IElementwise<F> =>
        Of(new Applied("f", 1), F.Derivative(new Expression(Symbol.X), Parameters<F>()));

    /// <summary>∂f/∂θ = … for each parameter.</summary>
    public static IReadOnlyList<Formula> ByParameter<F>()
        where F : struct, IElementwise<F>
    {
        Parameters<Expression> p = Parameters<F>();
        Expression x = new(Symbol.X);
        Symbol f = Symbol.Letter("f", Symbol.Variable);
        return [.. F.Info.Parameters.Select((parameter, index) =>
            Of(new Partial(f, Letter(parameter)), F.ParameterDerivative(index, x, p)))];
    }

    /// <summary>yᵢ = …</summary>
    public static Formula AlongAxis<F>()
        where F : struct, IAlongAxis<F>
    {
        // Shifting all inputs changes no output, so the formula shows none; the 1 of the largest is not in what the normalizer is given.
        Expression x = Input<F>(I), all = new(Over.Sum(J, Expression.Exp(Input<F>(J)).Node));
        return Of(Symbol.Y.At(I), F.Forward(x, Expression.Exp(x), F.Normalizer(all - 1)));
    }

    /// <summary>∂yᵢ/∂xⱼ = …: the product of the Jacobian with a tangent that is 1 at j and 0 elsewhere.</summary>
    public static Formula JacobianElement<F>()
        where F : struct, IAlongAxis<F>
    {
        Expression sum = F.TangentTerm<Expression>(new(Symbol.Y.At(J)), 1);
        Symbol delta = Symbol.Letter("δ", Symbol.Parameter);
        Expression element = F.Tangent(new(Symbol.Y.At(I)), new Expression(delta.At(I, J)), sum);
        return Of(new Partial(Symbol.Y.At(I), Symbol.X.At(J)), F.Negates ? -element : element);
    }

    private static Expression Input<F>(Symbol index)
        where F : struct, IAlongAxis<F> => F.Negates ? -new Expression(Symbol.X.At(index)) : new(Symbol.X.At(index));

    private static Symbol I { get; } = Symbol.Letter("i", Symbol.Variable);

    private static Symbol J { get; } = Symbol.Letter("j", Symbol.Variable);

    private static Formula Of(Node left, Expression right) =>
        Formula.Of(
            Definitions.Of(right.Node) is { } definition ? new Equation(left, right.Node, definition) : new Equation(left, right.Node));

    private static Parameters<Expression> Parameters<F>()
        where F : struct, IElementwise<F>
    {
        Expression[] letters = [.. F.Info.Parameters.Select(parameter => new Expression(Letter(parameter))), 0, 0, 0, 0];
        return new(letters[0], letters[1], letters[2], letters[3]);
    }

    private static Symbol Letter(ParameterInfo parameter) => Symbol.Letter(parameter.Symbol, Symbol.Parameter);
}
