namespace Nonlinear.Lab;

/// <summary>A folder that appears whole or not at all: it is filled beside its place and moved there at the end.</summary>
internal sealed class PageFolder : IDisposable
{
    private readonly string _place, _draft;

    /// <summary>Starts a folder.</summary>
    /// <param name="place">Where it is to appear: nothing, an empty folder, or an older one of its kind.</param>
    /// <param name="mark">The file by which a folder is known to be of its kind, and therefore may be replaced.</param>
    /// <param name="kind">What to call its kind: a guide.</param>
    /// <exception cref="IOException">Something else is there.</exception>
    public PageFolder(string place, string mark, string kind)
    {
        Check(place, mark, kind);
        _place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));
        _draft = $"{_place}.{Guid.NewGuid():N}.draft";
        Directory.CreateDirectory(_draft);
    }

    /// <summary>Refuses a place at which something else is.</summary>
    /// <exception cref="IOException">Something else is there.</exception>
    public static void Check(string place, string mark, string kind)
    {
        if (File.Exists(Path.TrimEndingDirectorySeparator(place)))
            throw new IOException($"'{place}' is a file; name a folder for {kind}.");
        if (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any() && !File.Exists(Path.Combine(place, mark)))
            throw new IOException($"'{place}' holds something other than {kind} and is left as it is; name a new or an empty folder.");
    }

    /// <summary>Writes a text file.</summary>
    /// <param name="path">Its path in the folder, with forward slashes.</param>
    /// <param name="text">What it holds.</param>
    public void Write(string path, string text) => File.WriteAllText(Prepare(path), text);

    /// <summary>Writes a binary file.</summary>
    /// <param name="path">Its path in the folder, with forward slashes.</param>
    /// <param name="content">What it holds.</param>
    public void Write(string path, byte[] content) => File.WriteAllBytes(Prepare(path), content);

    /// <summary>Moves the folder to its place.</summary>
    public void Publish()
    {
        if (!Directory.Exists(_place))
        {
            Directory.Move(_draft, _place);
            return;
        }
        string old = $"{_place}.{Guid.NewGuid():N}.old";
        Directory.Move(_place, old);
        try
        {
            Directory.Move(_draft, _place);
        }
        catch
        {
            Directory.Move(old, _place);
            throw;
        }
        Directory.Delete(old, recursive: true);
    }

    /// <summary>Removes what was not published.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_draft))
            Directory.Delete(_draft, recursive: true);
    }

    private string Prepare(string path)
    {
        string file = Path.Combine(_draft, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }
}
