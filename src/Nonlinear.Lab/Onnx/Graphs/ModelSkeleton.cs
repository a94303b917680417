using Google.Protobuf;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>
/// Reads a model without its large weights: they are left in the file, and the model says that they lie there, as it can say of weights in
/// other files. So a model of a gigabyte is looked into in a few megabytes, and the runtime finds its weights without a copy.
/// </summary>
internal sealed class ModelSkeleton
{
    // Smaller ones may be axes, bounds or slopes that are looked at; reading them is no burden.
    private const int LargeWeight = 1 << 16;

    private readonly Stream _file;
    private readonly string _name;

    private ModelSkeleton(Stream file, string name) => (_file, _name) = (file, name);

    /// <summary>Reads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="InvalidProtocolBufferException">It is no model.</exception>
    /// <exception cref="InvalidDataException">It is no message at all.</exception>
    public static ModelProto Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        // What is not known here cannot be checked, and the runtime must not be given it.
        MessageParser<ModelProto> parser = ModelProto.Parser.WithDiscardUnknownFields(true);
        // A link may lead to where other weights do not lie; then all is read.
        return File.ResolveLinkTarget(path, returnFinalTarget: true) is null
            ? parser.ParseFrom(new ModelSkeleton(file, Path.GetFileName(path)).OfModel())
            : parser.ParseFrom(file);
    }

    private byte[] OfModel() =>
        Fields(_file.Length, (field, size) => field == ModelProto.GraphFieldNumber ? OfGraph(size) : Bytes(size));

    private byte[] OfGraph(long length) =>
        Fields(length, (field, size) => field == GraphProto.InitializerFieldNumber ? OfTensor(size) : Bytes(size));

    private byte[] OfTensor(long length)
    {
        long start = _file.Position;
        (long Offset, long Length, int Field) left = default;
        byte[] fields = Fields(length, (field, size) =>
        {
            if (size <= LargeWeight
                || field is not (TensorProto.RawDataFieldNumber or TensorProto.FloatDataFieldNumber or TensorProto.DoubleDataFieldNumber))
                return Bytes(size);
            left = (_file.Position, size, field);
            _file.Position += size;
            return null;
        });
        if (left.Length == 0)
            return fields;
        // Floats one after the other are written as they are in memory; a complex number is two of them.
        bool asInMemory = (DataType)TensorProto.Parser.ParseFrom(fields).DataType switch
        {
            DataType.Float => left.Field != TensorProto.DoubleDataFieldNumber,
            DataType.Double => left.Field != TensorProto.FloatDataFieldNumber,
            _ => left.Field == TensorProto.RawDataFieldNumber,
        };
        if (!asInMemory)
        {
            _file.Position = start;
            return Bytes(length);
        }
        TensorProto place = new() { DataLocation = DataLocation.External };
        place.ExternalData.Add(ExternalData.Entries(_name, left.Offset, left.Length));
        // Messages one after the other are read as one.
        return [.. fields, .. place.ToByteArray()];
    }

    // The fields of a message; those that hold bytes as they are rewritten, or left out.
    private byte[] Fields(long length, Func<int, long, byte[]?> rewrite)
    {
        long end = checked(_file.Position + length);
        using MemoryStream written = new();
        while (_file.Position < end)
        {
            ulong tag = Varint();
            switch (tag & 7)
            {
                case 0:
                    Write(written, tag, Varint());
                    break;
                case 1:
                    Write(written, tag);
                    written.Write(Bytes(sizeof(ulong)));
                    break;
                case 5:
                    Write(written, tag);
                    written.Write(Bytes(sizeof(uint)));
                    break;
                case 2:
                    ulong size = Varint();
                    // The length itself may reach beyond the end.
                    if (_file.Position > end || size > (ulong)(end - _file.Position))
                        throw Damaged();
                    if (rewrite((int)Math.Min(tag >> 3, int.MaxValue), (long)size) is { } content)
                    {
                        Write(written, tag, (ulong)content.Length);
                        written.Write(content);
                    }
                    break;
                default:
                    throw Damaged();
            }
        }
        return _file.Position == end ? written.ToArray() : throw Damaged();
    }

    private byte[] Bytes(long count)
    {
        if (count > _file.Length - _file.Position)
            throw Damaged();
        byte[] bytes = new byte[count];
        _file.ReadExactly(bytes);
        return bytes;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = _file.ReadByte();
            if (next < 0)
                break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Damaged();
    }

    private static void Write(MemoryStream stream, params ReadOnlySpan<ulong> varints)
    {
        foreach (ulong varint in varints)
        {
            ulong rest = varint;
            for (; rest >= 0x80; rest >>= 7)
                stream.WriteByte((byte)(rest | 0x80));
            stream.WriteByte((byte)rest);
        }
    }

    private static InvalidDataException Damaged() => new("A message of it ends too early.");
}
