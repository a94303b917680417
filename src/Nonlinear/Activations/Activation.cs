using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// An activation function with its parameters fixed: forward, derivative and backward over spans of <see cref="float"/>,
/// <see cref="double"/>, <see cref="System.Half"/> and <see cref="BFloat16"/>. Instances are immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// <para>Shapes: an elementwise function takes spans of equal length. A function along an axis (softmax) takes a span as one vector,
/// or a shape and an axis. A pooled one (maxout) gives fewer outputs than it takes inputs.</para>
/// <para>Aliasing: input and output may be the same span; spans that overlap in part are refused.</para>
/// <para>Bits: a result depends on nothing but its own input. The width of the processor's vectors, the position in the span and its
/// length change nothing, nor does the number of threads.</para>
/// <para>Threads: a call stays on the caller's thread, unless <see cref="Parallel"/> or <see cref="OnThreads"/> was asked for.</para>
/// <para>Error: float, Half and BFloat16 are correctly rounded, double is within 1 ulp (functions along an axis: 0.501 and 2 ulp), forward and
/// derivative; see <see cref="Guarantee"/>. Backward rounds the product dy · f′(x) once.</para>
/// </remarks>
public abstract partial class Activation
{
    private Activation? _parallel;

    private protected Activation(ActivationInfo info, IReadOnlyList<double> parameterValues)
    {
        Info = info;
        ParameterValues = parameterValues;
    }

    /// <summary>What is known about the function.</summary>
    public ActivationInfo Info { get; }

    /// <summary>The parameters, in the order of <see cref="ActivationInfo.Parameters"/>.</summary>
    public IReadOnlyList<double> ParameterValues { get; }

    /// <summary>How results are computed.</summary>
    public virtual Tier Tier => Tier.Exact;

    /// <summary>The same function, with the same parameters, in the fast tier; one that has no faster form is its own.</summary>
    public virtual Activation Fast => this;

    /// <summary>The same function, with the same parameters, in the exact tier.</summary>
    public virtual Activation Exact => this;

    /// <summary>The same function, with the same parameters, in a tier.</summary>
    public Activation In(Tier tier) => tier == Tier.Fast ? Fast : Exact;

    /// <summary>How many threads at most work on a call, the caller's among them.</summary>
    public virtual int Threads => 1;

    /// <summary>The same function, with the same bits, whose long calls use all cores: <see cref="OnThreads"/> with their number.</summary>
    public virtual Activation Parallel => _parallel ??= OnThreads(Environment.ProcessorCount);

    /// <summary>The same function, with the same bits, whose long calls are divided among threads.</summary>
    /// <remarks>
    /// <para>It pays from some 30,000 elements on for functions that compute much, less for those that wait for memory (ReLU), and not where
    /// all cores are busy already. Shorter calls run on the caller's thread, as do single vectors of softmax and gradients by parameters,
    /// whose sums have an order.</para>
    /// <para>The caller's thread works too, and others of the thread pool help as they become free: a call never waits for one that is not at
    /// work for it, so it may be made from anywhere, also from a thread of the pool. When it returns, or throws, no other thread touches
    /// its spans any more. It allocates a small object.</para>
    /// </remarks>
    /// <param name="count">How many threads at most work on a call, the caller's among them; 1 is the caller's alone, the default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public abstract Activation OnThreads(int count);

    /// <summary>The function's formula.</summary>
    public abstract Formula Formula { get; }

    /// <summary>The derivative's formula; for a function of a vector, that of the Jacobian's elements.</summary>
    public abstract Formula DerivativeFormula { get; }

    /// <summary>What else there is to show: the gradients by the parameters, the affine form of maxout.</summary>
    public virtual IReadOnlyList<NamedFormula> FurtherFormulas => [];

    /// <summary>Finds a function by name or alias, with parameters if any: <c>gelu</c>, <c>Swish(beta=1.5)</c>, <c>gelu(approximate=tanh)</c>.</summary>
    /// <exception cref="FormatException">No function or parameter has that name, or the text is malformed; the message says what would do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Activation Parse(string text) => Catalog.Parse(text);

    /// <summary>The canonical spelling, which <see cref="Parse"/> reads back: <c>swish(beta=1.5)</c>; parameters at their defaults are left out.</summary>
    public override string ToString()
    {
        IEnumerable<string> set = Info.Parameters.Zip(ParameterValues)
            .Where(pair => pair.First.Default != pair.Second)
            .Select(pair => FormattableString.Invariant($"{pair.First.Name}={pair.Second:R}"));
        string arguments = string.Join(", ", set);
        return arguments.Length == 0 ? Info.Name : $"{Info.Name}({arguments})";
    }

    internal abstract KernelsByType Kernels { get; }

    /// <summary>Computes y = f(x) for every element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or two spans overlap without being the same; nothing has been written.</exception>
    public void Forward(ReadOnlySpan<float> x, Span<float> y) => Kernels.Float.Forward(x, y);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float})"/>
    public void Forward(ReadOnlySpan<double> x, Span<double> y) => Kernels.Double.Forward(x, y);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float})"/>
    public void Forward(ReadOnlySpan<Half> x, Span<Half> y) => Kernels.Half.Forward(x, y);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float})"/>
    public void Forward(ReadOnlySpan<BFloat16> x, Span<BFloat16> y) => Kernels.BFloat16.Forward(x, y);

    /// <summary>Computes f′(x) for every element. At a kink it is the slope on the left, at ±∞ the limit.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="derivative">Receives the derivatives; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or two spans overlap without being the same; nothing has been written.</exception>
    /// <exception cref="NotSupportedException">The function has no such operation; the message says which to use.</exception>
    public void Derivative(ReadOnlySpan<float> x, Span<float> derivative) => Kernels.Float.Derivative(x, derivative);

    /// <inheritdoc cref="Derivative(ReadOnlySpan{float}, Span{float})"/>
    public void Derivative(ReadOnlySpan<double> x, Span<double> derivative) => Kernels.Double.Derivative(x, derivative);

    /// <inheritdoc cref="Derivative(ReadOnlySpan{float}, Span{float})"/>
    public void Derivative(ReadOnlySpan<Half> x, Span<Half> derivative) => Kernels.Half.Derivative(x, derivative);

    /// <inheritdoc cref="Derivative(ReadOnlySpan{float}, Span{float})"/>
    public void Derivative(ReadOnlySpan<BFloat16> x, Span<BFloat16> derivative) => Kernels.BFloat16.Derivative(x, derivative);

    /// <summary>Computes f″(x) for every element.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="curvature">Receives the second derivatives; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or two spans overlap without being the same; nothing has been written.</exception>
    /// <exception cref="NotSupportedException">The function has no such operation; the message says which to use.</exception>
    public void Curvature(ReadOnlySpan<float> x, Span<float> curvature) => Kernels.Float.Curvature(x, curvature);

    /// <inheritdoc cref="Curvature(ReadOnlySpan{float}, Span{float})"/>
    public void Curvature(ReadOnlySpan<double> x, Span<double> curvature) => Kernels.Double.Curvature(x, curvature);

    /// <inheritdoc cref="Curvature(ReadOnlySpan{float}, Span{float})"/>
    public void Curvature(ReadOnlySpan<Half> x, Span<Half> curvature) => Kernels.Half.Curvature(x, curvature);

    /// <inheritdoc cref="Curvature(ReadOnlySpan{float}, Span{float})"/>
    public void Curvature(ReadOnlySpan<BFloat16> x, Span<BFloat16> curvature) => Kernels.BFloat16.Curvature(x, curvature);

    /// <summary>Carries a gradient back through the function: dx = dy · f′(x), or dy times the Jacobian where outputs depend on several inputs.</summary>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or two spans overlap without being the same; nothing has been written.</exception>
    /// <exception cref="NotSupportedException">The function has no such operation; the message says which to use.</exception>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => Kernels.Float.Backward(x, dy, dx);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> dx) => Kernels.Double.Backward(x, dy, dx);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void Backward(ReadOnlySpan<Half> x, ReadOnlySpan<Half> dy, Span<Half> dx) => Kernels.Half.Backward(x, dy, dx);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void Backward(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> dy, Span<BFloat16> dx) => Kernels.BFloat16.Backward(x, dy, dx);

    /// <summary>Carries a gradient back through the function by way of the saved outputs, so that the inputs need not be kept.</summary>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="y"/> or <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or two spans overlap without being the same; nothing has been written.</exception>
    /// <exception cref="NotSupportedException">The function has no such operation; the message says which to use.</exception>
    public void BackwardFromOutput(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Kernels.Float.BackwardFromOutput(y, dy, dx);

    /// <inheritdoc cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void BackwardFromOutput(ReadOnlySpan<double> y, ReadOnlySpan<double> dy, Span<double> dx) => Kernels.Double.BackwardFromOutput(y, dy, dx);

    /// <inheritdoc cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void BackwardFromOutput(ReadOnlySpan<Half> y, ReadOnlySpan<Half> dy, Span<Half> dx) => Kernels.Half.BackwardFromOutput(y, dy, dx);

    /// <inheritdoc cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void BackwardFromOutput(ReadOnlySpan<BFloat16> y, ReadOnlySpan<BFloat16> dy, Span<BFloat16> dx) => Kernels.BFloat16.BackwardFromOutput(y, dy, dx);
}
