namespace Nonlinear.Lab;

/// <summary>A file that appears whole or not at all: it is written beside its place and moved there at the end.</summary>
public sealed class WholeFile : IDisposable
{
    private readonly string _place, _draft;
    private readonly FileStream _stream;

    /// <summary>Starts a file.</summary>
    /// <param name="place">Where it is to appear; an older file there is replaced.</param>
    /// <exception cref="IOException">Nothing can be written there; the message says why.</exception>
    public WholeFile(string place)
    {
        if (Directory.Exists(place))
            throw new IOException($"'{place}' is a folder; name a file to write.");
        // What a link leads to is replaced, not the link.
        FileSystemInfo? target = File.Exists(place) ? File.ResolveLinkTarget(place, returnFinalTarget: true) : null;
        _place = target?.FullName ?? Path.GetFullPath(place);
        string folder = Path.GetDirectoryName(_place)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{place}' cannot be written: there is no folder '{folder}'.");
        try
        {
            // A device or a pipe takes what is written and is not to be replaced by a file.
            FileStream? special = File.Exists(_place) ? OpenSpecial(_place) : null;
            _draft = special is null ? $"{_place}.{Guid.NewGuid():N}.draft" : _place;
            _stream = special ?? Open(_draft, FileMode.CreateNew);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException($"'{place}' cannot be written: permission denied.");
        }
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream;

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
        _stream.Flush(flushToDisk: false);
        _stream.Dispose();
        if (_draft != _place)
            File.Move(_draft, _place, overwrite: true);
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (_draft != _place)
            File.Delete(_draft);
    }

    private static FileStream? OpenSpecial(string place)
    {
        FileStream existing = Open(place, FileMode.Open);
        if (!existing.CanSeek || place.StartsWith("/dev/", StringComparison.Ordinal))
            return existing;
        existing.Dispose();
        return null;
    }

    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
}
