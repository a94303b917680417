using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>An activation function of a vector, such as softmax, applied along an axis of a row-major tensor or to a whole span.</summary>
/// <remarks>
/// A vector that holds NaN or +∞, or nothing but -∞, gives NaN throughout; an input of -∞ beside others has probability 0. The axis
/// counts from the front, or from the end if it is negative. Of floats, the sum is exact to n · 2⁻⁵²: the guarantee of 0.501 ulp holds for any vector of up
/// to 200,000 numbers, and beyond for all in which not almost everything is smaller than 2⁻⁵⁰ beside the second largest exponential.
/// In the fast tier sums are those of floats in a fixed order, so another order of the inputs may change last bits. Gradients from saved outputs are within
/// 8 ulp of the result or, where its terms cancel, of the sum of their magnitudes, mostly within 1; gradients from inputs are those of the exact tier.
/// </remarks>
public sealed class AxisActivation : Activation
{
    private static readonly AxisProduct FromInput = new(FromOutput: false, Tangent: false);
    private static readonly AxisProduct FromOutput = new(FromOutput: true, Tangent: false);
    private static readonly AxisProduct Tangent = new(FromOutput: false, Tangent: true);

    private readonly KernelsByType _kernels;
    private readonly Lazy<AxisActivation>? _fast;
    private readonly AxisActivation? _exact, _onOneThread;

    private AxisActivation(ActivationInfo info, KernelsByType kernels, Formula formula, Formula derivativeFormula, Kernel<float>? fast)
        : base(info, [])
    {
        _kernels = kernels;
        _formula = formula;
        _derivativeFormula = derivativeFormula;
        _fast = fast is null ? null : new(() => new(this, kernels with { Float = fast }));
    }

    private AxisActivation(AxisActivation exact, KernelsByType kernels)
        : this(exact.Info, kernels, exact.Formula, exact.DerivativeFormula, fast: null) => _exact = exact;

    private AxisActivation(AxisActivation onOneThread, int threads)
        : this(onOneThread.Info, onOneThread._kernels.OnThreads(threads), onOneThread._formula, onOneThread._derivativeFormula, fast: null)
    {
        _onOneThread = onOneThread;
        _exact = onOneThread._exact?.OnThreads(threads);
        _fast = onOneThread._fast is null ? null : new(() => onOneThread.Fast.OnThreads(threads));
        Threads = threads;
    }

    /// <inheritdoc/>
    public override Tier Tier => _exact is null ? Tier.Exact : Tier.Fast;

    /// <inheritdoc/>
    public override AxisActivation Fast => _fast?.Value ?? this;

    /// <inheritdoc/>
    public override AxisActivation Exact => _exact ?? this;

    /// <inheritdoc/>
    public override int Threads { get; } = 1;

    /// <inheritdoc/>
    public override AxisActivation Parallel => (AxisActivation)base.Parallel;

    /// <inheritdoc/>
    public override AxisActivation OnThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        AxisActivation onOneThread = _onOneThread ?? this;
        return count == Threads ? this : count == 1 ? onOneThread : new(onOneThread, count);
    }

    /// <inheritdoc/>
    public override Formula Formula => _formula.Value;

    /// <inheritdoc/>
    public override Formula DerivativeFormula => _derivativeFormula.Value;

    internal override KernelsByType Kernels => _kernels;

    /// <summary>Makes an activation of a function, one of the catalogue's or your own.</summary>
    /// <typeparam name="F">The function.</typeparam>
    public static AxisActivation Create<F>()
        where F : struct, IAlongAxis<F> =>
        new(
            F.Info,
            new KernelsByType(
                new FloatAxisKernel<F>(),
                new DoubleAxisKernel<F>(),
                new SixteenBitAxisKernel<F, Half, HalfConversion>(),
                new SixteenBitAxisKernel<F, BFloat16, BFloat16Conversion>()),
            F.Formula,
            F.DerivativeFormula,
            F.FloatsSuffice ? new FastFloatAxisKernel<F>() : null);

    /// <summary>Computes the function of each vector along an axis.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="shape">The shape of the tensor, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public void Forward(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Float).Forward(x, y, shape, axis);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Forward(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Double).Forward(x, y, shape, axis);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Forward(ReadOnlySpan<Half> x, Span<Half> y, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Half).Forward(x, y, shape, axis);

    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Forward(ReadOnlySpan<BFloat16> x, Span<BFloat16> y, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.BFloat16).Forward(x, y, shape, axis);

    /// <summary>Carries a gradient back along an axis, dx = Jᵀ dy, by way of the inputs.</summary>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="shape">The shape of the tensor, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Float).Product(x, dy, dx, shape, axis, FromInput);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Double).Product(x, dy, dx, shape, axis, FromInput);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Backward(ReadOnlySpan<Half> x, ReadOnlySpan<Half> dy, Span<Half> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Half).Product(x, dy, dx, shape, axis, FromInput);

    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void Backward(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> dy, Span<BFloat16> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.BFloat16).Product(x, dy, dx, shape, axis, FromInput);

    /// <summary>Carries a gradient back along an axis, dx = Jᵀ dy, by way of the saved outputs.</summary>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="y"/> or <paramref name="dy"/> itself.</param>
    /// <param name="shape">The shape of the tensor, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public void BackwardFromOutput(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Float).Product(y, dy, dx, shape, axis, FromOutput);

    /// <inheritdoc cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void BackwardFromOutput(ReadOnlySpan<double> y, ReadOnlySpan<double> dy, Span<double> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Double).Product(y, dy, dx, shape, axis, FromOutput);

    /// <inheritdoc cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void BackwardFromOutput(ReadOnlySpan<Half> y, ReadOnlySpan<Half> dy, Span<Half> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.Half).Product(y, dy, dx, shape, axis, FromOutput);

    /// <inheritdoc cref="BackwardFromOutput(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, ReadOnlySpan{int}, int)"/>
    public void BackwardFromOutput(ReadOnlySpan<BFloat16> y, ReadOnlySpan<BFloat16> dy, Span<BFloat16> dx, ReadOnlySpan<int> shape, int axis) =>
        Along(_kernels.BFloat16).Product(y, dy, dx, shape, axis, FromOutput);

    /// <summary>The directional derivative J v of one vector.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="v">The direction.</param>
    /// <param name="jv">Receives the derivative; may be <paramref name="x"/> or <paramref name="v"/> itself.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or spans overlap in part; nothing has been written.</exception>
    public void JacobianVectorProduct(ReadOnlySpan<float> x, ReadOnlySpan<float> v, Span<float> jv) =>
        Along(_kernels.Float).Product(x, v, jv, [x.Length], 0, Tangent);

    /// <inheritdoc cref="JacobianVectorProduct(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void JacobianVectorProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> jv) =>
        Along(_kernels.Double).Product(x, v, jv, [x.Length], 0, Tangent);

    /// <inheritdoc cref="JacobianVectorProduct(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void JacobianVectorProduct(ReadOnlySpan<Half> x, ReadOnlySpan<Half> v, Span<Half> jv) =>
        Along(_kernels.Half).Product(x, v, jv, [x.Length], 0, Tangent);

    /// <inheritdoc cref="JacobianVectorProduct(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void JacobianVectorProduct(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> v, Span<BFloat16> jv) =>
        Along(_kernels.BFloat16).Product(x, v, jv, [x.Length], 0, Tangent);

    /// <summary>The whole Jacobian of one vector: jacobian[i · n + j] = ∂yᵢ/∂xⱼ.</summary>
    /// <param name="x">The n inputs.</param>
    /// <param name="jacobian">Receives n × n numbers, row-major.</param>
    /// <exception cref="ArgumentException">A length or the shape does not fit, or spans overlap in part; nothing has been written.</exception>
    public void Jacobian(ReadOnlySpan<float> x, Span<float> jacobian) =>
        Along(_kernels.Float).Jacobian(x, jacobian);

    /// <inheritdoc cref="Jacobian(ReadOnlySpan{float}, Span{float})"/>
    public void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian) =>
        Along(_kernels.Double).Jacobian(x, jacobian);

    /// <inheritdoc cref="Jacobian(ReadOnlySpan{float}, Span{float})"/>
    public void Jacobian(ReadOnlySpan<Half> x, Span<Half> jacobian) =>
        Along(_kernels.Half).Jacobian(x, jacobian);

    /// <inheritdoc cref="Jacobian(ReadOnlySpan{float}, Span{float})"/>
    public void Jacobian(ReadOnlySpan<BFloat16> x, Span<BFloat16> jacobian) =>
        Along(_kernels.BFloat16).Jacobian(x, jacobian);

    private static AxisKernel<T> Along<T>(Kernel<T> kernel)
        where T : unmanaged => (AxisKernel<T>)kernel;
}
