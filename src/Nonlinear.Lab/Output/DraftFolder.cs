namespace Nonlinear.Lab;

/// <summary>
/// A folder for work that is not finished, which its owner alone can read. It goes when it is disposed of or the process is told to end;
/// what a killed process leaves of it, the next one for the same place removes.
/// </summary>
internal sealed class DraftFolder : IDisposable
{
    private readonly Leftover _leftover;
    private readonly Lock _removal = new();
    private FileStream? _lock;

    /// <summary>Makes one.</summary>
    /// <param name="place">What it is for, beside which it lies.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public DraftFolder(string place)
    {
        Drafts.RemoveAbandoned(place);
        Path = place;
        try
        {
            _leftover = Leftovers.Begin(() => Drafts.Make(() => Make(place)), Remove);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            string reason = refused is UnauthorizedAccessException ? "permission denied" : refused.Message.TrimEnd('.');
            throw new IOException($"'{place}' cannot be written: {reason}.", refused);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; private set; }

    /// <summary>The path of something in it.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes it.</summary>
    public void Dispose()
    {
        // While it is still known as begun: an end of the process in the middle of this waits until all is removed.
        Remove();
        _leftover.End(() => { });
    }

    private void Make(string place)
    {
        Path = Drafts.NameFor(place);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            _lock = Drafts.Take(Path);
        }
        catch
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path);
            throw;
        }
    }

    private void Remove()
    {
        lock (_removal)
        {
            DirectoryInfo folder = new(Path);
            if (!folder.Exists)
                return;
            Empty(folder);
            // Last: until then the folder is nobody else's to remove.
            _lock?.Dispose();
            try
            {
                folder.Delete();
            }
            catch (DirectoryNotFoundException)
            {
                // Another run was quicker.
            }
        }
    }

    // More than once: who was told to stop may still put something in, while this goes through it.
    private static void Empty(DirectoryInfo folder)
    {
        const int Attempts = 20, Pause = 10;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos().Where(entry => entry.Name != Drafts.Lock))
                {
                    if (entry is DirectoryInfo below)
                        below.Delete(recursive: true);
                    else
                        entry.Delete();
                }
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
