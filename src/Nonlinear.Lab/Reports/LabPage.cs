namespace Nonlinear.Lab.Reports;

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

    /// <summary>The tables that a terminal shows, each with what it shows, the headings of its columns and its rows.</summary>
    public IEnumerable<(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)> Tables =>
        _report.Parts.OfType<ReportTable>().Where(table => table.Medium != ReportMedium.Page)
            .Select(table => (table.Caption, table.Columns, table.Rows));

    /// <summary>Writes the page of a report in a folder of the lab.</summary>
    internal static LabPage Write(string folder, StudyReport report) => new(report, ReportPage.Write(folder, report));

    /// <summary>Writes the page of a report that has its style and figures inside as a file.</summary>
    internal static LabPage WriteFile(string path, StudyReport report) => new(report, ReportPage.WriteFile(path, report));
}
