using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Nonlinear.Lab.Arrays;

/// <summary>The element types that activations are applied to in files.</summary>
public enum ElementType
{
    /// <summary>16 bits, NumPy's float16.</summary>
    Half,

    /// <summary>32 bits, NumPy's float32.</summary>
    Float,

    /// <summary>64 bits, NumPy's float64.</summary>
    Double,

    /// <summary>16 bits with the range of a float; NumPy has no name for it, and files hold its bits.</summary>
    BFloat16,
}

/// <summary>What the header of a NumPy file says.</summary>
/// <param name="Type">The element type.</param>
/// <param name="BigEndian">Whether the most significant byte of an element comes first.</param>
/// <param name="FortranOrder">Whether the first index, not the last, runs fastest.</param>
/// <param name="Shape">The extent along each axis; none for a single number.</param>
/// <remarks>Source: NumPy Enhancement Proposal 1, A Simple File Format for NumPy Arrays, 2007.</remarks>
public sealed record NpyHeader(ElementType Type, bool BigEndian, bool FortranOrder, IReadOnlyList<long> Shape)
{
    // The data start at a multiple of this, and writers of arrays too large for version 1 headers use version 2.
    private const int Alignment = 64, PrefixV1 = 10, PrefixV2 = 12;

    /// <summary>The bytes of an element.</summary>
    public int ElementSize => Type switch { ElementType.Half or ElementType.BFloat16 => 2, ElementType.Float => 4, _ => 8 };

    /// <summary>Whether the elements are whole numbers to NumPy, of which only their bits are taken.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>The number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Reads a header; the stream is left at the first element.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="brainFloats">Whether elements of 16 bits without a type are taken for bfloat16: whole numbers, and what ml_dtypes
    /// writes.</param>
    /// <exception cref="InvalidDataException">This is no NumPy file, or one that ends too early or holds something other than
    /// floating-point numbers.</exception>
    public static NpyHeader Read(Stream stream, string name, bool brainFloats = false)
    {
        NpyLayout layout = NpyLayout.Read(stream, name);
        ElementType type = layout.Type switch
        {
            "u2" or "V2" or "bfloat16" when brainFloats => ElementType.BFloat16,
            "f2" => ElementType.Half,
            "f4" => ElementType.Float,
            "f8" => ElementType.Double,
            _ => throw new InvalidDataException($"{name} holds {layout.Elements}; convert it to float16, float32 or float64 with astype."),
        };
        return new(type, layout.BigEndian, layout.FortranOrder, layout.Shape) { IsWhole = layout.Type == "u2" };
    }

    /// <summary>The header as bytes, with which the data may follow at once.</summary>
    public byte[] ToBytes()
    {
        string order = FortranOrder ? "True" : "False";
        string shape = string.Concat(Shape.Select((extent, i) => (i > 0 ? " " : "") + extent.ToString(CultureInfo.InvariantCulture) + ","));
        if (Shape.Count > 1)
            shape = shape.TrimEnd(',');
        string description = $"{(BigEndian ? '>' : '<')}{(Type == ElementType.BFloat16 ? 'u' : 'f')}{ElementSize}";
        string text = $"{{'descr': '{description}', 'fortran_order': {order}, 'shape': ({shape}), }}";
        int prefix = text.Length + PrefixV1 + Alignment > ushort.MaxValue ? PrefixV2 : PrefixV1;
        int total = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[total];
        NpyLayout.Magic.CopyTo(bytes);
        bytes[6] = (byte)(prefix == PrefixV1 ? 1 : 2);
        if (prefix == PrefixV1)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(total - prefix));
        else
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), total - prefix);
        bytes.AsSpan(prefix).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }
}
