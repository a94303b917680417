using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Reports;

/// <summary>What the lab found, and the page that tells it.</summary>
public sealed class LabPage
{
    private readonly StudyReport _report;
    private readonly Language _language;

    private LabPage(StudyReport report, Language language, string path) => (_report, _language, Path) = (report, language, path);

    /// <summary>The page.</summary>
    public string Path { get; }

    /// <summary>The title.</summary>
    public string Title => _language.Plain(_report.Title);

    /// <summary>What came out, a sentence or two each.</summary>
    public IReadOnlyList<string> Findings => [.. _report.Findings.Select(_language.Plain)];

    /// <summary>The tables that a terminal shows, each with what it shows, the headings of its columns and its rows.</summary>
    public IEnumerable<(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)> Tables =>
        _report.Parts.OfType<ReportTable>().Where(table => table.Medium != ReportMedium.Page)
            .Select(table => (_language.Plain(table.Caption), Plain(table.Columns), (IReadOnlyList<IReadOnlyList<string>>)[
                .. table.Rows.Select(Plain)]));

    /// <summary>Whether it is Chinese instead of English.</summary>
    public bool IsChinese => _language == Language.Chinese;

    /// <summary>Writes the page of a report in a folder of the lab.</summary>
    internal static LabPage Write(string folder, StudyReport report, Language language) =>
        new(report, language, new ReportPage(report, language).Write(folder));

    /// <summary>Writes the page of a report that has its style and figures inside as a file.</summary>
    internal static LabPage WriteFile(string path, StudyReport report, Language language) =>
        new(report, language, new ReportPage(report, language).WriteFile(path));

    private IReadOnlyList<string> Plain(IReadOnlyList<Label> labels) => [.. labels.Select(_language.Plain)];
}
