using Microsoft.Win32.SafeHandles;

namespace Nonlinear.Lab;

/// <summary>Standard output as a stream that tells when its reader has gone, which the framework's own keeps to itself.</summary>
public sealed class StandardOutputStream : Stream
{
    // EPIPE, and what Windows says of a pipe that is being closed.
    private const int BrokenOnUnix = 32, BrokenOnWindows = unchecked((int)0x8007006D), ClosingOnWindows = unchecked((int)0x800700E8);

    private const int Descriptor = 1;

    private readonly Stream _stream;

    private StandardOutputStream(Stream stream) => _stream = stream;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens it.</summary>
    public static StandardOutputStream Open() => new(Pipe() ?? Console.OpenStandardOutput());

    /// <inheritdoc/>
    /// <exception cref="ClosedPipeException">Nobody reads it any more.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="ClosedPipeException">Nobody reads it any more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (IOException broken) when (broken.HResult is BrokenOnUnix or BrokenOnWindows or ClosingOnWindows)
        {
            throw new ClosedPipeException("Nobody reads the output any more.", broken);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => _stream.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stream.Dispose();
        base.Dispose(disposing);
    }

    // Null for a file: this stream would count places by itself, and whatever shares the file with it would write over what it wrote.
    private static FileStream? Pipe()
    {
        if (OperatingSystem.IsWindows())
            return null;
        try
        {
#pragma warning disable CA2000 // It owns nothing that could be freed.
            FileStream stream = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
#pragma warning restore CA2000
            return stream.CanSeek ? null : stream;
        }
        catch (Exception closed) when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null; // there is none
        }
    }
}
