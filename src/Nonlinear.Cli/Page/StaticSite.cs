using Nonlinear.Lab;
using Nonlinear.Lab.Guide;
using Nonlinear.Lab.Guide.Pages;

namespace Nonlinear.Cli.Page;

/// <summary>The page and the guide in one folder, for any host of files. It appears whole or not at all.</summary>
internal static class StaticSite
{
    /// <summary>The page as seen from the guide's folder, beside which it is served and written.</summary>
    public const string PageFromGuide = "../index.html";

    private const string Mark = "nonlinear-explorer.txt";

    /// <summary>Throws unless the folder may be written: there is nothing, an empty folder, or an older explorer.</summary>
    /// <exception cref="IOException">Something else is there.</exception>
    public static void Check(string place) => PageFolder.Check(place, Mark, "the explorer");

    /// <summary>Writes the folder; an older one there is replaced.</summary>
    /// <exception cref="IOException">Something else is there; it is left as it is.</exception>
    public static void Write(string page, string place, IProgress<GuideProgress> progress, CancellationToken cancellation)
    {
        using PageFolder folder = new(place, Mark, "the explorer");
        foreach (string file in Directory.EnumerateFiles(page, "*", SearchOption.AllDirectories))
            folder.Copy(Path.GetRelativePath(page, file), file);
        GuideWriter.Write(Path.Combine(folder.Draft, "guide"), GuideLanguages.Both, progress, PageFromGuide, cancellation);
        folder.Write(Mark, "Written by Nonlinear; replaced as a whole when the explorer is written again.\n");
        folder.Publish();
    }
}
