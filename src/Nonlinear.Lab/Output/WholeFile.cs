namespace Nonlinear.Lab;

/// <summary>
/// A file that appears whole or not at all: it is written beside its place, where its owner alone can read it, and moved there at the end,
/// with the permissions of the file that it replaces. What a link leads to is replaced, not the link; a device or a pipe takes what is
/// written.
/// </summary>
public sealed class WholeFile : IDisposable
{
    private readonly string _place;
    private readonly Leftover? _leftover;
    private string _draft;
    private FileStream _stream = null!;

    /// <summary>Starts a file.</summary>
    /// <param name="place">Where it is to appear; an older file there is replaced.</param>
    /// <exception cref="IOException">Nothing can be written there; the message says why.</exception>
    public WholeFile(string place)
    {
        if (Directory.Exists(place))
            throw new IOException($"'{place}' is a folder; name a file to write.");
        _place = OutputPlace.Of(place);
        string folder = Path.GetDirectoryName(_place)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{place}' cannot be written: there is no folder '{folder}'.");
        try
        {
            _draft = _place;
            _stream = (File.Exists(_place) || OutputPlace.IsDevice(_place) ? OpenSpecial(_place) : null)!;
            if (_stream is not null)
                return;
            Drafts.RemoveAbandoned(_place);
            _leftover = Leftovers.Begin(() => Drafts.Make(Open), () => File.Delete(_draft));
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"'{place}' cannot be written: permission denied.");
        }
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream;

    /// <summary>The folder in which the file will lie, where temporary files belong; null for a device or a pipe.</summary>
    internal string? Folder => _draft == _place ? null : Path.GetDirectoryName(_place);

    /// <summary>Writes a whole file.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is left as it was.</exception>
    public static void Write(string place, ReadOnlySpan<byte> content)
    {
        using WholeFile file = new(place);
        file.Stream.Write(content);
        file.Publish();
    }

    /// <summary>Moves the file to its place.</summary>
    public void Publish()
    {
        if (_draft == _place)
        {
            _stream.Dispose();
            return;
        }
        // To the disk first: a loss of power must not leave the new name with nothing behind it.
        _stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_stream.SafeFileHandle, FileModes.At(_place));
        _leftover!.End(() =>
        {
            _stream.Dispose();
            File.Move(_draft, _place, overwrite: true);
        });
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _leftover?.End(() => File.Delete(_draft));
    }

    private void Open()
    {
        _draft = Drafts.NameFor(_place);
        _stream = Drafts.Kept(FileModes.Create(_draft, FileAccess.Write));
    }

    // Null for an ordinary file, which is replaced; one that may not be written is not.
    private static FileStream? OpenSpecial(string place)
    {
        FileStream existing = new(place, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        if (!existing.CanSeek || OutputPlace.IsDevice(place))
            return existing;
        existing.Dispose();
        return null;
    }
}
