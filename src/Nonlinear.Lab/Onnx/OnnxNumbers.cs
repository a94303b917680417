using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace Nonlinear.Lab.Onnx;

/// <summary>The library's types of number as ONNX has them.</summary>
internal static class OnnxNumbers
{
    /// <summary>The names by which people give a type, with the type.</summary>
    public static IReadOnlyDictionary<string, NumberType> Names { get; } = new Dictionary<string, NumberType>
    {
        ["float"] = NumberType.Float,
        ["double"] = NumberType.Double,
        ["float16"] = NumberType.Half,
        ["half"] = NumberType.Half,
        ["bfloat16"] = NumberType.BFloat16,
    };

    /// <summary>What ONNX calls a type.</summary>
    public static string NameOf(NumberType type) => type == NumberType.Half
        ? "float16"
        : type.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>The number by which ONNX knows a type.</summary>
    public static int ElementType(NumberType type) => (int)(type switch
    {
        NumberType.Double => TensorProto.Types.DataType.Double,
        NumberType.Half => TensorProto.Types.DataType.Float16,
        NumberType.BFloat16 => TensorProto.Types.DataType.Bfloat16,
        _ => TensorProto.Types.DataType.Float,
    });

    /// <summary>The library's type for an element type of ONNX; null if it has none.</summary>
    public static NumberType? Of(int elementType) => (TensorProto.Types.DataType)elementType switch
    {
        TensorProto.Types.DataType.Float => NumberType.Float,
        TensorProto.Types.DataType.Double => NumberType.Double,
        TensorProto.Types.DataType.Float16 => NumberType.Half,
        TensorProto.Types.DataType.Bfloat16 => NumberType.BFloat16,
        _ => null,
    };

    /// <summary>A constant without axes, rounded to its type.</summary>
    public static TensorProto Scalar(string name, NumberType type, double value) => new()
    {
        Name = name,
        DataType = ElementType(type),
        RawData = ByteString.CopyFrom(type switch
        {
            NumberType.Double => Bytes(value),
            NumberType.Half => Bytes((Half)value),
            NumberType.BFloat16 => Bytes((BFloat16)value),
            _ => Bytes((float)value),
        }),
    };

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
