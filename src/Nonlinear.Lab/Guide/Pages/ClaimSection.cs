using System.Xml.Linq;
using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Studies;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>How a claim, its verdict and what was measured look on a page.</summary>
internal static class ClaimSection
{
    /// <summary>A claim with its evidence.</summary>
    public static XElement Of(Edition edition, Claim claim, Evidence evidence) => Element(
        "article",
        new XAttribute("class", "claim"),
        new XAttribute("id", claim.Id),
        Badge(edition, claim.Verdict),
        Element("h3", edition[claim.Statement]),
        Element("p", edition[evidence.Finding]),
        evidence.Table is { } table ? TableOf(edition, table) : null,
        evidence.Plot is { } plot ? Sketch.Chart(plot, edition.Language) : null,
        AllStudies.OfClaim(claim.Id) is { } study ? InTraining(edition, study) : null);

    // The command that shows it, and the page if that has been written: by default guide and lab are neighbours.
    private static XElement InTraining(Edition edition, Study study) => Classed(
        "p",
        "quiet",
        edition[Phrases.InTraining],
        " ",
        Element("code", $"nonlinear study {study.Name} --quick"),
        edition.StudyPages.Contains(study.Name)
            ? new object[] { " ", Link($"../../{LabSettings.DefaultFolder}/{study.Name}/index.html", edition[Phrases.ItsPage]) }
            : null);

    /// <summary>The verdict as a coloured word with a sign.</summary>
    public static XElement Badge(Edition edition, Verdict verdict) =>
        Classed("span", "verdict " + CssClass(verdict), edition[Phrases.Of(verdict)]);

    private static string CssClass(Verdict verdict) => verdict switch
    {
        Verdict.HoldsInPart => "holds-in-part",
        Verdict.Wrong => "wrong",
        Verdict.Convention => "convention",
        _ => "holds",
    };

    private static XElement TableOf(Edition edition, EvidenceTable table) => Tables.Scrolling(
        "",
        edition[table.Columns[0]],
        Element("thead", Element("tr", table.Columns.Select((column, i) => Tables.Head(edition[column], number: i > 0)))),
        Element("tbody", table.Rows.Select(row => Element(
            "tr",
            Tables.RowHead(edition[row.Label]),
            row.Values.Select(value => Tables.Number(value, table.Digits))))));
}
