using Nonlinear.Kernels;

namespace Nonlinear;

// The operations that only elementwise functions have, a line for each type.
public sealed partial class ElementwiseActivation
{
    /// <summary>The gradient by each parameter, summed over the positions: gradient[k] = Σᵢ dy[i] · ∂f/∂θₖ(x[i]).</summary>
    /// <remarks>Summed in a fixed order with the rounding errors kept: the same bits on every processor.</remarks>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="gradient">Receives a number for each of <see cref="ActivationInfo.Parameters"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or gradient overlaps an input; nothing has been written.</exception>
    public void ParameterGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<double> gradient) =>
        ParameterGradients.Over(Elementwise(_kernels.Float), Info.Parameters.Count, x, dy, gradient);

    /// <inheritdoc cref="ParameterGradient(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{double})"/>
    public void ParameterGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> dy, Span<double> gradient) =>
        ParameterGradients.Over(Elementwise(_kernels.Double), Info.Parameters.Count, x, dy, gradient);

    /// <inheritdoc cref="ParameterGradient(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{double})"/>
    public void ParameterGradient(ReadOnlySpan<Half> x, ReadOnlySpan<Half> dy, Span<double> gradient) =>
        ParameterGradients.Over(Elementwise(_kernels.Half), Info.Parameters.Count, x, dy, gradient);

    /// <inheritdoc cref="ParameterGradient(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{double})"/>
    public void ParameterGradient(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> dy, Span<double> gradient) =>
        ParameterGradients.Over(Elementwise(_kernels.BFloat16), Info.Parameters.Count, x, dy, gradient);

    /// <summary>Forward with a value of the function's one parameter for each channel.</summary>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="shape">Their shape; dimension 1 is the channel, and with fewer than two dimensions there is but one.</param>
    /// <param name="parameter">A value for each channel, or one for all.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">The shape or a length does not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of the parameter's range.</exception>
    /// <exception cref="NotSupportedException">The function has not exactly one parameter.</exception>
    public void ForwardPerChannel(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, ReadOnlySpan<float> parameter, Span<float> y) =>
        PerChannel.Forward(Elementwise(_kernels.Float), OneParameter, x, shape, parameter, y);

    /// <inheritdoc cref="ForwardPerChannel(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float})"/>
    public void ForwardPerChannel(ReadOnlySpan<double> x, ReadOnlySpan<int> shape, ReadOnlySpan<double> parameter, Span<double> y) =>
        PerChannel.Forward(Elementwise(_kernels.Double), OneParameter, x, shape, parameter, y);

    /// <inheritdoc cref="ForwardPerChannel(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float})"/>
    public void ForwardPerChannel(ReadOnlySpan<Half> x, ReadOnlySpan<int> shape, ReadOnlySpan<Half> parameter, Span<Half> y) =>
        PerChannel.Forward(Elementwise(_kernels.Half), OneParameter, x, shape, parameter, y);

    /// <inheritdoc cref="ForwardPerChannel(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float})"/>
    public void ForwardPerChannel(ReadOnlySpan<BFloat16> x, ReadOnlySpan<int> shape, ReadOnlySpan<BFloat16> parameter, Span<BFloat16> y) =>
        PerChannel.Forward(Elementwise(_kernels.BFloat16), OneParameter, x, shape, parameter, y);

    /// <summary>Backward with a value of the function's one parameter for each channel, to the inputs and to those values.</summary>
    /// <param name="x">The inputs of the forward pass, row-major.</param>
    /// <param name="shape">Their shape; dimension 1 is the channel, and with fewer than two dimensions there is but one.</param>
    /// <param name="parameter">A value for each channel, or one for all.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="dparameter">Receives the gradient by each value, summed over the positions that share it.</param>
    /// <exception cref="ArgumentException">The shape or a length does not fit, or spans overlap in part; nothing has been written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of the parameter's range.</exception>
    /// <exception cref="NotSupportedException">The function has not exactly one parameter.</exception>
    public void BackwardPerChannel(ReadOnlySpan<float> x, ReadOnlySpan<int> shape, ReadOnlySpan<float> parameter, ReadOnlySpan<float> dy, Span<float> dx, Span<double> dparameter) =>
        PerChannel.Backward(Elementwise(_kernels.Float), OneParameter, x, shape, parameter, dy, dx, dparameter);

    /// <inheritdoc cref="BackwardPerChannel(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/>
    public void BackwardPerChannel(ReadOnlySpan<double> x, ReadOnlySpan<int> shape, ReadOnlySpan<double> parameter, ReadOnlySpan<double> dy, Span<double> dx, Span<double> dparameter) =>
        PerChannel.Backward(Elementwise(_kernels.Double), OneParameter, x, shape, parameter, dy, dx, dparameter);

    /// <inheritdoc cref="BackwardPerChannel(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/>
    public void BackwardPerChannel(ReadOnlySpan<Half> x, ReadOnlySpan<int> shape, ReadOnlySpan<Half> parameter, ReadOnlySpan<Half> dy, Span<Half> dx, Span<double> dparameter) =>
        PerChannel.Backward(Elementwise(_kernels.Half), OneParameter, x, shape, parameter, dy, dx, dparameter);

    /// <inheritdoc cref="BackwardPerChannel(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/>
    public void BackwardPerChannel(ReadOnlySpan<BFloat16> x, ReadOnlySpan<int> shape, ReadOnlySpan<BFloat16> parameter, ReadOnlySpan<BFloat16> dy, Span<BFloat16> dx, Span<double> dparameter) =>
        PerChannel.Backward(Elementwise(_kernels.BFloat16), OneParameter, x, shape, parameter, dy, dx, dparameter);

    private static ElementwiseKernel<T> Elementwise<T>(Kernel<T> kernel)
        where T : unmanaged => (ElementwiseKernel<T>)kernel;

    private Parameter OneParameter => Info.Parameters.Count == 1
        ? Info.Parameters[0]
        : throw new NotSupportedException($"{Info.Name} has {Info.Parameters.Count} parameters; a value for each channel needs exactly one.");
}
