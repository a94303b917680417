using System.Text;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab;

namespace Nonlinear.Bench.Pages;

/// <summary>
/// The folder of what was measured: for each processor data and a figure for each width, and a page; the page about all processors lies
/// beside the folder under its name. Pages hold nothing but what is in the data.
/// </summary>
internal sealed class PagesFolder
{
    private const string DataEnding = ".csv", FigureEnding = ".svg", PageEnding = ".md";

    private readonly string _folder;

    /// <summary>A folder that is there, or is to be made in one that is.</summary>
    /// <exception cref="IOException">It is a file, or would have to be made in a folder that is not there.</exception>
    public PagesFolder(string folder)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(_folder))
            throw new IOException($"'{folder}' is a file; name a folder for the pages.");
        if (Path.GetDirectoryName(_folder) is not { } above || !Directory.Exists(above))
        {
            throw new DirectoryNotFoundException(
                $"There is no folder in which '{folder}' could be. Start bench in the repository's, or name another with --output.");
        }
    }

    /// <summary>The file with a run's data.</summary>
    public static string DataOf(string processor, int vectorBits) =>
        FormattableString.Invariant($"{ProcessorName.InFiles(processor)}-{vectorBits}{DataEnding}");

    /// <summary>The file with a figure, by that of the data.</summary>
    public static string FigureOf(string data) => Path.ChangeExtension(data, FigureEnding);

    /// <summary>Takes the data and the figures of runs from another folder.</summary>
    public void Take(string from)
    {
        Directory.CreateDirectory(_folder);
        foreach (string data in Directory.EnumerateFiles(from, "*" + DataEnding))
        {
            foreach (string file in (string[])[data, FigureOf(data)])
                WholeFile.Write(Path.Combine(_folder, Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }

    /// <summary>Writes all pages anew from the data.</summary>
    /// <returns>The page about all processors, and theirs.</returns>
    /// <exception cref="FormatException">A file of data is damaged; nothing is written.</exception>
    public IReadOnlyList<string> WritePages()
    {
        (string File, MeasuredData Data)[] runs =
        [
            .. (Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*" + DataEnding) : [])
                .Select(file => (File: Path.GetFileName(file), Data: MeasuredData.Read(file)))
                .OrderBy(run => run.Data.Processor, StringComparer.Ordinal)
                .ThenByDescending(run => run.Data.VectorBits),
        ];
        if (runs.Length == 0)
            throw new FileNotFoundException($"'{_folder}' holds no data, {DataEnding} files, to make pages of.");
        string overview = _folder + PageEnding;
        List<(string Place, string Text)> pages =
        [
            (overview, PerformancePage.Write([.. runs.Select(run => ($"{Path.GetFileName(_folder)}/{PageOf(run.Data)}", run.Data))])),
        ];
        foreach (IGrouping<string, (string File, MeasuredData Data)> processor in runs.GroupBy(run => PageOf(run.Data)))
        {
            pages.Add((
                Path.Combine(_folder, processor.Key),
                ProcessorPage.Write(
                    [.. processor], $"../{Path.GetFileName(overview)}", figure => File.Exists(Path.Combine(_folder, figure)))));
        }
        foreach ((string place, string text) in pages)
            WholeFile.Write(place, Encoding.UTF8.GetBytes(text));
        return [.. pages.Select(page => page.Place)];
    }

    private static string PageOf(MeasuredData data) => ProcessorName.InFiles(data.Processor) + PageEnding;
}
