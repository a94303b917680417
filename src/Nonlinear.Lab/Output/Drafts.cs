namespace Nonlinear.Lab;

/// <summary>
/// Names for what is written beside its place and moved there at the end, and the removal of drafts whose writer was killed. A writer holds
/// a lock on its draft, which ends with its process.
/// </summary>
internal static class Drafts
{
    private const string Ending = ".draft";

    // In the draft of a folder, while it is written.
    private const string Lock = ".writing";

    /// <summary>A name that nothing has yet.</summary>
    public static string NameFor(string place) => $"{place}.{Guid.NewGuid():N}{Ending}";

    /// <summary>Takes the lock of a folder's draft, to be given back before the folder is moved to its place.</summary>
    public static FileStream Take(string draft) => new(
        Path.Combine(draft, Lock), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);

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
        foreach (FileSystemInfo entry in entries.Where(entry => IsDraftOf(entry.Name, name)))
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
        if (File.Exists(held))
            RemoveFile(held);
        // One that is just being made is empty.
        else if (!draft.EnumerateFileSystemInfos().Any())
            return;
        draft.Delete(recursive: true);
    }
}
