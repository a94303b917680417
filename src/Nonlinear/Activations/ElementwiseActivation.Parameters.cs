using Nonlinear.Kernels;

namespace Nonlinear;

// Gradients by parameters, and a parameter for each channel.
public sealed partial class ElementwiseActivation
{
    /// <summary>The gradient by each parameter, summed over the positions: gradient[k] = Σᵢ dy[i] · ∂f/∂θₖ(x[i]).</summary>
    /// <remarks>Summed in a fixed order with the rounding errors kept: the same bits on every processor.</remarks>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="gradient">Receives a number for each of <see cref="ActivationInfo.Parameters"/>.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or gradient overlaps an input; nothing has been written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ParameterGradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<double> gradient)
        where T : unmanaged
    {
        if (gradient.Length != Info.Parameters.Count)
            throw new ArgumentException($"{Info.CountedParameters}; gradient has {gradient.Length} elements.", nameof(gradient));
        using Denormals kept = Denormals.Keep();
        ParameterGradients.Sum(Elementwise<T>(), x, dy, gradient);
    }

    /// <summary>Forward with a value of the function's one parameter for each channel.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs, row-major.</param>
    /// <param name="shape">Their shape; dimension 1 is the channel, and with fewer than two dimensions there is but one.</param>
    /// <param name="parameter">A value for each channel, or one for all.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// The shape or a length does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of the parameter's range.</exception>
    /// <exception cref="NotSupportedException">
    /// The function has not exactly one parameter, or <typeparamref name="T"/> is another type.
    /// </exception>
    public void ForwardPerChannel<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> shape, ReadOnlySpan<T> parameter, Span<T> y)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        PerChannel.Forward(Elementwise<T>(), OneParameter, x, shape, parameter, y);
    }

    /// <summary>Backward with a value of the function's one parameter for each channel, to the inputs and to those values.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass, row-major.</param>
    /// <param name="shape">Their shape; dimension 1 is the channel, and with fewer than two dimensions there is but one.</param>
    /// <param name="parameter">A value for each channel, or one for all.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="dparameter">Receives the gradient by each value, summed over the positions that share it.</param>
    /// <exception cref="ArgumentException">
    /// The shape or a length does not fit, or spans overlap in part; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of the parameter's range.</exception>
    /// <exception cref="NotSupportedException">
    /// The function has not exactly one parameter, or <typeparamref name="T"/> is another type.
    /// </exception>
    public void BackwardPerChannel<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<int> shape, ReadOnlySpan<T> parameter, ReadOnlySpan<T> dy, Span<T> dx, Span<double> dparameter)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        PerChannel.Backward(Elementwise<T>(), OneParameter, x, shape, parameter, dy, dx, dparameter);
    }

    private ParameterInfo OneParameter => Info.Parameters.Count == 1
        ? Info.Parameters[0]
        : throw new NotSupportedException($"{Info.CountedParameters}; a value for each channel needs exactly one.");
}
