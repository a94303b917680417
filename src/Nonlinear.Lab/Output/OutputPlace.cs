namespace Nonlinear.Lab;

/// <summary>Where an output goes: what its name leads to through links, which are written through and never replaced.</summary>
internal static class OutputPlace
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The full path that a name leads to, whether there is something or not.</summary>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string name)
    {
        string path = Path.GetFullPath(name);
        if (IsDevice(path))
            return path;
        path = Path.TrimEndingDirectorySeparator(path);
        for (int i = 0; i < MostLinks; i++)
        {
            // Relative to the folder in which the link lies, wherever that itself leads.
            if (new FileInfo(path).LinkTarget is not { } target)
                return path;
            string folder = Path.GetDirectoryName(path)!;
            path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, RealFolder(folder)));
            if (IsDevice(path))
                return path;
        }
        throw new IOException($"'{name}' cannot be written: its links lead in a circle.");
    }

    /// <summary>
    /// Whether a path is a device's or an open file's of a process: it takes what is written, and its links are no paths.
    /// </summary>
    public static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    // ".." in the target of a link means the folder above the one in which the link really is.
    private static string RealFolder(string folder)
    {
        string path = Path.GetPathRoot(folder)!;
        int links = 0;
        Stack<string> parts = new(Parts(folder[path.Length..]));
        while (parts.TryPop(out string? part))
        {
            if (part == "..")
            {
                path = Path.GetDirectoryName(path) ?? path;
                continue;
            }
            string next = Path.Combine(path, part);
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                path = next;
                continue;
            }
            if (++links > MostLinks)
                throw new IOException($"'{folder}' cannot be written to: its links lead in a circle.");
            foreach (string further in Parts(target))
                parts.Push(further);
            if (Path.IsPathRooted(target))
                path = Path.GetPathRoot(target)!;
        }
        return path;
    }

    // The first on top.
    private static IEnumerable<string> Parts(string path) =>
        path[(Path.GetPathRoot(path) ?? "").Length..]
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part != ".")
            .Reverse();
}
