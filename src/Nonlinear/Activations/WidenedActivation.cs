using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>
/// An activation function that gives two outputs for each input, such as CReLU: along an axis, the second half of the outputs follows the
/// first.
/// </summary>
/// <remarks>Nothing is rounded. A span by itself is one vector; spans of outputs lie apart from the inputs.</remarks>
public sealed class WidenedActivation : Activation
{
    private static readonly Lazy<WidenedActivation> Instance = new(() => new());

    private WidenedActivation()
        : base(Nonlinear.Crelu.Info, [], MakeKernels(), fastFloats: null)
    {
    }

    private WidenedActivation(WidenedActivation original, Tier tier, int threads)
        : base(original, tier, threads)
    {
    }

    /// <inheritdoc/>
    public override WidenedActivation Fast => In(Tier.Fast);

    /// <inheritdoc/>
    public override WidenedActivation Exact => In(Tier.Exact);

    /// <inheritdoc/>
    public override WidenedActivation Parallel => OnThreads(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override Formula Formula => Nonlinear.Crelu.Formula;

    /// <inheritdoc/>
    public override Formula DerivativeFormula => Nonlinear.Crelu.DerivativeFormula;

    internal static WidenedActivation Create() => Instance.Value;

    /// <inheritdoc/>
    public override int OutputsFor(int inputs) => WidenedKernel<float>.Outputs * inputs;

    /// <inheritdoc/>
    public override WidenedActivation In(Tier tier) => (WidenedActivation)base.In(tier);

    /// <inheritdoc/>
    public override WidenedActivation OnThreads(int count) => (WidenedActivation)base.OnThreads(count);

    /// <summary>Computes the function of each vector along an axis.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="y">Receives the outputs, in the same shape but for the axis, which is twice as long.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis of the channels; TensorFlow's is the last, -1.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or the spans overlap; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Widened<T>().Forward(x, y, shape, axis);
    }

    /// <summary>Carries a gradient back along an axis; at 0 it is 0, as ReLU's.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> itself.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="axis">The axis of the channels.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or spans overlap; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Widened<T>().Backward(x, dy, dx, shape, axis);
    }

    private protected override Type Function => typeof(Crelu);

    private protected override WidenedActivation MakeVariant(Tier tier, int threads) => new(this, tier, threads);

    private static KernelsByType MakeKernels()
    {
        KernelsByType relu = Relu().Kernels;
        string name = Nonlinear.Crelu.Info.Name;
        return new(
            new CreluKernel<float, FloatConversion>(name, relu.Float),
            new CreluKernel<double, DoubleConversion>(name, relu.Double),
            new CreluKernel<Half, HalfConversion>(name, relu.Half),
            new CreluKernel<BFloat16, BFloat16Conversion>(name, relu.BFloat16));
    }

    private WidenedKernel<T> Widened<T>()
        where T : unmanaged => (WidenedKernel<T>)Kernels.Of<T>();
}
