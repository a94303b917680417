namespace Nonlinear.Lab;

/// <summary>A folder that appears whole or not at all: it is filled beside its place and moved there at the end.</summary>
public sealed class PageFolder : IDisposable
{
    private readonly string _place, _draft, _mark, _kind;
    private readonly FileStream _lock;

    /// <summary>Starts a folder.</summary>
    /// <param name="place">Where it is to appear: nothing, an empty folder, or an older one of its kind.</param>
    /// <param name="mark">The file by which a folder is known to be of its kind, and therefore may be replaced.</param>
    /// <param name="kind">What to call its kind: a guide.</param>
    /// <exception cref="IOException">Something else is there.</exception>
    public PageFolder(string place, string mark, string kind)
    {
        Check(place, mark, kind);
        (_place, _mark, _kind) = (OutputPlace.Of(place), mark, kind);
        Drafts.RemoveAbandoned(_place);
        _draft = Drafts.NameFor(_place);
        Directory.CreateDirectory(_draft);
        _lock = Drafts.Take(_draft);
    }

    /// <summary>The folder to fill.</summary>
    public string Draft => _draft;

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

    /// <summary>Moves the folder to its place. What was there is not touched before the new one is.</summary>
    public void Publish()
    {
        _lock.Dispose();
        // Somebody may have put something else there meanwhile.
        Check(_place, _mark, _kind);
        if (Directory.Exists(_place))
            FolderExchange.Swap(_draft, _place);
        else
            Directory.Move(_draft, _place);
    }

    /// <summary>Removes what was not published, or what was replaced.</summary>
    public void Dispose()
    {
        _lock.Dispose();
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
