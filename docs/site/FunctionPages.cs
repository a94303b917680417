using System.Reflection;
using System.Xml.Linq;
using Nonlinear.Lab.Guide.Pages;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Site;

/// <summary>
/// What the catalogue knows of each function, for docfx to put on the page of its type, and a page of them all.
/// </summary>
internal static class FunctionPages
{
    private const string Explorer = "../explorer/", Guide = Explorer + "guide/";

    private static readonly Type[] Types =
        [.. typeof(Activation).Assembly.GetExportedTypes().Where(type => InfoOf(type) is not null)];

    /// <summary>Writes them.</summary>
    public static void Write(string pages)
    {
        string folder = Path.Combine(pages, "functions");
        Directory.CreateDirectory(folder);
        foreach (Activation activation in Catalog.Defaults)
            File.WriteAllText(Path.Combine(folder, activation.Info.Name + ".md"), Page(activation));
        File.WriteAllText(Path.Combine(pages, "functions.md"), Overview());
    }

    /// <summary>The type that holds a function's formula.</summary>
    public static Type TypeOf(ActivationInfo info) => Types.Single(type => ReferenceEquals(InfoOf(type), info));

    private static object? InfoOf(Type type) =>
        type.IsGenericTypeDefinition || type.IsInterface ? null
            : type.GetProperty("Info", BindingFlags.Static | BindingFlags.Public)?.GetValue(null);

    // Put below the summary of the type.
    private static string Page(Activation activation) =>
        $"""
        ---
        uid: {TypeOf(activation.Info).FullName}
        conceptual: *content
        ---

        {Block(Element(
            "section",
            Formulas(activation),
            Figure(activation),
            activation.Info.Parameters.Count > 0 ? Parameters(activation.Info) : null,
            Bounds(activation),
            Element("p", "Source: ", SourceLinks.Of(activation.Info.Source)),
            Element(
                "p",
                Link($"{Guide}en/{FunctionPage.File(activation.Info)}", "In the guide"),
                ": properties, special values, names in other frameworks, when to use it. ",
                Link($"{Explorer}index.html#f={activation.Info.Name}", "In the explorer"),
                ": drag its parameters.")))}

        """;

    private static XElement[] Formulas(Activation activation) =>
    [
        Element("h2", "Formulas"),
        Classed(
            "dl",
            "formulas",
            FormulaNames.Of(activation).Select(named => new[]
            {
                Element("dt", named.Name.English),
                Element(
                    "dd", new XAttribute("role", "math"), new XAttribute("aria-label", named.Formula.Text), Parse(named.Formula.MathML)),
            })),
    ];

    private static XElement Figure(Activation activation) => Element(
        "p",
        Element(
            "img",
            new XAttribute("src", $"{Guide}en/figures/{activation.Info.Name}.svg"),
            new XAttribute("alt", $"{activation.Info.Title}: {activation.Formula.Text}")));

    private static XElement[] Parameters(ActivationInfo info) =>
    [
        Element("h2", "Parameters"),
        Table(
            ["parameter", "default", "meaning"],
            info.Parameters.Select(parameter => new object[]
            {
                new object[] { Element("code", parameter.Name), " ", parameter.Symbol },
                Numbers.WriteExactly(parameter.Default),
                FunctionTexts.Of(info).Meaning(parameter).English,
            })),
    ];

    private static XElement[] Bounds(Activation activation) =>
    [
        Element("h2", "Error bound"),
        Table(
            ["type", "forward and derivative, on every input"],
            GuaranteeTable.Of(activation).Select(row => new object[] { row.Label.English, row.Value.English })),
    ];

    private static string Overview() =>
        $"""
        # Functions

        {string.Join("\n\n", Catalog.Defaults.GroupBy(activation => activation.Info.Family).Select(Family))}

        """;

    private static string Family(IGrouping<ActivationFamily, Activation> family) =>
        $"""
        ## {FamilyNames.Of(family.Key).English}

        {Block(Table(
            ["function", "formula", "floats", "doubles"],
            family.Select(activation => new object[]
            {
                Element(
                    "xref",
                    new XAttribute("href", TypeOf(activation.Info).FullName!),
                    new XAttribute("text", activation.Info.Title)),
                Parse(activation.Formula.MathML),
                Guarantee.Of(activation, NumberType.Float).ToString(),
                Guarantee.Of(activation, NumberType.Double).ToString(),
            })))}
        """;

    private static XElement Table(IEnumerable<string> heads, IEnumerable<object[]> rows) => Classed(
        "table",
        "table",
        Element("thead", Element("tr", heads.Select(head => Tables.Head(head)))),
        Element("tbody", rows.Select(row => Element("tr", row.Select(cell => Element("td", cell))))));

    // Markdown leaves a block of HTML alone up to the first empty line; here it is one line.
    private static string Block(XElement element) => element.ToString(SaveOptions.DisableFormatting).ReplaceLineEndings(" ");
}
