using System.Numerics.Tensors;
using Nonlinear.Tensors.Strides;

namespace Nonlinear.Tensors;

/// <summary>Functions of a vector, such as softmax, along any dimension of a tensor.</summary>
/// <remarks>
/// <para>A dimension counts from the front, or from the end if it is negative. Tensors may have any strides, as for
/// <see cref="ElementwiseTensors"/>, and results have the bits that <see cref="AxisActivation"/> gives on a span with the same shape.
/// Tensors that are one run of memory, in the same order, are passed on as spans; of others some vectors at a time are copied.</para>
/// <para>Aliasing: an output may be an input, the same tensor with the same strides. It is refused if it shares some places with an input
/// or if two of its own elements share one.</para>
/// </remarks>
public static class AxisTensors
{
    /// <summary>Computes the function of each vector along a dimension.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of a vector.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <param name="dimension">The dimension of the vectors.</param>
    /// <returns>A reference to <paramref name="y"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, tensors share memory in part, or elements of the output do; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    public static ref readonly TensorSpan<T> Forward<T>(
        this AxisActivation activation, scoped in ReadOnlyTensorSpan<T> x, in TensorSpan<T> y, int dimension)
        where T : unmanaged
    {
        VectorLoop.Run(x, y, nameof(y), dimension, new ForwardOperation<T>(activation));
        return ref y;
    }

    /// <summary>Computes the function of each vector along a dimension.</summary>
    /// <returns>A dense tensor of the lengths of <paramref name="x"/>.</returns>
    /// <inheritdoc cref="Forward{T}(AxisActivation, in ReadOnlyTensorSpan{T}, in TensorSpan{T}, int)"/>
    public static Tensor<T> Forward<T>(this AxisActivation activation, Tensor<T> x, int dimension)
        where T : unmanaged
    {
        Tensor<T> y = Tensor.CreateFromShape<T>(x.Lengths);
        activation.Forward(x.AsReadOnlyTensorSpan(), y.AsTensorSpan(), dimension);
        return y;
    }

    /// <summary>Carries a gradient back along a dimension, dx = Jᵀ dy, by way of the inputs.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of a vector.</param>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">
    /// Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.
    /// </param>
    /// <param name="dimension">The dimension of the vectors.</param>
    /// <returns>A reference to <paramref name="dx"/>.</returns>
    /// <inheritdoc cref="Forward{T}(AxisActivation, in ReadOnlyTensorSpan{T}, in TensorSpan{T}, int)" path="/exception"/>
    public static ref readonly TensorSpan<T> Backward<T>(
        this AxisActivation activation,
        scoped in ReadOnlyTensorSpan<T> x,
        scoped in ReadOnlyTensorSpan<T> dy,
        in TensorSpan<T> dx,
        int dimension)
        where T : unmanaged
    {
        VectorLoop.Run(x, dy, nameof(dy), dx, nameof(dx), dimension, new BackwardOperation<T>(activation));
        return ref dx;
    }

    /// <summary>Carries a gradient back along a dimension, dx = Jᵀ dy, by way of the inputs.</summary>
    /// <returns>A dense tensor of the lengths of <paramref name="x"/>.</returns>
    /// <inheritdoc cref="Backward{T}(AxisActivation, in ReadOnlyTensorSpan{T}, in ReadOnlyTensorSpan{T}, in TensorSpan{T}, int)"/>
    public static Tensor<T> Backward<T>(this AxisActivation activation, Tensor<T> x, Tensor<T> dy, int dimension)
        where T : unmanaged
    {
        Tensor<T> dx = Tensor.CreateFromShape<T>(x.Lengths);
        activation.Backward(x.AsReadOnlyTensorSpan(), dy.AsReadOnlyTensorSpan(), dx.AsTensorSpan(), dimension);
        return dx;
    }

    /// <summary>
    /// Carries a gradient back along a dimension, dx = Jᵀ dy, by way of the saved outputs, so that the inputs need not be kept.
    /// </summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of a vector.</param>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">
    /// Receives the gradient by the inputs; may be <paramref name="y"/> or <paramref name="dy"/> itself.
    /// </param>
    /// <param name="dimension">The dimension of the vectors.</param>
    /// <returns>A reference to <paramref name="dx"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, tensors share memory in part, or elements of the output do; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <exception cref="NotSupportedException">
    /// The gradient does not follow from the outputs, or <typeparamref name="T"/> is another type.
    /// </exception>
    public static ref readonly TensorSpan<T> BackwardFromOutput<T>(
        this AxisActivation activation,
        scoped in ReadOnlyTensorSpan<T> y,
        scoped in ReadOnlyTensorSpan<T> dy,
        in TensorSpan<T> dx,
        int dimension)
        where T : unmanaged
    {
        VectorLoop.Run(y, dy, nameof(dy), dx, nameof(dx), dimension, new FromOutputOperation<T>(activation));
        return ref dx;
    }

    private readonly struct ForwardOperation<T>(AxisActivation activation) : IVectorOperation<T>
        where T : unmanaged
    {
        public bool IsCounted => activation.IsRandom;

        public void Run(
            ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result, ReadOnlySpan<int> shape, int axis, long firstVector) =>
            activation.Forward(first, result, shape, axis, firstVector);
    }

    private readonly struct BackwardOperation<T>(AxisActivation activation) : IVectorOperation<T>
        where T : unmanaged
    {
        public bool IsCounted => activation.IsRandom;

        public void Run(
            ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result, ReadOnlySpan<int> shape, int axis, long firstVector) =>
            activation.Backward(first, second, result, shape, axis, firstVector);
    }

    private readonly struct FromOutputOperation<T>(AxisActivation activation) : IVectorOperation<T>
        where T : unmanaged
    {
        public bool IsCounted => activation.IsRandom;

        public void Run(
            ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> result, ReadOnlySpan<int> shape, int axis, long firstVector) =>
            activation.BackwardFromOutput(first, second, result, shape, axis);
    }
}
