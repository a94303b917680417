namespace Nonlinear.Lab;

/// <summary>A folder that appears whole or not at all: it is filled beside its place and moved there at the end.</summary>
public sealed class PageFolder : IDisposable
{
    private readonly string _place, _mark, _kind;
    private readonly DraftFolder _draft;

    /// <summary>Starts a folder.</summary>
    /// <param name="place">Where it is to appear: nothing, an empty folder, or an older one of its kind.</param>
    /// <param name="mark">The file by which a folder is known to be of its kind, and therefore may be replaced.</param>
    /// <param name="kind">What to call its kind: a guide.</param>
    /// <exception cref="IOException">Something else is there, or nothing can be written there.</exception>
    public PageFolder(string place, string mark, string kind)
    {
        Check(place, mark, kind);
        (_place, _mark, _kind) = (OutputPlace.Of(place), mark, kind);
        _draft = new(_place);
        // Beside the lock of the draft, which lasts until nothing of it is left, and is never seen in what appears.
        Draft = _draft.At("pages");
        try
        {
            Leftovers.Do(() => Directory.CreateDirectory(Draft));
        }
        catch
        {
            _draft.Dispose();
            throw;
        }
    }

    /// <summary>The folder that is filled.</summary>
    public string Draft { get; }

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
    public void Write(string path, string text) => Put(path, file => File.WriteAllText(file, text));

    /// <summary>Writes a binary file.</summary>
    /// <param name="path">Its path in the folder, with forward slashes.</param>
    /// <param name="content">What it holds.</param>
    public void Write(string path, byte[] content) => Put(path, file => File.WriteAllBytes(file, content));

    /// <summary>Copies a file.</summary>
    /// <param name="path">Its path in the folder.</param>
    /// <param name="source">The file.</param>
    public void Copy(string path, string source) => Put(path, file => File.Copy(source, file));

    /// <summary>Moves the folder to its place. What was there is not touched before the new one is.</summary>
    public void Publish()
    {
        // Somebody may have put something else there meanwhile.
        Check(_place, _mark, _kind);
        bool replaces = Directory.Exists(_place);
        if (replaces && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(Draft, File.GetUnixFileMode(_place));
        FlushToDisk();
        Leftovers.Do(() =>
        {
            if (replaces)
                FolderExchange.Swap(Draft, _place);
            else
                Directory.Move(Draft, _place);
        });
        _draft.Dispose();
    }

    /// <summary>Removes what was not published, or what was replaced.</summary>
    public void Dispose() => _draft.Dispose();

    // First: a loss of power must not leave the new name with empty pages behind it.
    private void FlushToDisk()
    {
        foreach (string file in Directory.EnumerateFiles(Draft, "*", SearchOption.AllDirectories))
        {
            using FileStream written = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            written.Flush(flushToDisk: true);
        }
    }

    // A folder that was just made, or a file, would bring the draft back after its removal.
    private void Put(string path, Action<string> write) => Leftovers.Do(() =>
    {
        string file = Path.Combine(Draft, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        write(file);
    });
}
