using Nonlinear.Lab.Guide.Pages;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Studies;

namespace Nonlinear.Lab.Guide;

/// <summary>Writes the guide: a folder of pages that explain every function of the catalogue, measuring every number on the way.</summary>
public static class GuideWriter
{
    /// <summary>The file by which a folder is known to be a guide.</summary>
    internal const string Mark = "nonlinear-guide.txt";

    /// <summary>Writes the guide.</summary>
    /// <param name="directory">Where the folder is to appear; an older guide there is replaced.</param>
    /// <param name="languages">The languages to write it in.</param>
    /// <param name="progress">Is told after every step.</param>
    /// <param name="explorer">Where the explorer's page is, as seen from the guide's folder, if one is beside it; pages then lead
    /// there.</param>
    /// <param name="cancellation">Stops the work; what was there is left as it is.</param>
    /// <exception cref="ArgumentException">No language is given.</exception>
    /// <exception cref="IOException">The folder holds something other than a guide, or cannot be written; it is left as it was.</exception>
    public static void Write(
        string directory,
        GuideLanguages languages = GuideLanguages.Both,
        IProgress<GuideProgress>? progress = null,
        string? explorer = null,
        CancellationToken cancellation = default)
    {
        IReadOnlyList<Language> wanted = languages.Among();
        if (wanted.Count == 0)
            throw new ArgumentException("Name at least one language for the guide.", nameof(languages));
        using PageFolder folder = new(directory, Mark, "a guide");
        Steps steps = new(Measurements.Steps + (wanted.Count * (GuideFigures.Count + Catalog.All.Count + 2)), progress, cancellation);
        string lab = Path.Combine(Path.GetFullPath(directory), "..", LabSettings.DefaultFolder);
        string[] studyPages =
            [.. AllStudies.List.Select(study => study.Name).Where(name => File.Exists(Path.Combine(lab, name, "index.html")))];
        Publish(folder, wanted, Measurements.Take(steps.Done, cancellation), studyPages, explorer, steps);
    }

    /// <summary>Writes a guide from measurements that have been taken, of all functions or some.</summary>
    internal static void Write(string directory, GuideLanguages languages, Measurements measurements, string? explorer = null)
    {
        using PageFolder folder = new(directory, Mark, "a guide");
        Publish(folder, languages.Among(), measurements, [], explorer, new(0, null, default));
    }

    private static void Publish(
        PageFolder folder,
        IReadOnlyList<Language> wanted,
        Measurements measurements,
        IReadOnlyList<string> studyPages,
        string? explorer,
        Steps steps)
    {
        foreach (Language language in wanted)
            WriteEdition(
                folder,
                new(language, [.. wanted.Where(other => other != language)], measurements)
                {
                    StudyPages = studyPages,
                    Explorer = explorer is null ? null : "../" + explorer,
                },
                steps);
        folder.Write(PageHead.StyleSheet, PageHead.StyleSheetText());
        folder.Write("index.html", Layout.Choice(wanted));
        folder.Write(Mark, "Written by Nonlinear; replaced as a whole when the guide is written again.\n");
        folder.Publish();
    }

    private static void WriteEdition(PageFolder folder, Edition edition, Steps steps)
    {
        GuideFigures.Write(
            folder, edition.Language, edition.Measurements.Functions.Select(function => function.Activation), steps.Done);
        folder.Write($"{edition.Language.Folder}/{IndexPage.File}", new IndexPage(edition).Write());
        steps.Done(IndexPage.File);
        folder.Write($"{edition.Language.Folder}/{TrapsPage.File}", new TrapsPage(edition).Write());
        steps.Done(TrapsPage.File);
        foreach (MeasuredActivation function in edition.Measurements.Functions)
        {
            folder.Write($"{edition.Language.Folder}/{FunctionPage.File(function.Info)}", new FunctionPage(edition, function).Write());
            steps.Done(FunctionPage.File(function.Info));
        }
    }

    /// <summary>Counts steps from any number of threads.</summary>
    private sealed class Steps(int total, IProgress<GuideProgress>? progress, CancellationToken cancellation)
    {
        private int _done;

        public void Done(string step)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(Interlocked.Increment(ref _done), total, step));
        }
    }
}
