using Nonlinear.Lab.Guide;
using Nonlinear.Lab.Guide.Pages;

namespace Nonlinear.Cli.Page;

/// <summary>The page and the guide in one folder, for any host of files. It appears whole or not at all.</summary>
internal static class StaticSite
{
    private const string Mark = "nonlinear-explorer.txt";

    /// <summary>Throws unless the folder may be written: there is nothing, an empty folder, or an older explorer.</summary>
    /// <exception cref="IOException">Something else is there.</exception>
    public static void Check(string place)
    {
        if (File.Exists(place))
            throw new IOException($"'{place}' is a file; name a folder for the explorer.");
        if (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any() && !File.Exists(Path.Combine(place, Mark)))
            throw new IOException(
                $"'{place}' holds something other than the explorer and is left as it is; name a new or an empty folder.");
    }

    /// <summary>Writes the folder; an older one there is replaced.</summary>
    /// <exception cref="IOException">Something else is there; it is left as it is.</exception>
    public static void Write(string page, string place, IProgress<GuideProgress> progress, CancellationToken cancellation)
    {
        place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(place));
        Check(place);
        string draft = $"{place}.{Guid.NewGuid():N}.draft";
        try
        {
            Copy(page, draft);
            GuideWriter.Write(Path.Combine(draft, "guide"), GuideLanguages.Both, progress, cancellation);
            File.WriteAllText(Path.Combine(draft, Mark), "Written by Nonlinear; replaced as a whole when the explorer is written again.\n");
            Check(place);
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            Directory.Move(draft, place);
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
