using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Reports;

/// <summary>What a study found: the same for the terminal and the page.</summary>
/// <param name="Name">The name of the study, and of its folder.</param>
/// <param name="Title">The title.</param>
/// <param name="Lead">What was asked, for somebody who has not heard of it.</param>
/// <param name="Findings">What came out, a sentence or two each.</param>
/// <param name="Parts">Tables, figures and explanations, in their order.</param>
/// <param name="Command">What to type to get the same numbers, on a page in English.</param>
internal sealed record StudyReport(
    string Name, Text Title, Text Lead, IReadOnlyList<Text> Findings, IReadOnlyList<ReportPart> Parts, string Command)
{
    /// <summary>
    /// What the page needs of style beyond that of all pages; null where style and figures lie in files beside the page, rather than in it.
    /// </summary>
    public string? StyleInside { get; init; }
}

/// <summary>A part of a report.</summary>
internal abstract record ReportPart;

/// <summary>The heading of what follows.</summary>
/// <param name="Text">The heading.</param>
internal sealed record Heading(Text Text) : ReportPart;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text.</param>
internal sealed record Prose(Text Text) : ReportPart;

/// <summary>A table.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">The headings of the columns.</param>
/// <param name="Rows">The cells, row after row.</param>
internal sealed record ReportTable(Text Caption, IReadOnlyList<Label> Columns, IReadOnlyList<IReadOnlyList<Label>> Rows) : ReportPart
{
    /// <summary>Where it is shown; the page may hold more than fits a terminal.</summary>
    public ReportMedium Medium { get; init; }

    /// <summary>The columns at the start that hold words rather than numbers.</summary>
    public int WordsAtStart { get; init; } = 1;

    /// <summary>The columns at the end that hold words rather than numbers.</summary>
    public int WordsAtEnd { get; init; }

    /// <summary>Whether a column holds words: some at the start and at the end do.</summary>
    public bool HoldsWords(int column) => column < WordsAtStart || column >= Columns.Count - WordsAtEnd;
}

/// <summary>A figure.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Caption">What is seen on it.</param>
/// <param name="Draw">Draws it with words in a language.</param>
internal sealed record ReportFigure(string Name, Text Caption, Func<Language, Figure> Draw) : ReportPart;

/// <summary>A part that is seen on the page only, and was set for it.</summary>
/// <param name="Content">Its markup in a language.</param>
internal sealed record ReportMarkup(Func<Language, XElement> Content) : ReportPart;

/// <summary>Where a part of a report is shown.</summary>
internal enum ReportMedium
{
    /// <summary>Wherever the report is.</summary>
    Everywhere,

    /// <summary>On its page.</summary>
    Page,

    /// <summary>In the terminal.</summary>
    Terminal,
}
