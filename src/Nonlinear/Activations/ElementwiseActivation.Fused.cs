using Nonlinear.Kernels;

namespace Nonlinear;

// Forms that do in one pass over memory what takes two calls otherwise, a line for each type.
public sealed partial class ElementwiseActivation
{
    /// <summary>Computes y = f(x) and f′(x) for every element in one pass, so that going back later is one product: dx = dy · derivative.</summary>
    /// <remarks>
    /// Both have the bits, and so the error bounds, of <see cref="Activation.Forward(ReadOnlySpan{float}, Span{float})"/> and
    /// <see cref="Activation.Derivative(ReadOnlySpan{float}, Span{float})"/>. The product with a derivative that was rounded can be an ulp off
    /// where <see cref="Activation.Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>, which rounds once, is not.
    /// Long calls are divided among threads if <see cref="Activation.OnThreads"/> was asked for.
    /// </remarks>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="derivative">Receives the derivatives; may be <paramref name="x"/> itself if <paramref name="y"/> is not.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, an output overlaps the inputs in part, or the outputs overlap each other; nothing has been written.
    /// </exception>
    public void ForwardWithDerivative(ReadOnlySpan<float> x, Span<float> y, Span<float> derivative) =>
        ForwardAndDerivative.Run(Elementwise(_kernels.Float), x, y, derivative);

    /// <inheritdoc cref="ForwardWithDerivative(ReadOnlySpan{float}, Span{float}, Span{float})"/>
    public void ForwardWithDerivative(ReadOnlySpan<double> x, Span<double> y, Span<double> derivative) =>
        ForwardAndDerivative.Run(Elementwise(_kernels.Double), x, y, derivative);

    /// <inheritdoc cref="ForwardWithDerivative(ReadOnlySpan{float}, Span{float}, Span{float})"/>
    public void ForwardWithDerivative(ReadOnlySpan<Half> x, Span<Half> y, Span<Half> derivative) =>
        ForwardAndDerivative.Run(Elementwise(_kernels.Half), x, y, derivative);

    /// <inheritdoc cref="ForwardWithDerivative(ReadOnlySpan{float}, Span{float}, Span{float})"/>
    public void ForwardWithDerivative(ReadOnlySpan<BFloat16> x, Span<BFloat16> y, Span<BFloat16> derivative) =>
        ForwardAndDerivative.Run(Elementwise(_kernels.BFloat16), x, y, derivative);

    /// <summary>Computes y[i, c] = f(x[i, c] + bias[c]) in one pass, for row-major inputs whose channels come last.</summary>
    /// <remarks>
    /// The sum is rounded once, to the type of the elements: the bits are those of adding in that type and calling
    /// <see cref="Activation.Forward(ReadOnlySpan{float}, Span{float})"/>, whose error bound holds for the rounded sum.
    /// Long calls are divided among threads if <see cref="Activation.OnThreads"/> was asked for.
    /// </remarks>
    /// <param name="x">The inputs, rows × channels, of any number of rows.</param>
    /// <param name="bias">A value for each channel; their number divides that of the inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, <paramref name="y"/> overlaps <paramref name="x"/> in part or <paramref name="bias"/> at all; nothing has been written.
    /// </exception>
    public void ForwardWithBias(ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y) =>
        WithBias.Forward(Elementwise(_kernels.Float), x, bias, y);

    /// <inheritdoc cref="ForwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void ForwardWithBias(ReadOnlySpan<double> x, ReadOnlySpan<double> bias, Span<double> y) =>
        WithBias.Forward(Elementwise(_kernels.Double), x, bias, y);

    /// <inheritdoc cref="ForwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void ForwardWithBias(ReadOnlySpan<Half> x, ReadOnlySpan<Half> bias, Span<Half> y) =>
        WithBias.Forward(Elementwise(_kernels.Half), x, bias, y);

    /// <inheritdoc cref="ForwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public void ForwardWithBias(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> bias, Span<BFloat16> y) =>
        WithBias.Forward(Elementwise(_kernels.BFloat16), x, bias, y);

    /// <summary>
    /// Carries a gradient back through <see cref="ForwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/> in one pass:
    /// dx[i, c] = dy[i, c] · f′(x[i, c] + bias[c]), and biasGradient[c] += Σᵢ dx[i, c].
    /// </summary>
    /// <remarks>
    /// <para>dx has the bits of adding in the type of the elements and calling
    /// <see cref="Activation.Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>.</para>
    /// <para>To each channel's gradient the elements of dx, as they were rounded, are added in double one row after another. So the bits depend on
    /// neither vectors nor threads, and a batch may be cut between rows into several calls. After n rows the sum is off by at most
    /// n · 2⁻⁵³ · Σᵢ |dx[i, c]|, to first order. Such a sum has an order, and the call stays on the caller's thread.</para>
    /// </remarks>
    /// <param name="x">The inputs of the forward pass, rows × channels.</param>
    /// <param name="bias">A value for each channel.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="biasGradient">The gradient by each bias is added to what it holds.</param>
    /// <exception cref="ArgumentException">
    /// A length does not fit, <paramref name="dx"/> overlaps <paramref name="x"/> or <paramref name="dy"/> in part or <paramref name="bias"/> at all, or
    /// <paramref name="biasGradient"/> overlaps another span; nothing has been written.
    /// </exception>
    public void BackwardWithBias(ReadOnlySpan<float> x, ReadOnlySpan<float> bias, ReadOnlySpan<float> dy, Span<float> dx, Span<double> biasGradient) =>
        WithBias.Backward(Elementwise(_kernels.Float), x, bias, dy, dx, biasGradient);

    /// <inheritdoc cref="BackwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/>
    public void BackwardWithBias(ReadOnlySpan<double> x, ReadOnlySpan<double> bias, ReadOnlySpan<double> dy, Span<double> dx, Span<double> biasGradient) =>
        WithBias.Backward(Elementwise(_kernels.Double), x, bias, dy, dx, biasGradient);

    /// <inheritdoc cref="BackwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/>
    public void BackwardWithBias(ReadOnlySpan<Half> x, ReadOnlySpan<Half> bias, ReadOnlySpan<Half> dy, Span<Half> dx, Span<double> biasGradient) =>
        WithBias.Backward(Elementwise(_kernels.Half), x, bias, dy, dx, biasGradient);

    /// <inheritdoc cref="BackwardWithBias(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/>
    public void BackwardWithBias(ReadOnlySpan<BFloat16> x, ReadOnlySpan<BFloat16> bias, ReadOnlySpan<BFloat16> dy, Span<BFloat16> dx, Span<double> biasGradient) =>
        WithBias.Backward(Elementwise(_kernels.BFloat16), x, bias, dy, dx, biasGradient);
}
