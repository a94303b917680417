using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Nonlinear.TorchSharp;

/// <summary>
/// The library's calls on tensors of one type of elements. Tensors that are handed over are contiguous, or views of one dimension that
/// <see cref="InOrderOf"/> makes; who calls holds them for as long.
/// </summary>
internal abstract class TensorKernels
{
    public static TensorKernels For(ScalarType type) => type switch
    {
        ScalarType.Float32 => TensorKernels<float>.Instance,
        ScalarType.Float64 => TensorKernels<double>.Instance,
        ScalarType.Float16 => TensorKernels<Half>.Instance,
        ScalarType.BFloat16 => TensorKernels<BFloat16>.Instance,
        _ => throw new NotSupportedException(FormattableString.Invariant(
            $"The tensor holds {type}; activation functions are for Float32, Float64, Float16 and BFloat16.")),
    };

    /// <summary>Throws for what no kernel works on; nothing may be thrown later, on the way back.</summary>
    public static void Check(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        For(tensor.dtype);
        if (tensor.device_type != DeviceType.CPU || tensor.is_sparse)
            throw new NotSupportedException($"{name} must be a dense tensor in the memory of the processor: use {name}.cpu().");
        if (tensor.numel() * tensor.element_size() > int.MaxValue)
            throw new NotSupportedException($"{name} has {tensor.numel()} elements, which is over 2 GiB; use parts of it.");
    }

    public static void CheckAlike(Tensor first, Tensor second, string name)
    {
        Check(second, name);
        if (second.dtype != first.dtype)
            throw new ArgumentException($"{name} holds {second.dtype} and must hold {first.dtype}, as the other tensor.", name);
    }

    /// <summary>The extents of a tensor, each of which is an int because their product is.</summary>
    public static int[] Shape(Tensor tensor) => Array.ConvertAll(tensor.shape, extent => checked((int)extent));

    /// <summary>All elements as one dimension, in the order in which those of a dense tensor lie in memory.</summary>
    public static Tensor InOrderOf(Tensor dense, Tensor tensor)
    {
        if (!tensor.stride().AsSpan().SequenceEqual(dense.stride()))
        {
            using Tensor copy = dense.empty_like();
            copy.copy_(tensor);
            return InOrderOf(copy, copy);
        }
        return tensor.as_strided([tensor.numel()], [1], tensor.storage_offset());
    }

    public abstract void Forward(ElementwiseActivation activation, Tensor x, Tensor y);

    public abstract void Curvature(ElementwiseActivation activation, Tensor x, Tensor curvature);

    public abstract void Backward(ElementwiseActivation activation, Tensor x, Tensor dy, Tensor dx);

    public abstract void Forward(ElementwiseActivation activation, Tensor x, Tensor parameter, Tensor y);

    /// <summary>The gradient by the parameter is of doubles.</summary>
    public abstract void Backward(
        ElementwiseActivation activation, Tensor x, Tensor parameter, Tensor dy, Tensor dx, Tensor dparameter);

    public abstract void Forward(AxisActivation activation, Tensor x, Tensor y, int axis);

    public abstract void Backward(AxisActivation activation, Tensor x, Tensor dy, Tensor dx, int axis);

    public abstract void Forward(GatedActivation activation, Tensor gate, Tensor value, Tensor y);

    public abstract void Backward(GatedActivation activation, Tensor gate, Tensor value, Tensor dy, Tensor dgate, Tensor dvalue);
}

internal sealed class TensorKernels<T> : TensorKernels
    where T : unmanaged
{
    public static TensorKernels<T> Instance { get; } = new();

    public override void Forward(ElementwiseActivation activation, Tensor x, Tensor y) => activation.Forward<T>(Span(x), Span(y));

    public override void Curvature(ElementwiseActivation activation, Tensor x, Tensor curvature) =>
        activation.Curvature<T>(Span(x), Span(curvature));

    public override void Backward(ElementwiseActivation activation, Tensor x, Tensor dy, Tensor dx) =>
        activation.Backward<T>(Span(x), Span(dy), Span(dx));

    public override void Forward(ElementwiseActivation activation, Tensor x, Tensor parameter, Tensor y) =>
        activation.ForwardPerChannel<T>(Span(x), Shape(x), Span(parameter), Span(y));

    public override void Backward(
        ElementwiseActivation activation, Tensor x, Tensor parameter, Tensor dy, Tensor dx, Tensor dparameter) =>
        activation.BackwardPerChannel<T>(
            Span(x), Shape(x), Span(parameter), Span(dy), Span(dx), MemoryMarshal.Cast<byte, double>(dparameter.bytes));

    public override void Forward(AxisActivation activation, Tensor x, Tensor y, int axis) =>
        activation.Forward<T>(Span(x), Span(y), Shape(x), axis);

    public override void Backward(AxisActivation activation, Tensor x, Tensor dy, Tensor dx, int axis) =>
        activation.Backward<T>(Span(x), Span(dy), Span(dx), Shape(x), axis);

    public override void Forward(GatedActivation activation, Tensor gate, Tensor value, Tensor y) =>
        activation.Forward<T>(Span(gate), Span(value), Span(y));

    public override void Backward(
        GatedActivation activation, Tensor gate, Tensor value, Tensor dy, Tensor dgate, Tensor dvalue) =>
        activation.Backward<T>(Span(gate), Span(value), Span(dy), Span(dgate), Span(dvalue));

    private static Span<T> Span(Tensor tensor) => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
