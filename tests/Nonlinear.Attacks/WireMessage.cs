namespace Nonlinear.Attacks;

/// <summary>A message of a protocol buffer, taken apart into its fields, so that it can be put together wrongly.</summary>
internal sealed class WireMessage
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5, Deepest = 40;

    // Which fields of which messages of an ONNX model are messages.
    private static readonly Dictionary<(string, int), string> Messages = new()
    {
        [("Model", 7)] = "Graph", [("Model", 8)] = "Opset", [("Model", 14)] = "Pair", [("Model", 20)] = "Training",
        [("Model", 25)] = "Function", [("Graph", 1)] = "Node", [("Graph", 5)] = "Tensor", [("Graph", 11)] = "Value",
        [("Graph", 12)] = "Value", [("Graph", 13)] = "Value", [("Graph", 15)] = "Sparse", [("Node", 5)] = "Attribute",
        [("Attribute", 5)] = "Tensor", [("Attribute", 6)] = "Graph", [("Attribute", 10)] = "Tensor", [("Attribute", 11)] = "Graph",
        [("Attribute", 14)] = "Type", [("Attribute", 22)] = "Sparse", [("Sparse", 1)] = "Tensor", [("Sparse", 2)] = "Tensor",
        [("Tensor", 13)] = "Pair", [("Value", 2)] = "Type", [("Type", 1)] = "TensorType", [("Type", 4)] = "Sequence",
        [("Type", 9)] = "Sequence", [("Sequence", 1)] = "Type", [("TensorType", 2)] = "Shape", [("Shape", 1)] = "Dimension",
        [("Function", 7)] = "Node", [("Function", 9)] = "Opset", [("Function", 11)] = "Attribute", [("Training", 1)] = "Graph",
    };

    /// <summary>Takes bytes apart; null if they are no such message.</summary>
    public static WireMessage? Parse(ReadOnlySpan<byte> bytes, string kind = "Model", int depth = 0)
    {
        WireMessage message = new(kind);
        int at = 0;
        while (at < bytes.Length)
        {
            if (ReadVarint(bytes, ref at) is not { } key || key >> 3 is 0 or > 1000)
                return null;
            (int number, int type) = ((int)(key >> 3), (int)(key & 7));
            WireField field = new(number, type);
            switch (type)
            {
                case Varint when ReadVarint(bytes, ref at) is { } value:
                    field.Value = value;
                    break;
                case Fixed64 or Fixed32 when bytes.Length - at >= (type == Fixed64 ? 8 : 4):
                    int size = type == Fixed64 ? 8 : 4;
                    field.Data = bytes.Slice(at, size).ToArray();
                    at += size;
                    break;
                case Bytes when ReadVarint(bytes, ref at) is { } length && length <= (ulong)(bytes.Length - at):
                    ReadOnlySpan<byte> data = bytes.Slice(at, (int)length);
                    at += (int)length;
                    if (depth < Deepest && Messages.TryGetValue((kind, number), out string? inner))
                        field.Message = Parse(data, inner, depth + 1);
                    if (field.Message is null)
                        field.Data = data.ToArray();
                    break;
                default:
                    return null;
            }
            message.Fields.Add(field);
        }
        return message;
    }

    private WireMessage(string kind) => Kind = kind;

    /// <summary>What it is: Model, Graph, Node …</summary>
    public string Kind { get; }

    /// <summary>Its fields in their order.</summary>
    public List<WireField> Fields { get; } = [];

    /// <summary>This message and all within it.</summary>
    public IEnumerable<WireMessage> All => Fields.Select(part => part.Message).OfType<WireMessage>()
        .SelectMany(part => part.All).Prepend(this);

    /// <summary>A copy that shares nothing.</summary>
    public WireMessage Copy()
    {
        WireMessage copy = new(Kind);
        copy.Fields.AddRange(Fields.Select(field => field.Copy()));
        return copy;
    }

    /// <summary>Puts it together again.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        foreach (WireField field in Fields)
        {
            WriteVarint(stream, ((ulong)field.Number << 3) | (uint)field.Type);
            if (field.Type == Varint)
                WriteVarint(stream, field.Value);
            else
            {
                byte[] data = field.Message?.ToBytes() ?? field.Data;
                if (field.Type == Bytes)
                    WriteVarint(stream, (ulong)data.Length);
                stream.Write(data);
            }
        }
        return stream.ToArray();
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    private static ulong? ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        return null;
    }
}

/// <summary>A field: a number, bytes, or a message.</summary>
internal sealed class WireField(int number, int type)
{
    public int Number { get; set; } = number;

    public int Type { get; set; } = type;

    public ulong Value { get; set; }

    public byte[] Data { get; set; } = [];

    public WireMessage? Message { get; set; }

    public WireField Copy() => new(Number, Type) { Value = Value, Data = [.. Data], Message = Message?.Copy() };
}
