using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// An activation function that keeps one of several inputs, such as maxout: groups of <see cref="Pieces"/> neighbouring channels become
/// one.
/// </summary>
/// <remarks>The largest input wins, the first of them if several are equal; NaN wins over everything.</remarks>
public sealed class PooledActivation : Activation
{
    private PooledActivation(
        Type function,
        ActivationInfo info,
        double[] parameterValues,
        Formula formula,
        Formula derivativeFormula,
        IReadOnlyList<NamedFormula> furtherFormulas,
        KernelsByType kernels)
        : base(info, parameterValues, kernels, fastFloats: null)
    {
        Function = function;
        (Formula, DerivativeFormula, FurtherFormulas) = (formula, derivativeFormula, furtherFormulas);
    }

    private PooledActivation(PooledActivation original, Tier tier, int threads)
        : base(original, tier, threads)
    {
        Function = original.Function;
        (Formula, DerivativeFormula, FurtherFormulas) = (original.Formula, original.DerivativeFormula, original.FurtherFormulas);
    }

    /// <summary>The number of inputs that become one output.</summary>
    public int Pieces => (int)ParameterValues[0];

    /// <inheritdoc/>
    public override PooledActivation Fast => In(Tier.Fast);

    /// <inheritdoc/>
    public override PooledActivation Exact => In(Tier.Exact);

    /// <inheritdoc/>
    public override PooledActivation Parallel => OnThreads(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override Formula Formula { get; }

    /// <inheritdoc/>
    public override Formula DerivativeFormula { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedFormula> FurtherFormulas { get; }

    // Makes an activation from what is known about it; its first parameter is the number of pieces.
    internal static PooledActivation Create(
        Type function,
        ActivationInfo info,
        Formula formula,
        Formula derivativeFormula,
        IReadOnlyList<NamedFormula> furtherFormulas,
        ReadOnlySpan<double> parameterValues)
    {
        double[] values = info.Check(parameterValues);
        int pieces = (int)values[0];
        return new(function, info, values, formula, derivativeFormula, furtherFormulas, new KernelsByType(
            new MaxoutKernel<float, FloatConversion>(info.Name, pieces),
            new MaxoutKernel<double, DoubleConversion>(info.Name, pieces),
            new MaxoutKernel<Half, HalfConversion>(info.Name, pieces),
            new MaxoutKernel<BFloat16, BFloat16Conversion>(info.Name, pieces)));
    }

    /// <inheritdoc/>
    public override int OutputsFor(int inputs) => inputs / Pieces;

    /// <inheritdoc/>
    public override PooledActivation In(Tier tier) => (PooledActivation)base.In(tier);

    /// <inheritdoc/>
    public override PooledActivation OnThreads(int count) => (PooledActivation)base.OnThreads(count);

    /// <summary>Keeps the largest of each group of channels, and which it was.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="y">Receives the outputs, in the same shape but for the axis, which is <see cref="Pieces"/> times shorter.</param>
    /// <param name="winners">Receives, for each output, which of its inputs it is, from 0.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis of the channels; PyTorch's is 1.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, the axis is no multiple of <see cref="Pieces"/>, or spans overlap; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y, Span<int> winners, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Pooled<T>().Forward(x, y, winners, shape, axis);
    }

    /// <summary>Hands each gradient to the input that won; the others get 0.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="winners">Which input won, as the forward pass told.</param>
    /// <param name="dx">Receives the gradient by the inputs.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis of the channels.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, the axis is no multiple of <see cref="Pieces"/>, or spans overlap; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> dy, ReadOnlySpan<int> winners, Span<T> dx, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Pooled<T>().Backward(dy, winners, dx, shape, axis);
    }

    /// <summary>The affine form, y = max over k of x · Wₖ + bₖ, for every row of a batch.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs: batch × inputs.</param>
    /// <param name="weights">W: pieces × outputs × inputs.</param>
    /// <param name="biases">b: pieces × outputs.</param>
    /// <param name="y">Receives the outputs: batch × outputs.</param>
    /// <param name="winners">Receives which piece won for each output: batch × outputs.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or spans overlap; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardAffine<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, Span<T> y, Span<int> winners)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Pooled<T>().ForwardAffine(x, weights, biases, y, winners);
    }

    /// <summary>The gradients of the affine form: by the inputs, by W and by b.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs: batch × inputs.</param>
    /// <param name="weights">W: pieces × outputs × inputs.</param>
    /// <param name="winners">Which piece won for each output: batch × outputs.</param>
    /// <param name="dy">The gradient by the outputs: batch × outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs.</param>
    /// <param name="dweights">Receives the gradient by W, summed over the batch.</param>
    /// <param name="dbiases">Receives the gradient by b, summed over the batch.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or spans overlap; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void BackwardAffine<T>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<T> weights,
        ReadOnlySpan<int> winners,
        ReadOnlySpan<T> dy,
        Span<T> dx,
        Span<T> dweights,
        Span<T> dbiases)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Pooled<T>().BackwardAffine(x, weights, winners, dy, dx, dweights, dbiases);
    }

    private protected override Type Function { get; }

    private protected override PooledActivation MakeVariant(Tier tier, int threads) => new(this, tier, threads);

    private PooledKernel<T> Pooled<T>()
        where T : unmanaged => (PooledKernel<T>)Kernels.Of<T>();
}
