using System.Runtime.InteropServices;

namespace Nonlinear.Lab.Arrays;

/// <summary>A NumPy file that is read.</summary>
internal sealed class ArraySource : IDisposable
{
    private readonly string _name;
    private Stream _stream;
    private long _start;

    private ArraySource(Stream stream, string name, bool brainFloats)
    {
        (_stream, _name) = (stream, name);
        Header = NpyHeader.Read(stream, name, brainFloats);
        if (!stream.CanSeek)
            return;
        _start = stream.Position;
        if (stream.Length - _start < Header.Count * Header.ElementSize)
            throw Incomplete(stream.Length - _start);
    }

    public NpyHeader Header { get; }

    /// <summary>What to call it in messages.</summary>
    public string Name => _name;

    /// <summary>Opens a file and reads its header.</summary>
    public static ArraySource Open(string path, bool brainFloats = false)
    {
        bool standard = path == ArrayTransform.Standard;
        Stream stream = standard ? Console.OpenStandardInput() : OpenFile(path);
        try
        {
            return new(stream, standard ? "Standard input" : $"'{path}'", brainFloats);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Holds an upstream gradient against the inputs and the shape of the outputs.</summary>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    public void MustFit(ArraySource x, IReadOnlyList<long> outputShape)
    {
        if (!Header.Shape.SequenceEqual(outputShape))
            throw new InvalidDataException(
                $"{_name} has the shape ({string.Join(", ", Header.Shape)}); "
                + $"the gradient by the output must have ({string.Join(", ", outputShape)}).");
        if (Header.Type != x.Header.Type)
            throw new InvalidDataException(
                $"{_name} holds {Named(Header.Type)} and {x._name} {Named(x.Header.Type)}; convert one of them with astype.");
        if (Header.FortranOrder != x.Header.FortranOrder && Header.Shape.Count(extent => extent > 1) > 1)
            throw new InvalidDataException(
                $"{_name} and {x._name} differ in memory order; save one of them again with "
                + $"numpy.{(x.Header.FortranOrder ? "asfortranarray" : "ascontiguousarray")}.");
    }

    /// <summary>Copies what comes through a pipe to a file, so that any part can be read at any time.</summary>
    /// <param name="folder">Where the file lies; null for where temporary files lie.</param>
    public void MakeSeekable(string? folder = null)
    {
        if (_stream.CanSeek)
            return;
        Stream copy = Scratch.Create(folder);
        try
        {
            _stream.CopyTo(copy);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
        _stream.Dispose();
        (_stream, _start) = (copy, 0);
        if (copy.Length < Header.Count * Header.ElementSize)
            throw Incomplete(copy.Length);
    }

    /// <summary>Reads a block.</summary>
    /// <param name="elements">Receives its elements.</param>
    /// <param name="block">The block.</param>
    /// <param name="along">The extent along the axis.</param>
    /// <param name="columns">The columns of the whole array.</param>
    public void Read<T>(Span<T> elements, Block block, int along, long columns)
        where T : unmanaged
    {
        if (block.Columns == columns)
        {
            // The bytes of a long vector cannot be counted by an int.
            for (long start = 0; start < elements.Length; start += ByteOrder.Piece)
                Read(
                    MemoryMarshal.AsBytes(elements.Slice((int)start, (int)Math.Min(ByteOrder.Piece, elements.Length - start))),
                    (block.Row * along * columns) + start);
        }
        else
        {
            for (int i = 0; i < along; i++)
                Read(
                    MemoryMarshal.AsBytes(elements.Slice(i * block.Columns, block.Columns)),
                    (((block.Row * along) + i) * columns) + block.Column);
        }
        ByteOrder.Exchange(elements, Header.BigEndian);
    }

    public void Dispose() => _stream.Dispose();

    // Without seeking, parts are asked for in the order of the file.
    private void Read(Span<byte> bytes, long element)
    {
        if (_stream.CanSeek)
            _stream.Position = _start + (element * Header.ElementSize);
        int read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw Incomplete((element * Header.ElementSize) + read);
    }

    private InvalidDataException Incomplete(long bytes) =>
        new($"{_name} is incomplete: it holds {bytes} of {Header.Count * Header.ElementSize} bytes of data. Copy or save it again.");

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; name a NumPy file.");
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"There is no file '{path}'.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be read: permission denied.");
        }
    }

    private static string Named(ElementType type) =>
        type switch { ElementType.Half => "float16", ElementType.Float => "float32", ElementType.BFloat16 => "bfloat16", _ => "float64" };
}
