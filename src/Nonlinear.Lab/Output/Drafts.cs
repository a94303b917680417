namespace Nonlinear.Lab;

/// <summary>
/// Names for what is written beside its place and moved there at the end, and the removal of drafts whose writer was killed. A writer holds
/// a lock on its draft, which ends with its process.
/// </summary>
internal static class Drafts
{
    private const string Ending = ".draft";

    /// <summary>In the draft of a folder, while it is written.</summary>
    public const string Lock = ".writing";

    private const int Attempts = 20;

    // A folder without its lock may be just being made, but not for this long.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>A name that nothing has yet.</summary>
    public static string NameFor(string place) => $"{place}.{Guid.NewGuid():N}{Ending}";

    /// <summary>Takes the lock of a folder's draft.</summary>
    /// <exception cref="IOException">Another run took the draft for abandoned meanwhile.</exception>
    public static FileStream Take(string draft) => Kept(new(
        Path.Combine(draft, Lock), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));

    /// <summary>Makes something, once more under another name if another run takes it for abandoned before it is locked.</summary>
    public static void Make(Action make)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                make();
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // What cannot be made at all fails again at once.
            }
        }
    }

    /// <summary>A draft as it was opened, if it still has its name: between its making and its lock another run could remove it.</summary>
    /// <exception cref="IOException">It is gone.</exception>
    public static FileStream Kept(FileStream draft)
    {
        if (File.Exists(draft.Name))
            return draft;
        draft.Dispose();
        throw new IOException($"'{draft.Name}' is gone.");
    }

    /// <summary>Removes the drafts for a place that nobody writes any more. What cannot be removed stays.</summary>
    public static void RemoveAbandoned(string place)
    {
        string folder = Path.GetDirectoryName(place)!, name = Path.GetFileName(place);
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos($"*{Ending}");
        }
        catch (UnauthorizedAccessException)
        {
            return; // a folder that may be written to and not be listed
        }
        // A link that is named so is no draft: it may lead to somebody else's folder.
        foreach (FileSystemInfo entry in entries.Where(entry => IsDraftOf(entry.Name, name) && entry.LinkTarget is null))
        {
            try
            {
                if (entry is DirectoryInfo draft)
                    Remove(draft);
                else
                    RemoveFile(entry.FullName);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // In use, or somebody else's: the others may still go.
            }
        }
    }

    // name.32 digits.draft
    private static bool IsDraftOf(string entry, string name) =>
        entry.Length == name.Length + 1 + 32 + Ending.Length
        && entry.StartsWith(name + ".", StringComparison.Ordinal)
        && Guid.TryParseExact(entry.AsSpan(name.Length + 1, 32), "N", out _);

    private static void RemoveFile(string path)
    {
        // Refused while its writer has it.
        using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            File.Delete(path);
        }
    }

    private static void Remove(DirectoryInfo draft)
    {
        string held = Path.Combine(draft.FullName, Lock);
        // Before the lock is looked for: its writer begins with it, so that a folder that holds anything has shown it.
        bool isEmpty = !draft.EnumerateFileSystemInfos().Any();
        if (File.Exists(held))
            RemoveFile(held);
        else if (isEmpty && DateTime.UtcNow - draft.LastWriteTimeUtc < Young)
            return;
        draft.Delete(recursive: true);
    }
}
