using System.Xml.Linq;
using Nonlinear.Lab.Measure;
using static Nonlinear.Lab.Guide.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The measured properties of all elementwise functions, a row for each.</summary>
internal static class ComparisonTable
{
    public static XElement Of(Edition edition)
    {
        MeasuredFunction[] functions = [.. edition.Measurements.Functions.Where(function => function.Properties is FunctionProperties)];
        return Tables.Scrolling(
            "wide",
            edition[Phrases.Comparison],
            Element("thead", Element(
                "tr",
                Tables.Head(edition[Phrases.TheFunction]),
                PropertyTable.Rows(functions[0].Properties).Select(row => Tables.Head(edition[row.Label])),
                Tables.Head(edition[Phrases.CostOfElement]))),
            Element("tbody", functions.Select(function => Element(
                "tr",
                Tables.RowHead(Link(FunctionPage.File(function.Info), function.Info.Title)),
                PropertyTable.Rows(function.Properties).Select(row => Element("td", edition[row.Value])),
                Element("td", edition.Fill(Phrases.CostInRelus, Numbers.Write(function.Cost.Nanoseconds, 2), Numbers.Write(function.Cost.RelativeToRelu, 2)))))));
    }
}
