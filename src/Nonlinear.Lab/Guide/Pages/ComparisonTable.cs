using System.Xml.Linq;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The measured properties of all elementwise functions, a row for each.</summary>
internal static class ComparisonTable
{
    public static XElement Of(Edition edition)
    {
        MeasuredActivation[] functions = [.. edition.Measurements.Functions.Where(function => function.Properties is FunctionProperties)];
        return Tables.Scrolling(
            "wide",
            edition[Phrases.Comparison],
            Element("thead", Element(
                "tr",
                Tables.Head(edition[Phrases.TheFunction]),
                functions[0].Rows().Select(row => Tables.Head(edition[row.Label])))),
            functions.GroupBy(function => function.Info.Family).Select(family => Element(
                "tbody",
                Element("tr", Tables.RowHead(edition[FamilyNames.Of(family.Key)])),
                family.Select(function => Element(
                    "tr",
                    Tables.RowHead(Link(FunctionPage.File(function.Info), function.Info.Title)),
                    function.Rows().Select(row => Element("td", edition[row.Value])))))));
    }
}
