using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>The element types of tensors that can be given to a model.</summary>
internal static class ElementTypes
{
    /// <summary>NumPy's name of a type; of those that it does not have, ONNX's.</summary>
    public static string Name(TensorElementType type) => type switch
    {
        TensorElementType.Float => "float32",
        TensorElementType.Double => "float64",
        TensorElementType.Float16 => "float16",
        TensorElementType.BFloat16 => "bfloat16",
        _ => type.ToString().ToLowerInvariant(),
    };

    /// <summary>Which numbers a type takes, for messages.</summary>
    public static string Accepted(TensorElementType type) => type switch
    {
        TensorElementType.Bool => "bool, 0 or 1",
        TensorElementType.Float16 => $"float16, up to {Half.MaxValue}",
        TensorElementType.BFloat16 => $"bfloat16, up to {BFloat16.MaxValue}",
        TensorElementType.Float => $"float32, up to {float.MaxValue:G2}",
        TensorElementType.Double => "float64",
        TensorElementType.Int8 => Whole<sbyte>(type),
        TensorElementType.Int16 => Whole<short>(type),
        TensorElementType.Int32 => Whole<int>(type),
        TensorElementType.Int64 => Whole<long>(type),
        TensorElementType.UInt8 => Whole<byte>(type),
        TensorElementType.UInt16 => Whole<ushort>(type),
        TensorElementType.UInt32 => Whole<uint>(type),
        _ => Whole<ulong>(type),
    };

    private static string Whole<T>(TensorElementType type)
        where T : System.Numerics.IMinMaxValue<T> =>
        FormattableString.Invariant($"{Name(type)}, whole numbers from {T.MinValue} to {T.MaxValue}");
}
