using Nonlinear.TorchSharp.Gradients;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp;

/// <summary>Activation functions on TorchSharp's tensors, for its automatic differentiation to go back through.</summary>
/// <remarks>
/// <para>Results and gradients are the bits that spans would get, in the tier and on the threads of the activation. Tensors lie in the
/// memory of the processor and hold Float32, Float64, Float16 or BFloat16, at most 2 GiB. Where they are dense, in whatever order of
/// their dimensions, they are read and written in place; others are copied.</para>
/// <para>Functions of one number can be differentiated twice; all others, and the third time, give NaN. What a custom function of
/// TorchSharp throws while it goes back ends the process, also that an input was changed in place after it had been used.</para>
/// </remarks>
public static class TorchActivations
{
    /// <summary>Computes f(x) for every element.</summary>
    /// <param name="activation">A function of one number.</param>
    /// <param name="x">The inputs.</param>
    /// <returns>A tensor of the shape, type and order in memory of <paramref name="x"/>.</returns>
    /// <exception cref="NotSupportedException">A tensor is not of the types, or not where, this class works on.</exception>
    public static Tensor Forward(this ElementwiseActivation activation, Tensor x)
    {
        TensorKernels.Check(x, nameof(x));
        return ElementwiseFunction.apply(x, activation);
    }

    /// <summary>Computes f(x; θ) for every element, with values of the function's one parameter that are learned.</summary>
    /// <param name="activation">A function of one parameter, such as PReLU.</param>
    /// <param name="x">The inputs; dimension 1 is the channel, and with fewer than two dimensions there is but one.</param>
    /// <param name="parameter">A value for all, or one for each channel, of the type of <paramref name="x"/>.</param>
    /// <returns>A contiguous tensor of the shape and type of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentException">
    /// There are neither as many values as channels nor one, or they are of another type.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or out of the parameter's range.</exception>
    /// <exception cref="NotSupportedException">
    /// The function has not exactly one parameter, or a tensor is not of the types, or not where, this class works on.
    /// </exception>
    public static Tensor Forward(this ElementwiseActivation activation, Tensor x, Tensor parameter)
    {
        TensorKernels.Check(x, nameof(x));
        TensorKernels.CheckAlike(x, parameter, nameof(parameter));
        return ParameterFunction.apply(x, parameter, activation);
    }

    /// <summary>Computes the function of each vector along a dimension.</summary>
    /// <param name="activation">A function of a vector, such as softmax.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="dimension">The dimension of the vectors, counted from the end if it is negative.</param>
    /// <returns>A contiguous tensor of the shape and type of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    /// <exception cref="NotSupportedException">A tensor is not of the types, or not where, this class works on.</exception>
    public static Tensor Forward(this AxisActivation activation, Tensor x, long dimension)
    {
        TensorKernels.Check(x, nameof(x));
        long dimensions = x.dim();
        return dimension >= -dimensions && dimension < dimensions
            ? AxisFunction.apply(x, activation, (int)(dimension < 0 ? dimension + dimensions : dimension))
            : throw new ArgumentOutOfRangeException(
                nameof(dimension), dimension, $"x has {dimensions} dimensions; dimension must be from {-dimensions} to {dimensions - 1}.");
    }

    /// <summary>Computes a gated unit of gates and values, element by element.</summary>
    /// <param name="activation">A gated unit, such as SwiGLU.</param>
    /// <param name="gate">What the gate's function is applied to.</param>
    /// <param name="value">What is let through, of the shape and type of <paramref name="gate"/>.</param>
    /// <returns>A tensor of the shape, type and order in memory of <paramref name="gate"/>.</returns>
    /// <exception cref="ArgumentException">The tensors have different shapes or types.</exception>
    /// <exception cref="NotSupportedException">A tensor is not of the types, or not where, this class works on.</exception>
    public static Tensor Forward(this GatedActivation activation, Tensor gate, Tensor value)
    {
        TensorKernels.Check(gate, nameof(gate));
        TensorKernels.CheckAlike(gate, value, nameof(value));
        return value.shape.AsSpan().SequenceEqual(gate.shape)
            ? GatedFunction.apply(gate, value, activation)
            : throw new ArgumentException(
                $"value is of the shape [{string.Join(", ", value.shape)}]; it must be [{string.Join(", ", gate.shape)}], as gate.",
                nameof(value));
    }
}
