using Nonlinear.Kernels;
using Nonlinear.Numerics;

namespace Nonlinear;

/// <summary>An activation function of one number, y = f(x; θ), applied to every element by itself.</summary>
public sealed partial class ElementwiseActivation : Activation
{
    private readonly Interpretation _interpretation;

    private ElementwiseActivation(
        Interpretation interpretation, double[] parameterValues, KernelsByType kernels, Func<Kernel<float>> fastFloats)
        : base(interpretation.Info, parameterValues, kernels, fastFloats) => _interpretation = interpretation;

    private ElementwiseActivation(ElementwiseActivation original, Tier tier, int threads)
        : base(original, tier, threads) => _interpretation = original._interpretation;

    /// <inheritdoc/>
    public override ElementwiseActivation Fast => In(Tier.Fast);

    /// <inheritdoc/>
    public override ElementwiseActivation Exact => In(Tier.Exact);

    /// <inheritdoc/>
    public override ElementwiseActivation Parallel => OnThreads(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override Formula Formula => _interpretation.Formula;

    /// <inheritdoc/>
    public override Formula DerivativeFormula => _interpretation.DerivativeFormula;

    /// <summary>The derivative by each parameter.</summary>
    public IReadOnlyList<Formula> ParameterFormulas => _interpretation.ParameterFormulas;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedFormula> FurtherFormulas =>
        [.. Info.Parameters.Zip(ParameterFormulas, (parameter, formula) => NamedFormula.Gradient(parameter.Symbol, formula))];

    /// <summary>Whether the derivative follows from the output alone with these parameters, as BackwardFromOutput needs it.</summary>
    public bool HasDerivativeFromOutput => Info.DerivativeFromOutput && Info.DerivativeFromOutputWhen(ParameterValues);

    // Whether every float was judged, with these very parameters.
    internal bool EveryFloatIsJudged => _interpretation.EveryFloatIsJudged && Info.HasDefaults(ParameterValues);

    /// <summary>Makes an activation of a function, one of the catalogue's or your own.</summary>
    /// <typeparam name="F">The function.</typeparam>
    /// <param name="parameterValues">A value for each parameter; none at all for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The number of values is not that of the parameters, or the function has more than four.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A value is not finite or out of its range; the message names the parameter.
    /// </exception>
    public static ElementwiseActivation Create<F>(params ReadOnlySpan<double> parameterValues)
        where F : struct, IElementwise<F>
    {
        if (F.Info.Parameters.Count > ParameterSet.Most)
            throw new ArgumentException(
                $"{F.Info.Name} has {F.Info.Parameters.Count} parameters; a function has {ParameterSet.Most} at most.");
        double[] values = F.Info.Check(parameterValues);
        return F.Info.HasDefaults(values) ? Defaults<F>.Instance : Make<F>(values);
    }

    /// <inheritdoc/>
    public override ElementwiseActivation In(Tier tier) => (ElementwiseActivation)base.In(tier);

    /// <inheritdoc/>
    public override ElementwiseActivation OnThreads(int count) => (ElementwiseActivation)base.OnThreads(count);

    /// <summary>
    /// f(x) over a number of your own: the formula as it is written, in whatever arithmetic <typeparamref name="V"/> stands for.
    /// </summary>
    /// <typeparam name="V">The number.</typeparam>
    public V Evaluate<V>(V x)
        where V : struct, IReal<V> => _interpretation.Forward(x);

    /// <summary>
    /// f(x) over a number of your own, in a form that keeps its digits where the terms of the formula as it is written cancel.
    /// </summary>
    /// <typeparam name="V">The number.</typeparam>
    public V EvaluateKeepingDigits<V>(V x)
        where V : struct, IReal<V> => _interpretation.ForwardWithSeries(x);

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

    /// <summary>Computes f′(x) for every element. At ±∞ it is the limit.</summary>
    /// <remarks>
    /// At a kink it is the slope on the left, unless the function says otherwise: those that are held between bounds are flat at both, and
    /// |x| is flat at 0, as in other frameworks.
    /// </remarks>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="derivative">Receives the derivatives; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or the spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Derivative<T>(ReadOnlySpan<T> x, Span<T> derivative)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Elementwise<T>().Derivative(x, derivative);
    }

    /// <summary>Computes f″(x) for every element.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="curvature">Receives the second derivatives; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or the spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Curvature<T>(ReadOnlySpan<T> x, Span<T> curvature)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Elementwise<T>().Curvature(x, curvature);
    }

    /// <summary>Carries a gradient back through the function by way of the saved outputs, so that the inputs need not be kept.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="y"/> or <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, or two spans overlap without being the same; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// <see cref="HasDerivativeFromOutput"/> is false, or <typeparamref name="T"/> is another type; nothing has been written.
    /// </exception>
    public void BackwardFromOutput<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged
    {
        if (!HasDerivativeFromOutput)
            throw new NotSupportedException(
                $"The derivative of {Exact} does not follow from its output. Use Backward, which takes the inputs.");
        using Denormals kept = Denormals.Keep();
        Elementwise<T>().BackwardFromOutput(y, dy, dx);
    }

    // Kernels that no other activation uses, and that have looked up nothing yet.
    internal KernelsByType MakeKernels() => _interpretation.MakeKernels();

    private protected override Type Function => _interpretation.Function;

    private protected override ElementwiseActivation MakeVariant(Tier tier, int threads) => new(this, tier, threads);

    private static ElementwiseActivation Make<F>(double[] values)
        where F : struct, IElementwise<F>
    {
        ParameterSet parameters = F.Prepare(new(values));
        Interpretation<F> interpretation = new(parameters);
        return new(
            interpretation, values, interpretation.MakeKernels(), () => new ElementwiseKernel<F, float, FastFloatRunner>(parameters));
    }

    private ElementwiseKernel<T> Elementwise<T>()
        where T : unmanaged => (ElementwiseKernel<T>)Kernels.Of<T>();

    private static class Defaults<F>
        where F : struct, IElementwise<F>
    {
        public static readonly ElementwiseActivation Instance = Make<F>(F.Info.Check([]));
    }
}
