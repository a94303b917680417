using System.Xml.Linq;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Guide.Claims;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>
/// The first page of an edition: what activation functions are, the catalogue, the properties, the comparison, the verdicts.
/// </summary>
internal sealed class IndexPage(Edition edition)
{
    /// <summary>Its file.</summary>
    public const string File = "index.html";

    /// <summary>The page as text.</summary>
    public string Write() => Layout.Page(
        edition,
        File,
        edition[Phrases.GuideTitle],
        edition[Phrases.Lead],
        Element("h1", edition[Phrases.GuideTitle]),
        Classed("p", "lead", edition[Phrases.Lead]),
        Section("introduction", Phrases.Introduction, Element("p", edition[Phrases.IntroductionBody])),
        Section("catalogue", Phrases.Catalogue, Cards()),
        Section("properties", Phrases.EightProperties, new PropertyTour(edition).Write()),
        Section(
            "comparison",
            Phrases.Comparison,
            GuideFigures.On(edition, GuideFigures.Functions, edition[Phrases.AllFunctions]),
            GuideFigures.On(edition, GuideFigures.Derivatives, edition[Phrases.AllDerivatives]),
            ComparisonTable.Of(edition)),
        Section("claims", Phrases.GeneralClaims, GeneralClaims()),
        Section("verdicts", Phrases.AllClaims, Element("p", Tally()), VerdictTable()));

    private XElement Section(string id, Text title, params object?[] content) =>
        Element("section", [Element("h2", new XAttribute("id", id), edition[title]), .. content]);

    private IEnumerable<XElement> Cards() => edition.Measurements.Functions
        .GroupBy(measured => measured.Activation.Info.Family)
        .SelectMany(family => (XElement[])
        [
            Element("h3", edition[FamilyNames.Of(family.Key)]),
            Classed("ul", "cards", family.Select(Card)),
        ]);

    private XElement Card(MeasuredActivation measured)
    {
        Activation activation = measured.Activation;
        Slice slice = new(activation);
        (IReadOnlyList<(double X, double Y)> function, IReadOnlyList<(double X, double Y)> derivative) = slice.Curves();
        return Element("li", Link(
            FunctionPage.File(activation.Info),
            Classed("span", "title", activation.Info.Title),
            Sketch.Thumbnail(edition.Fill(Phrases.FigureOf, activation.Info.Title), function, derivative),
            Element("p", edition[FunctionTexts.Of(activation.Info).Summary])));
    }

    private IEnumerable<XElement> GeneralClaims() => edition.Measurements.Claims
        .Where(pair => pair.Claim.About.Count == 0)
        .Select(pair => ClaimSection.Of(edition, pair.Claim, pair.Evidence));

    private string Tally()
    {
        IEnumerable<string> counts = edition.Measurements.Claims
            .GroupBy(pair => pair.Claim.Verdict)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {edition[Phrases.Of(group.Key)]}");
        return edition.Fill(
            Phrases.Tally,
            edition.Measurements.Claims.Count,
            string.Join(edition.Language == Language.Chinese ? "、" : ", ", counts));
    }

    private XElement VerdictTable() => Tables.Scrolling(
        "facts",
        edition[Phrases.AllClaims],
        Element(
            "thead",
            Element(
                "tr",
                Tables.Head(edition[Phrases.Functions]),
                Tables.Head(edition[Phrases.Statement]),
                Tables.Head(edition[Phrases.VerdictHeading]))),
        Element("tbody", edition.Measurements.Claims.Select(pair => Element(
            "tr",
            Tables.RowHead(About(pair.Claim)),
            Element("td", Link(Page(pair.Claim) + "#" + pair.Claim.Id, edition[pair.Claim.Statement])),
            Element("td", ClaimSection.Badge(edition, pair.Claim.Verdict))))));

    private string About(Claim claim) => claim.About.Count == 0
        ? edition[Phrases.Generally]
        : string.Join(", ", Catalog.All.Where(claim.IsAbout).Select(info => info.Title));

    private static string Page(Claim claim) => claim.About.Count == 0 ? "" : FunctionPage.File(Catalog.All.First(claim.IsAbout));
}
