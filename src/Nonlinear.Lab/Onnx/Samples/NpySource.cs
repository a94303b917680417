using System.Runtime.InteropServices;
using Nonlinear.Lab.Arrays;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>A NumPy array that is given to an input: a file, or an entry of an archive.</summary>
internal sealed class NpySource : NumberSource
{
    private const int BufferBytes = 1 << 16;

    // A packed entry can only be read from its start, so that it is opened once for each index before the sample axis.
    private const int MostLanes = 256;

    private readonly INpyStorage _storage;
    private readonly NpyLayout _layout;
    private readonly ElementConversion _conversion;
    private readonly Dictionary<int, NpyLane> _lanes = [];
    private readonly byte[] _buffer;

    private NpySource(INpyStorage storage, NpyLayout layout, ElementConversion conversion, ModelInput input)
        : base(storage.Name, input, layout.Shape)
    {
        (_storage, _layout, _conversion) = (storage, layout, conversion);
        _buffer = new byte[conversion.Copies ? conversion.FileSize : BufferBytes];
    }

    /// <inheritdoc/>
    public override int? SampleAxis
    {
        get => base.SampleAxis;
        set
        {
            long lanes = value is { } axis ? Shape.Take(axis).Aggregate(1L, (product, extent) => product * extent) : 1;
            if (!_storage.CanSeek && lanes > MostLanes)
                throw new InvalidDataException(
                    $"{Name} has its samples along axis {value}, behind {lanes} others, where an archive cannot be read in pieces; "
                    + "save the array as a file of its own with numpy.save.");
            base.SampleAxis = value;
        }
    }

    /// <summary>Opens an array; what keeps it is closed with it.</summary>
    /// <exception cref="InvalidDataException">It is no array of numbers that the input takes.</exception>
    public static NpySource Open(INpyStorage storage, ModelInput input)
    {
        try
        {
            NpyLayout layout = Layout(storage);
            ElementConversion conversion = ElementConversion.Between(layout.Type, input.Type)
                ?? throw new InvalidDataException(
                    $"{storage.Name} holds {layout.Elements}, and the input {input} takes numbers; convert it with astype.");
            if (layout.FortranOrder && layout.Shape.Count(extent => extent > 1) > 1)
                throw new InvalidDataException($"{storage.Name} is in column-major order; save it again with numpy.ascontiguousarray.");
            NpySource source = new(storage, layout, conversion, input);
            long present = storage.Length - layout.Start;
            return present < source.Bytes ? throw source.Incomplete(present) : source;
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Read(int lane, long start, Span<byte> elements)
    {
        if (elements.IsEmpty)
            return;
        NpyLane at = At(_storage.CanSeek ? 0 : lane, start * _conversion.FileSize);
        if (_conversion.Copies)
            Fill(at, elements);
        else
            Convert(at, start, elements);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (NpyLane lane in _lanes.Values)
            lane.Dispose();
        _lanes.Clear();
        _storage.Dispose();
    }

    private static NpyLayout Layout(INpyStorage storage)
    {
        using Stream stream = storage.Open();
        try
        {
            return NpyLayout.Read(stream, storage.Name);
        }
        catch (InvalidDataException damaged) when (!damaged.Message.StartsWith(storage.Name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{storage.Name} cannot be unpacked: {damaged.Message}", damaged);
        }
    }

    private long Bytes => Shape.Aggregate((long)_conversion.FileSize, (product, extent) => product * extent);

    private void Convert(NpyLane at, long start, Span<byte> elements)
    {
        int most = BufferBytes / _conversion.FileSize, size = _conversion.TensorSize;
        for (int done = 0, all = elements.Length / size; done < all;)
        {
            int count = Math.Min(most, all - done);
            Span<byte> numbers = _buffer.AsSpan(0, count * _conversion.FileSize);
            Fill(at, numbers);
            int converted = _conversion.Convert(numbers, elements.Slice(done * size, count * size));
            if (converted < count)
                throw Unfit(start + done + converted, _conversion.Text(numbers[(converted * _conversion.FileSize)..]));
            done += count;
        }
    }

    private NpyLane At(int lane, long position)
    {
        if (_lanes.TryGetValue(lane, out NpyLane? open))
        {
            if (open.MoveTo(position))
                return open;
            open.Dispose();
        }
        NpyLane anew = new(_storage, _layout.Start);
        _lanes[lane] = anew;
        _ = anew.MoveTo(position);
        return anew;
    }

    // What the numbers of the file are to this machine.
    private void Normalise(Span<byte> numbers)
    {
        if (_layout.Type == "b1")
        {
            foreach (ref byte truth in numbers)
                truth = (byte)(truth == 0 ? 0 : 1);
        }
        else if (_conversion.FileSize == sizeof(ushort))
        {
            ByteOrder.Exchange(MemoryMarshal.Cast<byte, ushort>(numbers), _layout.BigEndian);
        }
        else if (_conversion.FileSize == sizeof(uint))
        {
            ByteOrder.Exchange(MemoryMarshal.Cast<byte, uint>(numbers), _layout.BigEndian);
        }
        else if (_conversion.FileSize == sizeof(ulong))
        {
            ByteOrder.Exchange(MemoryMarshal.Cast<byte, ulong>(numbers), _layout.BigEndian);
        }
    }

    private void Fill(NpyLane lane, Span<byte> numbers)
    {
        if (lane.Read(numbers) < numbers.Length)
            throw new InvalidDataException($"{Name} is incomplete: its data end too early. Copy or save it again.");
        Normalise(numbers);
    }

    private InvalidDataException Unfit(long element, string number)
    {
        long[] place = new long[Shape.Count];
        for (int axis = place.Length - 1; axis >= 0; axis--)
            (element, place[axis]) = Math.DivRem(element, Shape[axis]);
        string row = SampleAxis is { } sample ? $"row {place[sample]} (counted from 0), " : "";
        string where = place.Length == 0 ? "" : $" in {row}at [{string.Join(", ", place)}]";
        return new($"{Name} holds {number}{where}; the input '{Input.Name}' takes {ElementTypes.Accepted(Input.Type)}.");
    }

    private InvalidDataException Incomplete(long bytes) =>
        new($"{Name} is incomplete: it holds {bytes} of {Bytes} bytes of data. Copy or save it again.");
}
