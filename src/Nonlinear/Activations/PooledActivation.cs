using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// An activation function that keeps one of several inputs, such as maxout: groups of <see cref="Pieces"/> neighbouring channels
/// become one.
/// </summary>
/// <remarks>The largest input wins, the first of them if several are equal; NaN wins over everything.</remarks>
public sealed class PooledActivation : Activation
{
    private readonly KernelsByType _kernels;
    private readonly PooledActivation? _onOneThread;

    private PooledActivation(ActivationInfo info, Formula formula, Formula derivativeFormula, IReadOnlyList<NamedFormula> furtherFormulas, double[] parameterValues)
        : base(info, parameterValues)
    {
        Formula = formula;
        DerivativeFormula = derivativeFormula;
        FurtherFormulas = furtherFormulas;
        Pieces = (int)parameterValues[0];
        _kernels = new(
            new MaxoutKernel<float, FloatConversion>(info.Name, Pieces),
            new MaxoutKernel<double, DoubleConversion>(info.Name, Pieces),
            new MaxoutKernel<Half, HalfConversion>(info.Name, Pieces),
            new MaxoutKernel<BFloat16, BFloat16Conversion>(info.Name, Pieces));
    }

    private PooledActivation(PooledActivation onOneThread, int threads)
        : base(onOneThread.Info, onOneThread.ParameterValues)
    {
        Formula = onOneThread.Formula;
        DerivativeFormula = onOneThread.DerivativeFormula;
        FurtherFormulas = onOneThread.FurtherFormulas;
        Pieces = onOneThread.Pieces;
        _kernels = onOneThread._kernels.OnThreads(threads);
        _onOneThread = onOneThread;
        Threads = threads;
    }

    /// <summary>The number of inputs that become one output.</summary>
    public int Pieces { get; }

    /// <inheritdoc/>
    public override int Threads { get; } = 1;

    /// <inheritdoc/>
    public override PooledActivation Parallel => (PooledActivation)base.Parallel;

    /// <inheritdoc/>
    public override PooledActivation OnThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        PooledActivation onOneThread = _onOneThread ?? this;
        return count == Threads ? this : count == 1 ? onOneThread : new(onOneThread, count);
    }

    /// <inheritdoc/>
    public override Formula Formula { get; }

    /// <inheritdoc/>
    public override Formula DerivativeFormula { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedFormula> FurtherFormulas { get; }

    internal override KernelsByType Kernels => _kernels;

    /// <summary>Makes an activation from what is known about it; its first parameter is the number of pieces.</summary>
    internal static PooledActivation Create(
        ActivationInfo info,
        Formula formula,
        Formula derivativeFormula,
        IReadOnlyList<NamedFormula> furtherFormulas,
        ReadOnlySpan<double> parameterValues) =>
        new(info, formula, derivativeFormula, furtherFormulas, info.Check(parameterValues));

    /// <summary>Keeps the largest of each group of channels, and which it was.</summary>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="y">Receives the outputs, in the same shape but for the axis, which is <see cref="Pieces"/> times shorter.</param>
    /// <param name="winners">Receives, for each output, which of its inputs it is, from 0.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis of the channels; PyTorch's is 1.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, the axis is no multiple of <see cref="Pieces"/>, or spans overlap; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, Span<int> winners, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.Float).Forward(x, y, winners, shape, axis);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float}, Span{int}, ReadOnlySpan{int}, int)"/>
    public void Forward(ReadOnlySpan<double> x, Span<double> y, Span<int> winners, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.Double).Forward(x, y, winners, shape, axis);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float}, Span{int}, ReadOnlySpan{int}, int)"/>
    public void Forward(ReadOnlySpan<Half> x, Span<Half> y, Span<int> winners, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.Half).Forward(x, y, winners, shape, axis);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float}, Span{int}, ReadOnlySpan{int}, int)"/>
    public void Forward(ReadOnlySpan<BFloat16> x, Span<BFloat16> y, Span<int> winners, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.BFloat16).Forward(x, y, winners, shape, axis);

    /// <summary>Hands each gradient to the input that won; the others get 0.</summary>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="winners">Which input won, as the forward pass told.</param>
    /// <param name="dx">Receives the gradient by the inputs.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis of the channels.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, the axis is no multiple of <see cref="Pieces"/>, or spans overlap; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<int> winners, Span<float> dx, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.Float).Backward(dy, winners, dx, shape, axis);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Backward(ReadOnlySpan<double> dy, ReadOnlySpan<int> winners, Span<double> dx, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.Double).Backward(dy, winners, dx, shape, axis);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Backward(ReadOnlySpan<Half> dy, ReadOnlySpan<int> winners, Span<Half> dx, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.Half).Backward(dy, winners, dx, shape, axis);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Backward(ReadOnlySpan<BFloat16> dy, ReadOnlySpan<int> winners, Span<BFloat16> dx, ReadOnlySpan<int> shape, int axis) =>
        Pooled(_kernels.BFloat16).Backward(dy, winners, dx, shape, axis);

    /// <summary>The affine form, y = max over k of x · Wₖ + bₖ, for every row of a batch.</summary>
    /// <param name="x">The inputs: batch × inputs.</param>
    /// <param name="weights">W: pieces × outputs × inputs.</param>
    /// <param name="biases">b: pieces × outputs.</param>
    /// <param name="y">Receives the outputs: batch × outputs.</param>
    /// <param name="winners">Receives which piece won for each output: batch × outputs.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or spans overlap; nothing has been written.</exception>
    public void ForwardAffine(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Span<float> y, Span<int> winners) =>
        Pooled(_kernels.Float).ForwardAffine(x, weights, biases, y, winners);

    /// <inheritdoc cref="ForwardAffine(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{int})"/>
    public void ForwardAffine(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, Span<double> y, Span<int> winners) =>
        Pooled(_kernels.Double).ForwardAffine(x, weights, biases, y, winners);

    /// <inheritdoc cref="ForwardAffine(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{int})"/>
    public void ForwardAffine(ReadOnlySpan<Half> x, ReadOnlySpan<Half> weights, ReadOnlySpan<Half> biases, Span<Half> y, Span<int> winners) =>
        Pooled(_kernels.Half).ForwardAffine(x, weights, biases, y, winners);

    /// <inheritdoc cref="ForwardAffine(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{int})"/>
    public void ForwardAffine(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> weights, ReadOnlySpan<BFloat16> biases, Span<BFloat16> y, Span<int> winners) =>
        Pooled(_kernels.BFloat16).ForwardAffine(x, weights, biases, y, winners);

    /// <summary>The gradients of the affine form: by the inputs, by W and by b.</summary>
    /// <param name="x">The inputs: batch × inputs.</param>
    /// <param name="weights">W: pieces × outputs × inputs.</param>
    /// <param name="winners">Which piece won for each output: batch × outputs.</param>
    /// <param name="dy">The gradient by the outputs: batch × outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs.</param>
    /// <param name="dweights">Receives the gradient by W, summed over the batch.</param>
    /// <param name="dbiases">Receives the gradient by b, summed over the batch.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or spans overlap; nothing has been written.</exception>
    public void BackwardAffine(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<int> winners,
        ReadOnlySpan<float> dy,
        Span<float> dx,
        Span<float> dweights,
        Span<float> dbiases) =>
        Pooled(_kernels.Float).BackwardAffine(x, weights, winners, dy, dx, dweights, dbiases);

    /// <inheritdoc cref="BackwardAffine(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float})"/>
    public void BackwardAffine(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<int> winners,
        ReadOnlySpan<double> dy,
        Span<double> dx,
        Span<double> dweights,
        Span<double> dbiases) =>
        Pooled(_kernels.Double).BackwardAffine(x, weights, winners, dy, dx, dweights, dbiases);

    /// <inheritdoc cref="BackwardAffine(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float})"/>
    public void BackwardAffine(
        ReadOnlySpan<Half> x,
        ReadOnlySpan<Half> weights,
        ReadOnlySpan<int> winners,
        ReadOnlySpan<Half> dy,
        Span<Half> dx,
        Span<Half> dweights,
        Span<Half> dbiases) =>
        Pooled(_kernels.Half).BackwardAffine(x, weights, winners, dy, dx, dweights, dbiases);

    /// <inheritdoc cref="BackwardAffine(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float})"/>
    public void BackwardAffine(
        ReadOnlySpan<BFloat16> x,
        ReadOnlySpan<BFloat16> weights,
        ReadOnlySpan<int> winners,
        ReadOnlySpan<BFloat16> dy,
        Span<BFloat16> dx,
        Span<BFloat16> dweights,
        Span<BFloat16> dbiases) =>
        Pooled(_kernels.BFloat16).BackwardAffine(x, weights, winners, dy, dx, dweights, dbiases);

    private static PooledKernel<T> Pooled<T>(Kernel<T> kernel)
        where T : unmanaged => (PooledKernel<T>)kernel;
}
