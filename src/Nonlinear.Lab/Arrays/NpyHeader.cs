using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

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
}

/// <summary>What the header of a NumPy file says.</summary>
/// <param name="Type">The element type.</param>
/// <param name="BigEndian">Whether the most significant byte of an element comes first.</param>
/// <param name="FortranOrder">Whether the first index, not the last, runs fastest.</param>
/// <param name="Shape">The extent along each axis; none for a single number.</param>
/// <remarks>Source: NumPy Enhancement Proposal 1, A Simple File Format for NumPy Arrays, 2007.</remarks>
public sealed partial record NpyHeader(ElementType Type, bool BigEndian, bool FortranOrder, IReadOnlyList<long> Shape)
{
    // The data start at a multiple of this, and writers of arrays too large for version 1 headers use version 2.
    private const int Alignment = 64, PrefixV1 = 10, PrefixV2 = 12;

    // No header of an array of numbers comes near it; a foreign file may claim anything.
    private const int LongestHeader = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The bytes of an element.</summary>
    public int ElementSize => Type switch { ElementType.Half => 2, ElementType.Float => 4, _ => 8 };

    /// <summary>The number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => checked(product * extent));

    /// <summary>Reads a header; the stream is left at the first element.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">This is no NumPy file, or one that ends too early or holds something other than
    /// floating-point numbers.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || !prefix.StartsWith(Magic))
            throw new InvalidDataException($"{name} is not a NumPy file; write one with numpy.save.");
        int version = prefix[6];
        if (version is < 1 or > 3)
            throw new InvalidDataException(
                $"{name} is a NumPy file of version {version}, which is not known; save it again with numpy.save.");
        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        ReadHeader(stream, size, name);
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader)
            throw new InvalidDataException($"{name} claims a header of {length} bytes and is damaged.");
        byte[] bytes = new byte[length];
        ReadHeader(stream, bytes, name);
        return Parse(Encoding.UTF8.GetString(bytes), name);
    }

    /// <summary>The header as bytes, with which the data may follow at once.</summary>
    public byte[] ToBytes()
    {
        string order = FortranOrder ? "True" : "False";
        string shape = string.Concat(Shape.Select((extent, i) => (i > 0 ? " " : "") + extent.ToString(CultureInfo.InvariantCulture) + ","));
        if (Shape.Count > 1)
            shape = shape.TrimEnd(',');
        string text = $"{{'descr': '{(BigEndian ? '>' : '<')}f{ElementSize}', 'fortran_order': {order}, 'shape': ({shape}), }}";
        int prefix = text.Length + PrefixV1 + Alignment > ushort.MaxValue ? PrefixV2 : PrefixV1;
        int total = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[total];
        Magic.CopyTo(bytes);
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

    private static void ReadHeader(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"{name} ends within its header; it is incomplete.");
    }

    private static NpyHeader Parse(string text, string name)
    {
        Match type = TypeEntry().Match(text), order = OrderEntry().Match(text), shape = ShapeEntry().Match(text);
        if (!order.Success || !shape.Success || !text.Contains("'descr'", StringComparison.Ordinal))
            throw new InvalidDataException($"{name} has a header that is not NumPy's; save it again with numpy.save.");
        ElementType elementType = type.Groups["type"].Value switch
        {
            "f2" => ElementType.Half,
            "f4" => ElementType.Float,
            "f8" => ElementType.Double,
            _ => throw new InvalidDataException(
                $"{name} holds {Description(text)}; convert it to float16, float32 or float64 with astype."),
        };
        List<long> extents = [];
        foreach (string part in shape.Groups["shape"].Value.Split(
            ',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long extent))
                throw new InvalidDataException($"{name} has a header whose shape is damaged: ({shape.Groups["shape"].Value}).");
            extents.Add(extent);
        }
        NpyHeader header = new(elementType, type.Groups["order"].Value == ">", order.Groups["order"].Value == "True", extents);
        try
        {
            _ = checked(header.Count * header.ElementSize);
            return header;
        }
        catch (OverflowException)
        {
            throw new InvalidDataException(
                $"{name} claims more elements than can be counted: ({shape.Groups["shape"].Value}); it is damaged.");
        }
    }

    private static string Description(string text)
    {
        Match description = DescriptionEntry().Match(text);
        return description.Success ? $"elements of type {description.Groups["descr"].Value}" : "records";
    }

    [GeneratedRegex(@"'descr':\s*'(?<order>[<>|=])?(?<type>f[248])'")]
    private static partial Regex TypeEntry();

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']*)'")]
    private static partial Regex DescriptionEntry();

    [GeneratedRegex(@"'fortran_order':\s*(?<order>True|False)")]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex ShapeEntry();
}
