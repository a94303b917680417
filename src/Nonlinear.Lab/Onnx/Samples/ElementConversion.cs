using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>Turns the numbers of a file into elements of the type that a model declares.</summary>
internal abstract class ElementConversion
{
    /// <summary>The bytes of a number in the file.</summary>
    public abstract int FileSize { get; }

    /// <summary>The bytes of an element of the tensor.</summary>
    public abstract int TensorSize { get; }

    /// <summary>Whether both are the same, so that nothing needs to be converted.</summary>
    public abstract bool Copies { get; }

    /// <summary>Converts numbers.</summary>
    /// <param name="numbers">The numbers, in the order of bytes of this machine.</param>
    /// <param name="elements">Receives as many elements.</param>
    /// <returns>How many were converted: all, or those before the first that the type does not take.</returns>
    public abstract int Convert(ReadOnlySpan<byte> numbers, Span<byte> elements);

    /// <summary>A number of the file in words.</summary>
    public abstract string Text(ReadOnlySpan<byte> number);

    /// <summary>The conversion between two types.</summary>
    /// <param name="file">NumPy's code of the file's type, such as f4 or b1.</param>
    /// <param name="tensor">The declared type.</param>
    /// <returns>The conversion, or null if the file holds no numbers or the tensor takes none.</returns>
    public static ElementConversion? Between(string file, TensorElementType tensor) => file switch
    {
        "f2" => From<Half>(tensor),
        "f4" => From<float>(tensor),
        "f8" => From<double>(tensor),
        "i1" => From<sbyte>(tensor),
        "i2" => From<short>(tensor),
        "i4" => From<int>(tensor),
        "i8" => From<long>(tensor),
        "u1" or "b1" => From<byte>(tensor),
        "u2" => From<ushort>(tensor),
        "u4" => From<uint>(tensor),
        "u8" => From<ulong>(tensor),
        _ => null,
    };

    private static ElementConversion? From<TFile>(TensorElementType tensor)
        where TFile : unmanaged, INumberBase<TFile> => tensor switch
        {
            TensorElementType.Float => new Of<TFile, float, FloatingTarget<float>>(),
            TensorElementType.Double => new Of<TFile, double, FloatingTarget<double>>(),
            TensorElementType.Float16 => new Of<TFile, Half, FloatingTarget<Half>>(),
            TensorElementType.BFloat16 => new Of<TFile, BFloat16, BrainTarget>(),
            TensorElementType.Int8 => new Of<TFile, sbyte, WholeTarget<sbyte>>(),
            TensorElementType.Int16 => new Of<TFile, short, WholeTarget<short>>(),
            TensorElementType.Int32 => new Of<TFile, int, WholeTarget<int>>(),
            TensorElementType.Int64 => new Of<TFile, long, WholeTarget<long>>(),
            TensorElementType.UInt8 => new Of<TFile, byte, WholeTarget<byte>>(),
            TensorElementType.UInt16 => new Of<TFile, ushort, WholeTarget<ushort>>(),
            TensorElementType.UInt32 => new Of<TFile, uint, WholeTarget<uint>>(),
            TensorElementType.UInt64 => new Of<TFile, ulong, WholeTarget<ulong>>(),
            TensorElementType.Bool => new Of<TFile, bool, TruthTarget>(),
            _ => null,
        };

    private sealed class Of<TFile, TTensor, TTarget> : ElementConversion
        where TFile : unmanaged, INumberBase<TFile>
        where TTensor : unmanaged
        where TTarget : IElementTarget<TTensor>
    {
        public override int FileSize => Unsafe.SizeOf<TFile>();

        public override int TensorSize => Unsafe.SizeOf<TTensor>();

        public override bool Copies => typeof(TFile) == typeof(TTensor);

        public override int Convert(ReadOnlySpan<byte> numbers, Span<byte> elements)
        {
            ReadOnlySpan<TFile> from = MemoryMarshal.Cast<byte, TFile>(numbers);
            Span<TTensor> to = MemoryMarshal.Cast<byte, TTensor>(elements);
            for (int i = 0; i < from.Length; i++)
            {
                if (!TTarget.TryConvert(from[i], out to[i]))
                    return i;
            }
            return from.Length;
        }

        public override string Text(ReadOnlySpan<byte> number) =>
            MemoryMarshal.Read<TFile>(number).ToString(null, CultureInfo.InvariantCulture);
    }
}
