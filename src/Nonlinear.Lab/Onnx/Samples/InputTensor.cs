using Microsoft.ML.OnnxRuntime;

namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>Makes the tensors of an input, a batch at a time.</summary>
internal sealed class InputTensor
{
    private readonly GivenInput _given;
    private readonly int? _axis;
    private readonly long[] _shape;
    private readonly int _elementSize;

    // Of what is given each time anew, the file is read once.
    private byte[]? _kept;

    /// <summary>The tensors of an input.</summary>
    /// <param name="given">What it is given.</param>
    /// <param name="axis">Its axis of the sample.</param>
    /// <param name="axes">What is known of the axes of all inputs.</param>
    public InputTensor(GivenInput given, int? axis, SampleAxes axes)
    {
        (_given, _axis) = (given, axis);
        _elementSize = new TypedNumber(given.Input.Type).Size;
        _shape = given.Extents is { } extents
            ? [.. extents]
            : [.. given.Axes.Select(name => ModelInput.Fixed(name) ?? axes.Extent(name) ?? 1)];
    }

    /// <summary>The tensor of a batch.</summary>
    /// <param name="row">The first example.</param>
    /// <param name="rows">How many of them.</param>
    /// <param name="batch">How many the tensor holds; the same ones are repeated up to there.</param>
    public OrtValue Create(long row, int rows, int batch)
    {
        long[] shape = [.. _shape];
        if (_axis is { } axis)
            shape[axis] = batch;
        if (Bytes(shape) is not { } bytes)
            throw new InvalidDataException(
                $"The input '{_given.Input.Name}' of the shape ({string.Join(", ", shape)}) takes more than two gigabytes; "
                + "give fewer rows at a time, or smaller ones.");
        OrtValue tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, _given.Input.Type, shape);
        try
        {
            if (bytes > 0)
                Fill(tensor.GetTensorMutableRawData(), row, rows, batch);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private void Fill(Span<byte> tensor, long row, int rows, int batch)
    {
        if (_given.Source is not { } source)
        {
            _given.Number.CopyTo(tensor);
            Repeat(tensor, _elementSize);
        }
        else if (_axis is not { } axis)
        {
            Kept(source, tensor.Length).CopyTo(tensor);
        }
        else
        {
            long inFile = _shape[axis];
            int lanes = (int)_shape[..axis].Aggregate(1L, (product, extent) => product * extent);
            int lane = tensor.Length / lanes, width = lane / batch;
            for (int i = 0; i < lanes; i++)
            {
                Span<byte> all = tensor.Slice(i * lane, lane);
                if (inFile == 1)
                {
                    Kept(source, lanes * width).AsSpan(i * width, width).CopyTo(all);
                    Repeat(all, width);
                }
                else
                {
                    source.Read(i, ((i * inFile) + row) * (width / _elementSize), all[..(rows * width)]);
                    Repeat(all, rows * width);
                }
            }
        }
    }

    // Repeats the first bytes up to the end.
    private static void Repeat(Span<byte> bytes, int first)
    {
        for (int filled = first; filled < bytes.Length; filled *= 2)
        {
            int count = Math.Min(filled, bytes.Length - filled);
            bytes[..count].CopyTo(bytes[filled..]);
            if (count < filled)
                break;
        }
    }

    private byte[] Kept(NumberSource source, int bytes)
    {
        if (_kept is null)
        {
            _kept = new byte[bytes];
            source.Read(0, 0, _kept);
        }
        return _kept;
    }

    private long? Bytes(long[] shape)
    {
        long bytes = shape.Contains(0) ? 0 : _elementSize;
        foreach (long extent in shape)
        {
            if (bytes > 0 && extent > Array.MaxLength / bytes)
                return null;
            bytes *= extent;
        }
        return bytes;
    }
}
