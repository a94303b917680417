using Nonlinear.Kernels;

namespace Nonlinear;

/// <summary>An activation function of a vector, such as softmax, applied along an axis of a row-major tensor or to a whole span.</summary>
/// <remarks>
/// <para>A vector that holds NaN or +∞, or nothing but -∞, gives NaN throughout; an input of -∞ beside others has probability 0. An axis
/// counts from the front, or from the end if it is negative.</para>
/// <para>Error in the exact tier: floats within 0.501 ulp for any vector of up to 200,000 numbers, and for longer ones unless nearly all of
/// them lie more than 34 below the second largest.</para>
/// <para>Error in the fast tier: sums are those of floats in a fixed order, so another order of the inputs may change last bits. Gradients
/// from saved outputs are within 8 ulp of the result or, where its terms cancel, of the sum of their magnitudes, mostly within 1; gradients
/// from inputs are those of the exact tier.</para>
/// </remarks>
public sealed class AxisActivation : Activation
{
    private static readonly AxisProduct FromInput = new(FromOutput: false, Tangent: false);
    private static readonly AxisProduct FromOutput = new(FromOutput: true, Tangent: false);
    private static readonly AxisProduct Tangent = new(FromOutput: false, Tangent: true);

    private readonly Lazy<Formula> _formula, _derivativeFormula;

    private AxisActivation(
        Type function,
        ActivationInfo info,
        KernelsByType kernels,
        Func<Kernel<float>>? fastFloats,
        Func<Formula> formula,
        Func<Formula> derivative)
        : base(info, [], kernels, fastFloats)
    {
        Function = function;
        (_formula, _derivativeFormula) = (new(formula), new(derivative));
    }

    private AxisActivation(AxisActivation original, Tier tier, int threads)
        : base(original, tier, threads)
    {
        Function = original.Function;
        (_formula, _derivativeFormula) = (original._formula, original._derivativeFormula);
    }

    /// <inheritdoc/>
    public override AxisActivation Fast => In(Tier.Fast);

    /// <inheritdoc/>
    public override AxisActivation Exact => In(Tier.Exact);

    /// <inheritdoc/>
    public override AxisActivation Parallel => OnThreads(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override Formula Formula => _formula.Value;

    /// <inheritdoc/>
    public override Formula DerivativeFormula => _derivativeFormula.Value;

    /// <summary>Makes an activation of a function, one of the catalogue's or your own.</summary>
    /// <typeparam name="F">The function.</typeparam>
    public static AxisActivation Create<F>()
        where F : struct, IAlongAxis<F> => Instance<F>.Value;

    /// <inheritdoc/>
    public override AxisActivation In(Tier tier) => (AxisActivation)base.In(tier);

    /// <inheritdoc/>
    public override AxisActivation OnThreads(int count) => (AxisActivation)base.OnThreads(count);

    /// <summary>Computes the function of each vector along an axis.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="shape">The shape of the tensor, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged => Along<T>().Forward(x, y, shape, axis);

    /// <summary>Carries a gradient back along an axis, dx = Jᵀ dy, by way of the inputs.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="shape">The shape of the tensor, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged => Along<T>().Product(x, dy, dx, shape, axis, FromInput);

    /// <summary>
    /// Carries a gradient back through one vector, dx = Jᵀ dy, by way of the saved outputs, so that the inputs need not be kept.
    /// </summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="y"/> or <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void BackwardFromOutput<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged => Along<T>().Product(y, dy, dx, [y.Length], 0, FromOutput);

    /// <summary>Carries a gradient back along an axis, dx = Jᵀ dy, by way of the saved outputs.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="y"/> or <paramref name="dy"/> itself.</param>
    /// <param name="shape">The shape of the tensor, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void BackwardFromOutput<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis)
        where T : unmanaged => Along<T>().Product(y, dy, dx, shape, axis, FromOutput);

    /// <summary>The directional derivative J v of one vector.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="v">The direction.</param>
    /// <param name="jv">Receives J v; may be <paramref name="x"/> or <paramref name="v"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void JacobianVectorProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> v, Span<T> jv)
        where T : unmanaged => Along<T>().Product(x, v, jv, [x.Length], 0, Tangent);

    /// <summary>The whole Jacobian of one vector: jacobian[i · n + j] = ∂yᵢ/∂xⱼ.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The n inputs.</param>
    /// <param name="jacobian">Receives n × n numbers, row-major.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Jacobian<T>(ReadOnlySpan<T> x, Span<T> jacobian)
        where T : unmanaged => Along<T>().Jacobian(x, jacobian);

    private protected override Type Function { get; }

    private protected override AxisActivation MakeVariant(Tier tier, int threads) => new(this, tier, threads);

    private AxisKernel<T> Along<T>()
        where T : unmanaged => (AxisKernel<T>)Kernels.Of<T>();

    private static class Instance<F>
        where F : struct, IAlongAxis<F>
    {
        public static readonly AxisActivation Value = new(
            typeof(F),
            F.Info,
            new KernelsByType(
                new FloatAxisKernel<F>(),
                new DoubleAxisKernel<F>(),
                new SixteenBitAxisKernel<F, Half, HalfConversion>(),
                new SixteenBitAxisKernel<F, BFloat16, BFloat16Conversion>()),
            F.FloatsSuffice ? () => new FastFloatAxisKernel<F>() : null,
            FormulaFromCode.AlongAxis<F>,
            FormulaFromCode.JacobianElement<F>);
    }
}
