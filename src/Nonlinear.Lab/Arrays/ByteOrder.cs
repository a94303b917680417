using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonlinear.Lab.Arrays;

/// <summary>Turns numbers of a file into those of the machine, and back.</summary>
internal static class ByteOrder
{
    /// <summary>So many elements of any type are less bytes than a span holds.</summary>
    public const int Piece = 1 << 24;

    /// <summary>Reverses the bytes of every element if the file's order is not the machine's.</summary>
    public static void Exchange<T>(Span<T> elements, bool bigEndian)
        where T : unmanaged
    {
        if (bigEndian != BitConverter.IsLittleEndian)
            return;
        switch (Unsafe.SizeOf<T>())
        {
            case sizeof(ushort):
                Span<ushort> words = MemoryMarshal.Cast<T, ushort>(elements);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case sizeof(uint):
                Span<uint> doubleWords = MemoryMarshal.Cast<T, uint>(elements);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            default:
                Span<ulong> quadWords = MemoryMarshal.Cast<T, ulong>(elements);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }
}
