using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Arrays;

/// <summary>How the elements of a NumPy file are laid out, whatever their type.</summary>
/// <param name="Description">The type as the header spells it, such as &lt;f4; empty for records.</param>
/// <param name="FortranOrder">Whether the first index, not the last, runs fastest.</param>
/// <param name="Shape">The extent along each axis; none for a single number.</param>
/// <param name="Start">The bytes before the first element.</param>
internal sealed partial record NpyLayout(string Description, bool FortranOrder, IReadOnlyList<long> Shape, long Start)
{
    // No header of an array of numbers comes near it; a foreign file may claim anything.
    private const int LongestHeader = 1 << 20;

    // No element is larger; what is counted by it fits any of them.
    private const int LargestElement = 16;

    /// <summary>The six bytes that every file starts with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Kind and size of an element without the order of its bytes, such as f4 or i8.</summary>
    public string Type => Description.TrimStart('<', '>', '|', '=');

    /// <summary>Whether the most significant byte of an element comes first.</summary>
    public bool BigEndian => Description.StartsWith('>');

    /// <summary>The elements in words, for messages.</summary>
    public string Elements => Description.Length > 0 ? $"elements of type {Description}" : "records";

    /// <summary>Reads a header; the stream is left at the first element.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <exception cref="InvalidDataException">This is no NumPy file, or one that ends too early.</exception>
    public static NpyLayout Read(Stream stream, string name)
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
        return Parse(Encoding.UTF8.GetString(bytes), prefix.Length + size.Length + length, name);
    }

    private static void ReadHeader(Stream stream, Span<byte> bytes, string name)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException($"{name} ends within its header; it is incomplete.");
    }

    private static NpyLayout Parse(string text, long start, string name)
    {
        Match order = OrderEntry().Match(text), shape = ShapeEntry().Match(text);
        if (!order.Success || !shape.Success || !text.Contains("'descr'", StringComparison.Ordinal))
            throw new InvalidDataException($"{name} has a header that is not NumPy's; save it again with numpy.save.");
        string inside = shape.Groups["shape"].Value;
        List<long> extents = [];
        long bytes = LargestElement;
        foreach (string part in inside.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long extent))
                throw new InvalidDataException($"{name} has a header whose shape is damaged: ({inside}).");
            extents.Add(extent);
            if (bytes > 0 && extent > long.MaxValue / bytes)
                throw new InvalidDataException($"{name} claims more elements than can be counted: ({inside}); it is damaged.");
            bytes *= extent;
        }
        string description = DescriptionEntry().Match(text).Groups["descr"].Value;
        return new(description, order.Groups["order"].Value == "True", extents, start);
    }

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']*)'")]
    private static partial Regex DescriptionEntry();

    [GeneratedRegex(@"'fortran_order':\s*(?<order>True|False)")]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex ShapeEntry();
}
