namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>A field of a protobuf message where it lies in a file.</summary>
/// <param name="Number">The field's number.</param>
/// <param name="Start">Where its tag begins.</param>
/// <param name="Payload">Where its content begins: behind the tag and, if it has one, the length.</param>
/// <param name="End">Where it ends.</param>
/// <param name="LengthAt">Where its length begins; -1 if it has none.</param>
internal readonly record struct WireField(int Number, int Start, int Payload, int End, int LengthAt)
{
    private const int VarInt = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5, TypeBits = 3, PayloadBits = 7, LongestVarInt = 10;

    /// <summary>Whether it is a message, a text or bytes.</summary>
    public bool HasLength => LengthAt >= 0;

    /// <summary>The fields of a message, in the order of the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the message begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <exception cref="InvalidDataException">It is no protobuf message.</exception>
    public static List<WireField> Fields(ReadOnlySpan<byte> file, int start, int end)
    {
        List<WireField> fields = [];
        int at = start;
        while (at < end)
        {
            int tagAt = at;
            ulong tag = Number64(file, ref at, end);
            int lengthAt = -1, payload = at;
            switch ((int)(tag & ((1 << TypeBits) - 1)))
            {
                case VarInt:
                    _ = Number64(file, ref at, end);
                    break;
                case Fixed64:
                    at += sizeof(ulong);
                    break;
                case Fixed32:
                    at += sizeof(uint);
                    break;
                case Bytes:
                    lengthAt = at;
                    ulong length = Number64(file, ref at, end);
                    payload = at;
                    if (length > (ulong)(end - at))
                        throw Broken();
                    at += (int)length;
                    break;
                default:
                    throw Broken();
            }
            if (at > end)
                throw Broken();
            fields.Add(new((int)(tag >> TypeBits), tagAt, payload, at, lengthAt));
        }
        return fields;
    }

    /// <summary>The whole number that a field holds.</summary>
    public ulong Value(ReadOnlySpan<byte> file)
    {
        int at = Payload;
        return Number64(file, ref at, End);
    }

    /// <summary>A whole number as protobuf writes it.</summary>
    public static byte[] VarIntOf(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 1 << PayloadBits; value >>= PayloadBits)
            bytes.Add((byte)((value & ((1 << PayloadBits) - 1)) | (1 << PayloadBits)));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    /// <summary>A message as a field of another.</summary>
    public static byte[] Field(int number, ReadOnlySpan<byte> content) =>
        [.. VarIntOf(((ulong)number << TypeBits) | Bytes), .. VarIntOf((ulong)content.Length), .. content];

    private static ulong Number64(ReadOnlySpan<byte> file, ref int at, int end)
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarInt; i++)
        {
            if (at >= end)
                throw Broken();
            byte next = file[at++];
            value |= (ulong)(next & ((1 << PayloadBits) - 1)) << (PayloadBits * i);
            if (next < 1 << PayloadBits)
                return value;
        }
        throw Broken();
    }

    private static InvalidDataException Broken() => new("The model's file is damaged: it is no protobuf message.");
}
