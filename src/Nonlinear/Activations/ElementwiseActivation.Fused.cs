using Nonlinear.Kernels;

namespace Nonlinear;

// Forms that do in one pass over memory what takes two calls otherwise.
public sealed partial class ElementwiseActivation
{
    /// <summary>
    /// Computes y = f(x) and f′(x) for every element in one pass, so that going back later is one product: dx = dy · derivative.
    /// </summary>
    /// <remarks>
    /// Both have the bits, and so the error bounds, of <see cref="Activation.Forward{T}"/> and
    /// <see cref="Derivative{T}(ReadOnlySpan{T}, Span{T})"/>. The product with a derivative that was rounded can be an ulp off where
    /// <see cref="Activation.Backward{T}"/>, which rounds once, is not.
    /// </remarks>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="derivative">Receives the derivatives; may be <paramref name="x"/> itself if <paramref name="y"/> is not.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, an output overlaps the inputs in part, or the outputs overlap each other; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardWithDerivative<T>(ReadOnlySpan<T> x, Span<T> y, Span<T> derivative)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        ForwardAndDerivative.Run(Elementwise<T>(), x, y, derivative);
    }

    /// <summary>Computes y[i, c] = f(x[i, c] + bias[c]) in one pass, for row-major inputs whose channels come last.</summary>
    /// <remarks>
    /// The sum is rounded once, to the type of the elements: the bits are those of adding in that type and calling
    /// <see cref="Activation.Forward{T}"/>, whose error bound holds for the rounded sum.
    /// </remarks>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs, rows × channels, of any number of rows.</param>
    /// <param name="bias">A value for each channel; their number divides that of the inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"> A length does not fit, <paramref name="y"/> overlaps <paramref name="x"/> in part or
    /// <paramref name="bias"/> at all; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void ForwardWithBias<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        WithBias.Forward(Elementwise<T>(), x, bias, y);
    }

    /// <summary>
    /// Carries a gradient back through <see cref="ForwardWithBias{T}"/> in one pass: dx[i, c] = dy[i, c] · f′(x[i, c] + bias[c]), and
    /// biasGradient[c] += Σᵢ dx[i, c].
    /// </summary>
    /// <remarks>
    /// <para>dx has the bits of adding in the type of the elements and calling <see cref="Activation.Backward{T}"/>.</para>
    /// <para>To each channel's gradient the elements of dx, as they were rounded, are added in double one row after another. So the bits
    /// depend on neither vectors nor threads, and a batch may be cut between rows into several calls. After n rows the sum is off by at
    /// most n · 2⁻⁵³ · Σᵢ |dx[i, c]|, to first order. Such a sum has an order, and the call stays on the caller's thread.</para>
    /// </remarks>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="x">The inputs of the forward pass, rows × channels.</param>
    /// <param name="bias">A value for each channel.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.</param>
    /// <param name="biasGradient">The gradient by each bias is added to what it holds.</param>
    /// <exception cref="ArgumentException"> A length does not fit, <paramref name="dx"/> overlaps <paramref name="x"/> or
    /// <paramref name="dy"/> in part or <paramref name="bias"/> at all, or <paramref name="biasGradient"/> overlaps another span; nothing
    /// has been written.
    /// </exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public void BackwardWithBias<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> bias, ReadOnlySpan<T> dy, Span<T> dx, Span<double> biasGradient)
        where T : unmanaged
    {
        using Denormals kept = Denormals.Keep();
        WithBias.Backward(Elementwise<T>(), x, bias, dy, dx, biasGradient);
    }
}
