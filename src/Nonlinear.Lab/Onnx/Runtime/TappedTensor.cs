using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nonlinear.Lab.Onnx.Runtime;

/// <summary>A tensor inside a running model, seen where it lies; valid only while it is being shown.</summary>
internal readonly unsafe struct TappedTensor
{
    private readonly void* _data;

    /// <summary>A tensor of a type, a shape and numbers somewhere in memory.</summary>
    public TappedTensor(TensorElementType type, long[] shape, void* data)
    {
        (Type, Shape) = (type, shape);
        Count = shape.Aggregate(1L, (product, extent) => checked(product * extent));
        _data = data;
    }

    /// <summary>The type of its elements.</summary>
    public TensorElementType Type { get; }

    /// <summary>The extent along each axis.</summary>
    public long[] Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Whether its elements are floating-point numbers.</summary>
    public bool IsFloatingPoint =>
        Type is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16 or TensorElementType.BFloat16;

    /// <summary>Reads elements as floats.</summary>
    /// <param name="start">The first, in row-major order.</param>
    /// <param name="floats">Receives as many as it holds.</param>
    /// <exception cref="NotSupportedException">The elements are no floating-point numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many.</exception>
    public void Read(long start, Span<float> floats)
    {
        switch (Type)
        {
            case TensorElementType.Float:
                Elements<float>(start, floats.Length).CopyTo(floats);
                break;
            case TensorElementType.Double:
                Convert(Elements<double>(start, floats.Length), floats, value => (float)value);
                break;
            case TensorElementType.Float16:
                Convert(Elements<Half>(start, floats.Length), floats, value => (float)value);
                break;
            case TensorElementType.BFloat16:
                Convert(Elements<BFloat16>(start, floats.Length), floats, value => value);
                break;
            default:
                throw new NotSupportedException($"Its elements are {Type}, not floating-point numbers.");
        }
    }

    /// <summary>A stretch of elements as floats: where they lie if they are floats, else converted.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="buffer">Takes what is converted; as long at least.</param>
    public ReadOnlySpan<float> Floats(long start, int count, float[] buffer)
    {
        if (Type == TensorElementType.Float)
            return Elements<float>(start, count);
        Read(start, buffer.AsSpan(0, count));
        return buffer.AsSpan(0, count);
    }

    /// <summary>All elements as floats.</summary>
    public float[] ToFloats()
    {
        float[] floats = new float[Count];
        Read(0, floats);
        return floats;
    }

    /// <summary>All elements of a tensor of whole numbers, such as lengths.</summary>
    /// <exception cref="NotSupportedException">The elements are of another type.</exception>
    public long[] ToWholeNumbers() => Type switch
    {
        TensorElementType.Int32 => [.. Elements<int>(0, checked((int)Count)).ToArray().Select(value => (long)value)],
        TensorElementType.Int64 => Elements<long>(0, checked((int)Count)).ToArray(),
        _ => throw new NotSupportedException($"Its elements are {Type}, not whole numbers of 32 or 64 bits."),
    };

    // What lies outside of the tensor is not ours to read, whoever asks for it.
    private ReadOnlySpan<T> Elements<T>(long start, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count - count);
        return MemoryMarshal.CreateReadOnlySpan(ref ((T*)_data)[start], count);
    }

    private static void Convert<T>(ReadOnlySpan<T> from, Span<float> to, Func<T, float> convert)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = convert(from[i]);
    }
}
