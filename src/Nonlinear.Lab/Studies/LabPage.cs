using Nonlinear.Lab.Studies.Reports;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Lab.Studies;

/// <summary>What the lab found, and the page that tells it.</summary>
public sealed class LabPage
{
    private readonly StudyReport _report;

    private LabPage(StudyReport report, string path) => (_report, Path) = (report, path);

    /// <summary>The page.</summary>
    public string Path { get; }

    /// <summary>The title.</summary>
    public string Title => _report.Title;

    /// <summary>What came out, a sentence or two each.</summary>
    public IReadOnlyList<string> Findings => _report.Findings;

    /// <summary>The tables, each with what it shows, the headings of its columns and its rows.</summary>
    public IEnumerable<(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)> Tables =>
        _report.Parts.OfType<ReportTable>().Select(table => (table.Caption, table.Columns, table.Rows));

    /// <summary>Lets something be measured in a laboratory, and writes the page.</summary>
    internal static LabPage Write(LabSettings settings, string name, Func<Laboratory, StudyReport> measure, CancellationToken cancellation)
    {
        ReportPage.Check(settings.Folder, name);
        using ResultStore store = new(System.IO.Path.Combine(settings.Folder, LabSettings.Results));
        StudyReport report;
        try
        {
            report = measure(new(store, settings.Threads, settings.Progress, cancellation));
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"Interrupted. The runs that have finished are kept in '{settings.Folder}', and the same command goes on from there.");
        }
        return Write(settings.Folder, report);
    }

    /// <summary>Writes the page of a report.</summary>
    internal static LabPage Write(string folder, StudyReport report) => new(report, ReportPage.Write(folder, report));
}
