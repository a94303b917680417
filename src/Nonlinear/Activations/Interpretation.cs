using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>
/// A function with its parameters fixed, open to any number: it hides which function it is, not what it is evaluated over.
/// </summary>
internal abstract class Interpretation
{
    private readonly Lazy<Formula> _formula, _derivativeFormula;
    private readonly Lazy<IReadOnlyList<Formula>> _parameterFormulas;

    private protected Interpretation(Func<Formula> formula, Func<Formula> derivative, Func<IReadOnlyList<Formula>> byParameter) =>
        (_formula, _derivativeFormula, _parameterFormulas) = (new(formula), new(derivative), new(byParameter));

    /// <summary>The type that holds the formula.</summary>
    public abstract Type Function { get; }

    public abstract ActivationInfo Info { get; }

    /// <summary>Whether the function was judged on every float, with its default parameters.</summary>
    public abstract bool EveryFloatIsJudged { get; }

    public Formula Formula => _formula.Value;

    public Formula DerivativeFormula => _derivativeFormula.Value;

    public IReadOnlyList<Formula> ParameterFormulas => _parameterFormulas.Value;

    public abstract V Forward<V>(V x)
        where V : struct, IReal<V>;

    /// <summary>The same, in the form that keeps its digits where the formula's terms cancel.</summary>
    public abstract V ForwardWithSeries<V>(V x)
        where V : struct, IReal<V>;

    public abstract V Derivative<V>(V x)
        where V : struct, IReal<V>;

    /// <summary>The function's kernels in the exact tier.</summary>
    public abstract KernelsByType MakeKernels();
}

/// <inheritdoc/>
internal sealed class Interpretation<F>(ParameterSet parameters)
    : Interpretation(FormulaFromCode.Forward<F>, FormulaFromCode.Derivative<F>, FormulaFromCode.ByParameter<F>)
    where F : struct, IElementwise<F>
{
    public override Type Function => typeof(F);

    public override ActivationInfo Info => F.Info;

    public override bool EveryFloatIsJudged => F.EveryFloatIsJudged;

    public override V Forward<V>(V x) => F.Forward(x, parameters.As<V>());

    public override V ForwardWithSeries<V>(V x) => F.ForwardWithSeries(x, parameters.As<V>());

    public override V Derivative<V>(V x) => F.Derivative(x, parameters.As<V>());

    public override KernelsByType MakeKernels() => new(
        new ElementwiseKernel<F, float, FloatRunner>(parameters),
        new ElementwiseKernel<F, double, DoubleRunner>(parameters),
        new SixteenBitKernel<F, Half, HalfConversion>(parameters),
        new SixteenBitKernel<F, BFloat16, BFloat16Conversion>(parameters));
}
