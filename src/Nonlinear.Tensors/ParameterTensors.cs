using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Nonlinear.Tensors.Strides;

namespace Nonlinear.Tensors;

/// <summary>Functions of one number with a parameter, such as PReLU, whose parameter is a tensor as well.</summary>
/// <remarks>
/// <para>The parameter is broadcast over the inputs as NumPy does: its lengths, counted from the last dimension, are 1 or those of the
/// inputs. For images of N × C × H × W a value for each channel is a tensor of C × 1 × 1.</para>
/// <para>Results have the bits of <see cref="ElementwiseActivation.ForwardPerChannel{T}"/> and
/// <see cref="ElementwiseActivation.BackwardPerChannel{T}"/>. Row-major tensors, with the parameter's dimensions side by side, are passed
/// on as spans; others are copied as a whole. There are at most as many elements as an array holds.</para>
/// </remarks>
public static class ParameterTensors
{
    /// <summary>Forward with values of the function's one parameter.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of one parameter.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="parameter">The values, which are broadcast over the inputs.</param>
    /// <param name="y">Receives the outputs; may be <paramref name="x"/> itself.</param>
    /// <returns>A reference to <paramref name="y"/>.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths do not fit, tensors share memory in part, or elements of an output do; nothing has been written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of the parameter's range.</exception>
    /// <exception cref="NotSupportedException">
    /// The function has not exactly one parameter, or <typeparamref name="T"/> is another type.
    /// </exception>
    public static ref readonly TensorSpan<T> Forward<T>(
        this ElementwiseActivation activation,
        scoped in ReadOnlyTensorSpan<T> x,
        scoped in ReadOnlyTensorSpan<T> parameter,
        in TensorSpan<T> y)
        where T : unmanaged
    {
        Lengths.Check(x.Lengths, y.Lengths, nameof(y));
        Places.CheckOutput(y, nameof(y));
        Places.CheckOverlap(x, y, nameof(y));
        Places.CheckApart(parameter, y, nameof(y));
        ChannelView view = ChannelView.Of(x.Lengths, nameof(x), parameter.Lengths, nameof(parameter));
        T[] values = Values(parameter);
        if (view.Shape is not null && IsRowMajor(x) && IsRowMajor(y))
        {
            activation.ForwardPerChannel(Span(x), view.Shape, values, Span(y));
            return ref y;
        }
        T[] block = view.Copy(x);
        activation.ForwardPerChannel(block, view.CopiedShape, values, block);
        view.PutBack(block, y);
        return ref y;
    }

    /// <summary>Backward with values of the function's one parameter, to the inputs and to those values.</summary>
    /// <typeparam name="T">float, double, Half or BFloat16.</typeparam>
    /// <param name="activation">A function of one parameter.</param>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="parameter">The values, which are broadcast over the inputs.</param>
    /// <param name="dy">The gradient by the outputs.</param>
    /// <param name="dx">
    /// Receives the gradient by the inputs; may be <paramref name="x"/> or <paramref name="dy"/> itself.
    /// </param>
    /// <param name="dparameter">
    /// Receives the gradient by each value, summed over the places that share it; of the lengths of <paramref name="parameter"/>.
    /// </param>
    /// <inheritdoc
    ///   cref="Forward{T}(ElementwiseActivation, in ReadOnlyTensorSpan{T}, in ReadOnlyTensorSpan{T}, in TensorSpan{T})"
    ///   path="/exception"/>
    public static void Backward<T>(
        this ElementwiseActivation activation,
        in ReadOnlyTensorSpan<T> x,
        in ReadOnlyTensorSpan<T> parameter,
        in ReadOnlyTensorSpan<T> dy,
        in TensorSpan<T> dx,
        in TensorSpan<double> dparameter)
        where T : unmanaged
    {
        Lengths.Check(x.Lengths, dy.Lengths, nameof(dy));
        Lengths.Check(x.Lengths, dx.Lengths, nameof(dx));
        Lengths.Check(parameter.Lengths, dparameter.Lengths, nameof(dparameter));
        Places.CheckOutput(dx, nameof(dx));
        Places.CheckOutput(dparameter, nameof(dparameter));
        Places.CheckOverlap(x, dx, nameof(dx));
        Places.CheckOverlap(dy, dx, nameof(dx));
        Places.CheckApart(parameter, dx, nameof(dx));
        Places.CheckApart(x, dparameter, nameof(dparameter));
        Places.CheckApart(dy, dparameter, nameof(dparameter));
        Places.CheckApart(parameter, dparameter, nameof(dparameter));
        Places.CheckApart<T, double>(dx, dparameter, nameof(dparameter));
        ChannelView view = ChannelView.Of(x.Lengths, nameof(x), parameter.Lengths, nameof(parameter));
        T[] values = Values(parameter);
        double[] sums = new double[values.Length];
        if (view.Shape is not null && IsRowMajor(x) && IsRowMajor(dy) && IsRowMajor(dx))
        {
            activation.BackwardPerChannel(Span(x), view.Shape, values, Span(dy), Span(dx), sums);
        }
        else
        {
            T[] block = view.Copy(x);
            activation.BackwardPerChannel(block, view.CopiedShape, values, view.Copy(dy), block, sums);
            view.PutBack(block, dx);
        }
        new ReadOnlyTensorSpan<double>(sums, dparameter.Lengths).CopyTo(dparameter);
    }

    private static T[] Values<T>(in ReadOnlyTensorSpan<T> parameter)
    {
        T[] values = new T[Lengths.Count(parameter.Lengths, nameof(parameter))];
        parameter.FlattenTo(values);
        return values;
    }

    private static bool IsRowMajor<T>(in ReadOnlyTensorSpan<T> tensor) => Layout.IsRowMajor(tensor.Lengths, tensor.Strides);

    private static bool IsRowMajor<T>(in TensorSpan<T> tensor) => Layout.IsRowMajor(tensor.Lengths, tensor.Strides);

    private static ReadOnlySpan<T> Span<T>(in ReadOnlyTensorSpan<T> tensor) => tensor.IsEmpty
        ? default
        : MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), (int)tensor.FlattenedLength);

    private static Span<T> Span<T>(in TensorSpan<T> tensor) => tensor.IsEmpty
        ? default
        : MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), (int)tensor.FlattenedLength);
}
