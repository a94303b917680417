using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>An activation function of one number, y = f(x; θ), applied to every element by itself.</summary>
public sealed partial class ElementwiseActivation : Activation
{
    private readonly KernelsByType _kernels;
    private readonly Interpretation _interpretation;
    private readonly Lazy<Formula> _formula, _derivativeFormula;
    private readonly Lazy<IReadOnlyList<Formula>> _parameterFormulas;
    private readonly Lazy<ElementwiseActivation>? _fast;
    private readonly ElementwiseActivation? _exact, _onOneThread;

    private ElementwiseActivation(
        ActivationInfo info,
        double[] parameterValues,
        KernelsByType kernels,
        Interpretation interpretation,
        Func<Formula> formula,
        Func<Formula> derivativeFormula,
        Func<IReadOnlyList<Formula>> parameterFormulas,
        Func<Kernel<float>> fast)
        : base(info, parameterValues)
    {
        _kernels = kernels;
        _interpretation = interpretation;
        _formula = new(formula);
        _derivativeFormula = new(derivativeFormula);
        _parameterFormulas = new(parameterFormulas);
        _fast = new(() => new(this, fast()));
    }

    private ElementwiseActivation(ElementwiseActivation exact, Kernel<float> fast)
        : base(exact.Info, exact.ParameterValues)
    {
        _kernels = exact._kernels with { Float = fast };
        _interpretation = exact._interpretation;
        _formula = exact._formula;
        _derivativeFormula = exact._derivativeFormula;
        _parameterFormulas = exact._parameterFormulas;
        _exact = exact;
    }

    private ElementwiseActivation(ElementwiseActivation onOneThread, int threads)
        : base(onOneThread.Info, onOneThread.ParameterValues)
    {
        _kernels = onOneThread._kernels.OnThreads(threads);
        _interpretation = onOneThread._interpretation;
        _formula = onOneThread._formula;
        _derivativeFormula = onOneThread._derivativeFormula;
        _parameterFormulas = onOneThread._parameterFormulas;
        _onOneThread = onOneThread;
        if (onOneThread._exact is { } exact)
            _exact = exact.OnThreads(threads);
        else
            _fast = new(() => onOneThread.Fast.OnThreads(threads));
        Threads = threads;
    }

    /// <inheritdoc/>
    public override Tier Tier => _exact is null ? Tier.Exact : Tier.Fast;

    /// <inheritdoc/>
    public override ElementwiseActivation Fast => _fast?.Value ?? this;

    /// <inheritdoc/>
    public override ElementwiseActivation Exact => _exact ?? this;

    /// <inheritdoc/>
    public override int Threads { get; } = 1;

    /// <inheritdoc/>
    public override ElementwiseActivation Parallel => (ElementwiseActivation)base.Parallel;

    /// <inheritdoc/>
    public override ElementwiseActivation OnThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ElementwiseActivation onOneThread = _onOneThread ?? this;
        return count == Threads ? this : count == 1 ? onOneThread : new(onOneThread, count);
    }

    /// <inheritdoc/>
    public override Formula Formula => _formula.Value;

    /// <inheritdoc/>
    public override Formula DerivativeFormula => _derivativeFormula.Value;

    /// <summary>The derivative by each parameter.</summary>
    public IReadOnlyList<Formula> ParameterFormulas => _parameterFormulas.Value;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedFormula> FurtherFormulas =>
        [.. Info.Parameters.Zip(ParameterFormulas, (parameter, formula) => NamedFormula.Gradient(parameter.Symbol, formula))];

    internal override KernelsByType Kernels => _kernels;

    /// <summary>Makes an activation of a function, one of the catalogue's or your own.</summary>
    /// <typeparam name="F">The function.</typeparam>
    /// <param name="parameterValues">A value for each parameter; none at all for the defaults.</param>
    /// <exception cref="ArgumentException">The number of values is not that of the parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of its range; the message names the parameter.</exception>
    public static ElementwiseActivation Create<F>(params ReadOnlySpan<double> parameterValues)
        where F : struct, IElementwise<F>
    {
        if (F.Info.Parameters.Count > ParameterSet.Most)
            throw new ArgumentException($"{F.Info.Name} has {F.Info.Parameters.Count} parameters; a function has {ParameterSet.Most} at most.");
        double[] values = F.Info.Check(parameterValues);
        ParameterSet parameters = new(values);
        bool fromOutput = F.Info.DerivativeFromOutput && F.Info.DerivativeFromOutputWhen(values);
        KernelsByType kernels = new(
            new ElementwiseKernel<F, float, FloatRunner>(parameters, fromOutput),
            new ElementwiseKernel<F, double, DoubleRunner>(parameters, fromOutput),
            new SixteenBitKernel<F, Half, HalfConversion>(parameters, fromOutput),
            new SixteenBitKernel<F, BFloat16, BFloat16Conversion>(parameters, fromOutput));
        return new(
            F.Info,
            values,
            kernels,
            new Interpretation<F>(parameters),
            Formula.Forward<F>,
            Formula.Derivative<F>,
            Formula.ByParameter<F>,
            () => new ElementwiseKernel<F, float, FastFloatRunner>(parameters, fromOutput));
    }

    /// <summary>f(x) over a number of your own: the formula as it is written, in whatever arithmetic <typeparamref name="V"/> stands for.</summary>
    /// <typeparam name="V">The number.</typeparam>
    public V Evaluate<V>(V x)
        where V : struct, IReal<V> => _interpretation.Forward(x);

    /// <summary>f′(x) over a number of your own.</summary>
    /// <typeparam name="V">The number.</typeparam>
    public V EvaluateDerivative<V>(V x)
        where V : struct, IReal<V> => _interpretation.Derivative(x);

    /// <summary>f(x) for one number.</summary>
    public double Forward(double x)
    {
        double y = 0;
        Forward(new ReadOnlySpan<double>(in x), new Span<double>(ref y));
        return y;
    }

    /// <summary>f′(x) for one number.</summary>
    public double Derivative(double x)
    {
        double y = 0;
        Derivative(new ReadOnlySpan<double>(in x), new Span<double>(ref y));
        return y;
    }

    /// <summary>f″(x) for one number.</summary>
    public double Curvature(double x)
    {
        double y = 0;
        Curvature(new ReadOnlySpan<double>(in x), new Span<double>(ref y));
        return y;
    }
}
