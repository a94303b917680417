using System.Runtime.InteropServices;

namespace Nonlinear.Lab.Arrays;

/// <summary>A NumPy file that is written.</summary>
internal sealed class ArrayTarget : IDisposable
{
    private readonly NpyHeader _header;
    private readonly Stream _stream;
    private readonly WholeFile? _file;

    // What takes the whole array at the end, where it cannot be written here and there.
    private readonly Stream? _pipe;
    private readonly int _start;

    private ArrayTarget(NpyHeader header, Stream stream, WholeFile? file, Stream? pipe)
    {
        (_header, _stream, _file, _pipe) = (header, stream, file, pipe);
        byte[] bytes = header.ToBytes();
        _start = bytes.Length;
        stream.Write(bytes);
    }

    /// <summary>The folder of the output, where temporary files belong; null if it goes to no folder.</summary>
    public string? Folder => _file?.Folder;

    /// <summary>Starts a file and writes its header.</summary>
    /// <param name="path">Its path, or - for standard output.</param>
    /// <param name="header">The header.</param>
    /// <param name="seekable">Whether blocks will lie scattered.</param>
    public static ArrayTarget Open(string path, NpyHeader header, bool seekable)
    {
        WholeFile? file = path == ArrayTransform.Standard ? null : new(path);
        Stream stream = file?.Stream ?? StandardOutputStream.Open();
        try
        {
            return seekable && !stream.CanSeek
                ? new(header, Scratch.Create(null), file, stream)
                : new(header, stream, file, null);
        }
        catch
        {
            stream.Dispose();
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Writes a block; its elements are used up.</summary>
    public void Write<T>(Span<T> elements, Block block, int along, long columns)
        where T : unmanaged
    {
        ByteOrder.Exchange(elements, _header.BigEndian);
        if (block.Columns == columns)
        {
            for (long start = 0; start < elements.Length; start += ByteOrder.Piece)
                _stream.Write(MemoryMarshal.AsBytes(elements.Slice((int)start, (int)Math.Min(ByteOrder.Piece, elements.Length - start))));
            return;
        }
        for (int i = 0; i < along; i++)
        {
            _stream.Position = _start + (((((block.Row * along) + i) * columns) + block.Column) * _header.ElementSize);
            _stream.Write(MemoryMarshal.AsBytes(elements.Slice(i * block.Columns, block.Columns)));
        }
    }

    /// <summary>Makes the file appear.</summary>
    public void Publish()
    {
        if (_pipe is not null)
        {
            _stream.Position = 0;
            _stream.CopyTo(_pipe);
        }
        _file?.Publish();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _pipe?.Dispose();
        _file?.Dispose();
    }
}
