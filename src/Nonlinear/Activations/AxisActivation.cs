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

    private const double DoubleUlpsOfSums = 2;

    private readonly Lazy<Formula> _formula, _derivativeFormula;

    private AxisActivation(
        Type function,
        ActivationInfo info,
        double[] parameterValues,
        KernelsByType kernels,
        Func<Kernel<float>>? fastFloats,
        Func<Formula> formula,
        Func<Formula> derivative)
        : base(info, parameterValues, kernels, fastFloats)
    {
        Function = function;
        (_formula, _derivativeFormula) = (new(formula), new(derivative));
        DoubleUlps = DoubleUlpsOfSums;
    }

    private AxisActivation(AxisActivation original, Tier tier, int threads)
        : base(original, tier, threads)
    {
        Function = original.Function;
        (_formula, _derivativeFormula) = (original._formula, original._derivativeFormula);
        (DoubleUlps, IsRandom) = (original.DoubleUlps, original.IsRandom);
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

    /// <summary>
    /// Whether noise comes in, so that an output depends on the place of its vector among the others, and on its own in it; the same seed
    /// gives the same noise at every call.
    /// </summary>
    public bool IsRandom { get; private init; }

    /// <summary>Whether <see cref="BackwardFromOutput{T}(ReadOnlySpan{T}, ReadOnlySpan{T}, Span{T})"/> is there.</summary>
    public bool HasDerivativeFromOutput => Info.DerivativeFromOutput && Info.DerivativeFromOutputWhen(ParameterValues);

    /// <summary>Makes an activation of a function, one of the catalogue's or your own.</summary>
    /// <typeparam name="F">The function.</typeparam>
    public static AxisActivation Create<F>()
        where F : struct, IAlongAxis<F> => Instance<F>.Value;

    // Makes an activation of a function with an algorithm of its own.
    internal static AxisActivation CreateOfVector<F>(ReadOnlySpan<double> parameterValues)
        where F : struct, IOfVector<F>
    {
        double[] values = F.Info.Check(parameterValues);
        string name = F.Info.Name;
        KernelsByType kernels = new(
            new VectorKernel<F, float, FloatConversion>(name, values),
            new VectorKernel<F, double, DoubleConversion>(name, values),
            new VectorKernel<F, Half, HalfConversion>(name, values),
            new VectorKernel<F, BFloat16, BFloat16Conversion>(name, values));
        return new(typeof(F), F.Info, values, kernels, null, () => F.Formula, () => F.DerivativeFormula) { DoubleUlps = F.DoubleUlps };
    }

    internal static AxisActivation CreateGumbel(ReadOnlySpan<double> parameterValues)
    {
        ActivationInfo info = Nonlinear.GumbelSoftmax.Info;
        double[] values = info.Check(parameterValues);
        (double tau, bool hard, long seed) = (values[0], values[1] != 0, (long)values[2]);
        KernelsByType kernels = new(
            new GumbelKernel<float, FloatConversion>(info.Name, tau, hard, seed),
            new GumbelKernel<double, DoubleConversion>(info.Name, tau, hard, seed),
            new GumbelKernel<Half, HalfConversion>(info.Name, tau, hard, seed),
            new GumbelKernel<BFloat16, BFloat16Conversion>(info.Name, tau, hard, seed));
        return new(
            typeof(GumbelSoftmax),
            info,
            values,
            kernels,
            null,
            () => Nonlinear.GumbelSoftmax.Formula,
            () => Nonlinear.GumbelSoftmax.DerivativeFormula)
        { IsRandom = true };
    }

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
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Forward(x, y, shape, axis);
    }

    /// <summary>
    /// Computes the function of each vector along an axis of a part of a larger tensor; only where there is noise does it matter which.
    /// </summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="shape">The shape of the part, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <param name="firstVector">The number of the first vector in the whole, where they are counted as they lie, from 0.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the number is negative.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, Span<T> y, ReadOnlySpan<int> shape, int axis, long firstVector)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Forward(x, y, shape, axis, firstVector);
    }

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
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Product(x, dy, dx, shape, axis, FromInput);
    }

    /// <summary>Carries a gradient back along an axis of a part of a larger tensor, dx = Jᵀ dy, by way of the inputs.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="shape">The shape of the part, row-major.</param>
    /// <param name="axis">The axis of the vectors.</param>
    /// <param name="firstVector">The number of the first vector in the whole, as in the forward pass.</param>
    /// <exception cref="ArgumentException">
    /// A length or the shape does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the number is negative.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, ReadOnlySpan<int> shape, int axis, long firstVector)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Product(x, dy, dx, shape, axis, FromInput, firstVector);
    }

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
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Product(y, dy, dx, [y.Length], 0, FromOutput);
    }

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
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Product(y, dy, dx, shape, axis, FromOutput);
    }

    /// <summary>The directional derivative J v of one vector.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="v">The direction.</param>
    /// <param name="jv">Receives J v; may be <paramref name="x"/> or <paramref name="v"/> itself.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void JacobianVectorProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> v, Span<T> jv)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Product(x, v, jv, [x.Length], 0, Tangent);
    }

    /// <summary>The whole Jacobian of one vector: jacobian[i · n + j] = ∂yᵢ/∂xⱼ.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The n inputs.</param>
    /// <param name="jacobian">Receives n × n numbers, row-major.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void Jacobian<T>(ReadOnlySpan<T> x, Span<T> jacobian)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        Along<T>().Jacobian(x, jacobian);
    }

    // How far off doubles may be, in ulps; 0.5 says that nothing is rounded on any type.
    internal double DoubleUlps { get; private init; }

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
            [],
            new KernelsByType(
                Of(new FloatAxisKernel<F>()),
                Of(new DoubleAxisKernel<F>()),
                Of(new SixteenBitAxisKernel<F, Half, HalfConversion>()),
                Of(new SixteenBitAxisKernel<F, BFloat16, BFloat16Conversion>())),
            F.FloatsSuffice ? () => Of(new FastFloatAxisKernel<F>()) : null,
            FormulaFromCode.AlongAxis<F>,
            FormulaFromCode.JacobianElement<F>);

        private static RowKernel<T> Of<T>(RowKernel<T> kernel)
            where T : unmanaged => F.Negates ? new NegatedAxisKernel<T>(kernel) : kernel;
    }
}
