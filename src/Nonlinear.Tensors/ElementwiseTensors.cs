using System.Numerics.Tensors;
using Nonlinear.Tensors.Strides;

namespace Nonlinear.Tensors;

/// <summary>Functions of one number, applied to every element of a tensor.</summary>
/// <remarks>
/// <para>Tensors may have any strides: slices, reordered dimensions and, as inputs, broadcast ones, whose strides are 0. All tensors of a
/// call have the same lengths. Results have the bits that spans would get. Tensors that are one run of memory, in the same order, are
/// passed on as spans, and on several threads if the function was asked for them; others go by rows or, where neighbours lie apart, by
/// blocks that are copied.</para>
/// <para>Aliasing: an output may be an input, the same tensor with the same strides. It is refused if it shares some places with an input
/// or if two of its own elements share one, as those of a broadcast tensor do.</para>
/// <para>As the framework's, a method with an output returns a reference to it, and one without makes a dense tensor. Where the compiler
/// cannot tell the type of elements from a tensor, name it: <c>gelu.Forward&lt;float&gt;(x, y)</c>.</para>
/// </remarks>
public static class ElementwiseTensors
{
    /// <summary>Computes y = f(x) for every element.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of one number.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <returns>A reference to <paramref name="y"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, the tensors share memory in part, or elements of <paramref name="y"/> do; nothing has been written.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// The function is of several numbers, or <typeparamref name="T"/> is another type; nothing has been written.
    /// </exception>
    public static ref readonly TensorSpan<T> Forward<T>(
        this Activation activation, scoped in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y)
        where T : unmanaged
    {
        BlockLoop.Run(x, y, nameof(y), new ForwardOperation<T>(Elementwise(activation)));
        return ref y;
    }

    /// <summary>Computes f(x) for every element.</summary>
    /// <returns>A dense tensor of the lengths of <paramref name="x"/>.</returns>
    /// <inheritdoc cref="Forward{T}(Activation, in ReadOnlyTensorSpan{T}, in TensorSpan{T})"/>
    public static Tensor<T> Forward<T>(this Activation activation, Tensor<T> x)
        where T : unmanaged
    {
        Tensor<T> y = Tensor.CreateFromShape<T>(x.Lengths);
        activation.Forward(x.AsReadOnlyTensorSpan(), y.AsTensorSpan());
        return y;
    }

    /// <summary>Computes f′(x) for every element. At ±∞ it is the limit.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of one number.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="derivative">Receives the derivatives; may be <paramref name="x"/> itself.</param>
    /// <returns>A reference to <paramref name="derivative"/>.</returns>
    /// <inheritdoc cref="Forward{T}(Activation, in ReadOnlyTensorSpan{T}, in TensorSpan{T})" path="/exception"/>
    public static ref readonly TensorSpan<T> Derivative<T>(
        this Activation activation, scoped in ReadOnlyTensorSpan<T> x, in TensorSpan<T> derivative)
        where T : unmanaged
    {
        BlockLoop.Run(x, derivative, nameof(derivative), new DerivativeOperation<T>(Elementwise(activation)));
        return ref derivative;
    }

    /// <summary>Computes f′(x) for every element. At ±∞ it is the limit.</summary>
    /// <returns>A dense tensor of the lengths of <paramref name="x"/>.</returns>
    /// <inheritdoc cref="Derivative{T}(Activation, in ReadOnlyTensorSpan{T}, in TensorSpan{T})"/>
    public static Tensor<T> Derivative<T>(this Activation activation, Tensor<T> x)
        where T : unmanaged
    {
        Tensor<T> derivative = Tensor.CreateFromShape<T>(x.Lengths);
        activation.Derivative(x.AsReadOnlyTensorSpan(), derivative.AsTensorSpan());
        return derivative;
    }

    /// <summary>Carries a gradient back through the function: dx = dy · f′(x).</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of one number.</param>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">
    /// Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.
    /// </param>
    /// <returns>A reference to <paramref name="dx"/>.</returns>
    /// <inheritdoc cref="Forward{T}(Activation, in ReadOnlyTensorSpan{T}, in TensorSpan{T})" path="/exception"/>
    public static ref readonly TensorSpan<T> Backward<T>(
        this Activation activation, scoped in ReadOnlyTensorSpan<T> x, scoped in ReadOnlyTensorSpan<T> dy, in TensorSpan<T> dx)
        where T : unmanaged
    {
        BlockLoop.Run(x, dy, nameof(dy), dx, nameof(dx), new BackwardOperation<T>(Elementwise(activation)));
        return ref dx;
    }

    /// <summary>Carries a gradient back through the function: dy · f′(x).</summary>
    /// <returns>A dense tensor of the lengths of <paramref name="x"/>.</returns>
    /// <inheritdoc cref="Backward{T}(Activation, in ReadOnlyTensorSpan{T}, in ReadOnlyTensorSpan{T}, in TensorSpan{T})"/>
    public static Tensor<T> Backward<T>(this Activation activation, Tensor<T> x, Tensor<T> dy)
        where T : unmanaged
    {
        Tensor<T> dx = Tensor.CreateFromShape<T>(x.Lengths);
        activation.Backward(x.AsReadOnlyTensorSpan(), dy.AsReadOnlyTensorSpan(), dx.AsTensorSpan());
        return dx;
    }

    private static ElementwiseActivation Elementwise(Activation activation) => activation as ElementwiseActivation
        ?? throw new NotSupportedException(
            activation is AxisActivation
                ? $"{activation} is a function of a vector: say along which dimension of the tensor."
                : $"{activation} makes another number of outputs than it takes inputs; use its methods on spans.");

    private readonly struct ForwardOperation<T>(ElementwiseActivation activation) : IBlockOperation<T>
        where T : unmanaged
    {
        public void Run(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result) => activation.Forward(first, result);
    }

    private readonly struct DerivativeOperation<T>(ElementwiseActivation activation) : IBlockOperation<T>
        where T : unmanaged
    {
        public void Run(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result) => activation.Derivative(first, result);
    }

    private readonly struct BackwardOperation<T>(ElementwiseActivation activation) : IBlockOperation<T>
        where T : unmanaged
    {
        public void Run(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result) => activation.Backward(first, second, result);
    }
}
