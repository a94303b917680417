using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using BrainFloat = Microsoft.ML.OnnxRuntime.BFloat16;

namespace Nonlinear.Lab.Onnx.Sweeping;

/// <summary>Tensors of ONNX Runtime from numbers, and back.</summary>
internal static class NumberTensor
{
    /// <summary>Numbers as a tensor of a type, to which they are rounded.</summary>
    public static OrtValue Of(NumberType type, double[] x, long[] shape) => type switch
    {
        NumberType.Double => OrtValue.CreateTensorValueFromMemory(x, shape),
        NumberType.Half => OrtValue.CreateTensorValueFromMemory(
            Array.ConvertAll(x, value => new Float16(BitConverter.HalfToUInt16Bits((Half)value))), shape),
        NumberType.BFloat16 => OrtValue.CreateTensorValueFromMemory(
            Array.ConvertAll(x, value => new BrainFloat(((BFloat16)value).ToBits())), shape),
        _ => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(x, value => (float)value), shape),
    };

    /// <summary>The library's type for one of the runtime.</summary>
    /// <exception cref="InvalidDataException">The library has none.</exception>
    public static NumberType TypeOf(TensorElementType type) => type switch
    {
        TensorElementType.Double => NumberType.Double,
        TensorElementType.Float => NumberType.Float,
        TensorElementType.Float16 => NumberType.Half,
        TensorElementType.BFloat16 => NumberType.BFloat16,
        TensorElementType other => throw NoNumbers(other),
    };

    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="InvalidDataException">It holds none of the types of the library.</exception>
    public static double[] Read(OrtValue tensor)
    {
        TensorElementType type = tensor.GetTensorTypeAndShape().ElementDataType;
        return type switch
        {
            TensorElementType.Double => tensor.GetTensorDataAsSpan<double>().ToArray(),
            TensorElementType.Float => Array.ConvertAll(tensor.GetTensorDataAsSpan<float>().ToArray(), value => (double)value),
            TensorElementType.Float16 => Array.ConvertAll(
                MemoryMarshal.Cast<Float16, Half>(tensor.GetTensorDataAsSpan<Float16>()).ToArray(), value => (double)value),
            TensorElementType.BFloat16 => Array.ConvertAll(
                MemoryMarshal.Cast<BrainFloat, BFloat16>(tensor.GetTensorDataAsSpan<BrainFloat>()).ToArray(), value => (double)value),
            _ => throw NoNumbers(type),
        };
    }

    private static InvalidDataException NoNumbers(TensorElementType type) =>
        new($"A tensor of type {type} holds no floating-point numbers.");
}
