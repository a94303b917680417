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

    /// <summary>f(g, v) = …</summary>
    public static Formula Gated<G>()
        where G : struct, IGated<G> => Gated(G.Gate(GateInput, Parameters(G.Info)), G.Value(ValueInput, Parameters(G.Info)));

    /// <summary>∂f/∂g = … and ∂f/∂v = …</summary>
    public static Formula GatedDerivatives<G>()
        where G : struct, IGated<G>
    {
        Parameters<Expression> p = Parameters(G.Info);
        return Slopes(
            G.GateDerivative(GateInput, p) * G.Value(ValueInput, p), G.Gate(GateInput, p) * G.ValueDerivative(ValueInput, p));
    }

    /// <summary>f(g, v) = … for the value times a function of the gate.</summary>
    public static Formula GatedBy(ElementwiseActivation gate) => Gated(gate.Evaluate(GateInput), ValueInput);

    /// <summary>∂f/∂g = … and ∂f/∂v = … of the same.</summary>
    public static Formula GatedDerivativesBy(ElementwiseActivation gate) =>
        Slopes(gate.EvaluateDerivative(GateInput) * ValueInput, gate.Evaluate(GateInput));

    private static Expression GateInput => new(Symbol.Letter("g", Symbol.Variable));

    private static Expression ValueInput => new(Symbol.Letter("v", Symbol.Variable));

    private static Formula Gated(Expression gateFactor, Expression valueFactor) =>
        Of(Algebra.Call("f", "f", GateInput.Node, ValueInput.Node), gateFactor * valueFactor);

    private static Formula Slopes(Expression byGate, Expression byValue)
    {
        Symbol f = Symbol.Letter("f", Symbol.Variable);
        return Formula.Of(
            new Equation(new Partial(f, GateInput.Node), byGate.Node), new Equation(new Partial(f, ValueInput.Node), byValue.Node));
    }

    private static Expression Input<F>(Symbol index)
        where F : struct, IAlongAxis<F> => F.Negates ? -new Expression(Symbol.X.At(index)) : new(Symbol.X.At(index));

    private static Symbol I { get; } = Symbol.Letter("i", Symbol.Variable);

    private static Symbol J { get; } = Symbol.Letter("j", Symbol.Variable);

    private static Formula Of(Node left, Expression right) =>
        Formula.Of(
            Definitions.Of(right.Node) is { } definition ? new Equation(left, right.Node, definition) : new Equation(left, right.Node));

    private static Parameters<Expression> Parameters<F>()
        where F : struct, IElementwise<F> => Parameters(F.Info);

    private static Parameters<Expression> Parameters(ActivationInfo info)
    {
        Expression[] letters = [.. info.Parameters.Select(parameter => new Expression(Letter(parameter))), 0, 0, 0, 0];
        return new(letters[0], letters[1], letters[2], letters[3]);
    }

    private static Symbol Letter(ParameterInfo parameter) => Symbol.Letter(parameter.Symbol, Symbol.Parameter);
}
