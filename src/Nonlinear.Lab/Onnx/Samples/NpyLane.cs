namespace Nonlinear.Lab.Onnx.Samples;

/// <summary>A place in the data of an array, from which is read on.</summary>
/// <param name="storage">Where the array is kept.</param>
/// <param name="headerBytes">The bytes before the data.</param>
internal sealed class NpyLane(INpyStorage storage, long headerBytes) : IDisposable
{
    private readonly Stream _stream = storage.Open();

    // Counted from the start of the file.
    private long _position;

    /// <summary>Goes to a place in the data; false if it lies behind and there is no way back.</summary>
    public bool MoveTo(long position)
    {
        long wanted = headerBytes + position;
        if (storage.CanSeek)
            _position = _stream.Position = wanted;
        Span<byte> skipped = stackalloc byte[1 << 12];
        while (_position < wanted)
        {
            int count = (int)Math.Min(skipped.Length, wanted - _position);
            if (Read(skipped[..count]) < count)
                break;
        }
        // Where the data end too early, the next piece tells.
        return _position <= wanted;
    }

    /// <summary>Reads on.</summary>
    /// <returns>How many bytes there were.</returns>
    public int Read(Span<byte> bytes)
    {
        try
        {
            int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _position += read;
            return read;
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException($"{storage.Name} cannot be unpacked: {damaged.Message}", damaged);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
