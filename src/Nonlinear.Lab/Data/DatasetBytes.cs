using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Data;

/// <summary>
/// A data set as bytes, for other machines: everything that decides what is learned from it, and nothing of where it was read. The same
/// data are the same bytes.
/// </summary>
internal static class DatasetBytes
{
    private const int Version = 2;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The bytes of a data set.</summary>
    public static byte[] Write(Dataset data)
    {
        byte[] head = JsonSerializer.SerializeToUtf8Bytes(
            new Head(
                Version,
                data.Features,
                data.ClassNames,
                data.Measures,
                data.TargetMeasure,
                data.CommonScale,
                data.Picture is { } shape ? [shape.Height, shape.Width, shape.Channels] : [],
                data.Count),
            Json);
        using MemoryStream bytes = new();
        using (BrotliStream compressed = new(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, head.Length);
            compressed.Write(length);
            compressed.Write(head);
            Write(compressed, data.Inputs);
            Write(compressed, data.Targets);
        }
        return bytes.ToArray();
    }

    /// <summary>The data set that some bytes are.</summary>
    /// <exception cref="InvalidDataException">They are none, or another version's.</exception>
    public static Dataset Read(byte[] bytes)
    {
        using BrotliStream stream = new(new MemoryStream(bytes), CompressionMode.Decompress);
        try
        {
            byte[] length = new byte[sizeof(int)];
            stream.ReadExactly(length);
            byte[] text = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            stream.ReadExactly(text);
            Head head = JsonSerializer.Deserialize<Head>(text, Json)!;
            if (head.Version != Version)
                throw new InvalidDataException($"That data set was written by another version ({head.Version}, not {Version}).");
            return new(
                "", Text.Same(""), head.Features, Read(stream, head.Count * head.Features.Count), Read(stream, head.Count), head.ClassNames)
            {
                Measures = head.Measures,
                TargetMeasure = head.TargetMeasure,
                CommonScale = head.CommonScale,
                Picture = head.Picture is [int height, int width, int channels] ? new(height, width, channels) : null,
            };
        }
        catch (Exception unusable) when (unusable is EndOfStreamException or JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("That is no data set.", unusable);
        }
    }

    private static void Write(BrotliStream stream, float[] numbers)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return;
        }
        byte[] number = new byte[sizeof(float)];
        foreach (float value in numbers)
        {
            BinaryPrimitives.WriteSingleLittleEndian(number, value);
            stream.Write(number);
        }
    }

    private static float[] Read(BrotliStream stream, int count)
    {
        float[] numbers = new float[count];
        Span<byte> bytes = MemoryMarshal.AsBytes(numbers.AsSpan());
        stream.ReadExactly(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            for (int i = 0; i < count; i++)
                numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }
        return numbers;
    }

    private sealed record Head(
        int Version,
        IReadOnlyList<string> Features,
        IReadOnlyList<string> ClassNames,
        Measure[] Measures,
        Measure TargetMeasure,
        bool CommonScale,
        int[] Picture,
        int Count);
}
