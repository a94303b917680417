using System.Runtime.InteropServices;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>The numbers of a constant tensor.</summary>
/// <param name="Shape">The extent along each axis.</param>
/// <param name="Values">The numbers in row-major order.</param>
internal sealed record TensorNumbers(IReadOnlyList<long> Shape, double[] Values)
{
    /// <summary>Reads a tensor whose numbers are in it.</summary>
    /// <returns>The numbers; null if it holds none, such as texts, or fewer than its shape asks for.</returns>
    public static TensorNumbers? Of(TensorProto tensor)
    {
        if (tensor.Dims.Any(extent => extent < 0))
            return null;
        double count = tensor.Dims.Aggregate(1.0, (product, extent) => product * extent);
        double[]? values = tensor.RawData.Length > 0 ? Raw((DataType)tensor.DataType, tensor.RawData.Span) : Typed(tensor);
        return values is not null && values.Length == count ? new([.. tensor.Dims], values) : null;
    }

    private static double[]? Raw(DataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        DataType.Float => Convert<float>(bytes, value => value),
        DataType.Double => Convert<double>(bytes, value => value),
        DataType.Float16 => Convert<Half>(bytes, value => (double)value),
        DataType.Bfloat16 => Convert<BFloat16>(bytes, value => value),
        DataType.Int8 => Convert<sbyte>(bytes, value => value),
        DataType.Int16 => Convert<short>(bytes, value => value),
        DataType.Int32 => Convert<int>(bytes, value => value),
        DataType.Int64 => Convert<long>(bytes, value => value),
        DataType.Uint8 or DataType.Bool => Convert<byte>(bytes, value => value),
        DataType.Uint16 => Convert<ushort>(bytes, value => value),
        DataType.Uint32 => Convert<uint>(bytes, value => value),
        DataType.Uint64 => Convert<ulong>(bytes, value => value),
        _ => null,
    };

    private static double[]? Typed(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float => [.. tensor.FloatData.Select(value => (double)value)],
        DataType.Double => [.. tensor.DoubleData],
        DataType.Float16 => [.. tensor.Int32Data.Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
        DataType.Bfloat16 => [.. tensor.Int32Data.Select(bits => (double)BFloat16.FromBits((ushort)bits))],
        DataType.Int64 => [.. tensor.Int64Data.Select(value => (double)value)],
        DataType.Uint32 or DataType.Uint64 => [.. tensor.Uint64Data.Select(value => (double)value)],
        DataType.Int8 or DataType.Int16 or DataType.Int32 or DataType.Uint8 or DataType.Uint16 or DataType.Bool =>
            [.. tensor.Int32Data.Select(value => (double)value)],
        _ => null,
    };

    private static double[]? Convert<T>(ReadOnlySpan<byte> bytes, Func<T, double> convert)
        where T : unmanaged =>
        bytes.Length % Marshal.SizeOf<T>() == 0
            ? Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), value => convert(value))
            : null;
}
