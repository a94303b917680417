using System.Runtime.InteropServices;

namespace Nonlinear.Lab.Arrays;

/// <summary>A NumPy file that is written.</summary>
internal sealed class ArrayTarget : IDisposable
{
    private readonly NpyHeader _header;
    private readonly Stream _stream;
    private readonly WholeFile? _file;
    private readonly Stream? _standardOutput;
    private readonly int _start;

    private ArrayTarget(NpyHeader header, Stream stream, WholeFile? file, Stream? standardOutput)
    {
        (_header, _stream, _file, _standardOutput) = (header, stream, file, standardOutput);
        byte[] bytes = header.ToBytes();
        _start = bytes.Length;
        stream.Write(bytes);
    }

    /// <summary>Starts a file and writes its header.</summary>
    /// <param name="path">Its path, or - for standard output.</param>
    /// <param name="header">The header.</param>
    /// <param name="seekable">Whether blocks will lie scattered.</param>
    public static ArrayTarget Open(string path, NpyHeader header, bool seekable)
    {
        if (path != ArrayTransform.Standard)
        {
            WholeFile file = new(path);
            try
            {
                return new(header, file.Stream, file, null);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        Stream standardOutput = Console.OpenStandardOutput();
        return seekable ? new(header, Scratch.Create(), null, standardOutput) : new(header, standardOutput, null, null);
    }

    /// <summary>Writes a block; its elements are used up.</summary>
    public void Write<T>(Span<T> elements, Block block, int along, long columns)
        where T : unmanaged
    {
        ByteOrder.Exchange(elements, _header.BigEndian);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(elements);
        if (block.Columns == columns)
        {
            _stream.Write(bytes);
            return;
        }
        int piece = block.Columns * _header.ElementSize;
        for (int i = 0; i < along; i++)
        {
            _stream.Position = _start + (((((block.Row * along) + i) * columns) + block.Column) * _header.ElementSize);
            _stream.Write(bytes.Slice(i * piece, piece));
        }
    }

    /// <summary>Makes the file appear.</summary>
    public void Publish()
    {
        _file?.Publish();
        if (_standardOutput is not null)
        {
            _stream.Position = 0;
            _stream.CopyTo(_standardOutput);
        }
        else if (_file is null)
        {
            _stream.Flush();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _stream.Dispose();
        _standardOutput?.Dispose();
    }
}
