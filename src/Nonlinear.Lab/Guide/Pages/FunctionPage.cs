using System.Xml.Linq;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The page of a function.</summary>
internal sealed class FunctionPage(Edition edition, MeasuredActivation function)
{
    private readonly Activation _activation = function.Activation;
    private readonly ActivationInfo _info = function.Info;
    private readonly FunctionTexts _texts = FunctionTexts.Of(function.Info);

    /// <summary>The file of a function's page.</summary>
    public static string File(ActivationInfo info) => info.Name + ".html";

    /// <summary>The page as text.</summary>
    public string Write() => Layout.Page(
        edition,
        File(_info),
        _info.Title,
        edition[_texts.Summary],
        Element("h1", _info.Title),
        Classed("p", "lead", edition[_texts.Summary]),
        Aliases(),
        ExplorerLink.ToFunction(edition, _activation),
        Section(Phrases.Definition, Formulas(), Symbols()),
        Section(Phrases.Figure, GuideFigures.On(edition, _info.Name, Caption())),
        _info.Parameters.Count > 0 ? Section(Phrases.Parameters, Parameters()) : null,
        Named("properties", Section(Phrases.Properties, Properties())),
        Named("values", Section(Phrases.SpecialValues, SpecialValuesTable())),
        Section(Phrases.Exactness, Classed("p", "quiet", edition[Phrases.ExactnessNote]), Guarantees()),
        Section(Phrases.WhenToUse, Advice()),
        _activation is GatedActivation gated
            ? Section(GateLayoutUse.Question, Classed("p", "quiet", edition[GateLayoutUse.Warning]), LayoutTable(gated))
            : null,
        Section(Phrases.InCode, Classed("p", "quiet", edition[Phrases.InCodeNote]), Calls(), Spellings()),
        ClaimsAbout() is [_, ..] claims ? Section(Phrases.Claims, claims) : null,
        Section(Phrases.Source, Element("p", SourceLinks.Of(_info.Source))),
        Neighbours());

    private XElement Section(Text title, params object?[] content) =>
        Element("section", [Element("h2", edition[title]), .. content]);

    // For who takes the page apart, as the explorer does.
    private static XElement Named(string id, XElement section)
    {
        section.SetAttributeValue("id", id);
        return section;
    }

    private XElement? Aliases() => _info.Aliases.Count == 0 ? null : Classed(
        "p",
        "quiet aliases",
        edition[Phrases.AlsoKnownAs],
        " ",
        _info.Aliases.SelectMany((alias, i) => new object[] { i > 0 ? ", " : "", Element("code", alias) }));

    private XElement Formulas() => Classed(
        "dl",
        "formulas",
        FormulaNames.Of(_activation).Select(named => Formula(named.Name, named.Formula)));

    private XElement Formula(Text title, Formula formula) =>
        Element("div", Element("dt", edition[title]), FormulaMarkup.Of(edition, formula));

    // The symbols of the formulas that a reader may not know, unless they are the function itself or its parameters.
    private XElement? Symbols()
    {
        string formulas = _activation.Formula.Text + _activation.DerivativeFormula.Text;
        XElement[] symbols =
        [
            .. Notation.Symbols
                .Where(symbol => formulas.Contains(symbol.Sign, StringComparison.Ordinal)
                    && _info.Parameters.All(parameter => parameter.Symbol != symbol.Sign))
                .Select(symbol => Element("li", edition[symbol.Meaning])),
        ];
        return symbols.Length == 0 ? null : Classed("ul", "symbols quiet", symbols);
    }

    private IEnumerable<XElement> Parameters() => _info.Parameters.Select(parameter => Classed(
        "div",
        "parameter",
        Element("h3", parameter.Symbol, " ", Element("code", parameter.Name)),
        Element("p", edition[_texts.Meaning(parameter)]),
        Classed(
            "dl",
            "inline",
            Fact(Phrases.Default, Numbers.WriteExactly(parameter.Default)),
            Fact(Phrases.Allowed, Range(parameter)),
            Fact(Phrases.Learned, edition[parameter.Learnable ? Phrases.UsuallyLearned : Phrases.UsuallyFixed]))));

    private XElement Fact(Text title, string value) => Element("div", Element("dt", edition[title]), Element("dd", value));

    private string Range(ParameterInfo parameter)
    {
        string kind = parameter.Integer ? edition[Phrases.WholeNumbers] : edition[Phrases.AnyNumber];
        return (parameter.Minimum > -double.MaxValue, parameter.Maximum < double.MaxValue) switch
        {
            (true, true) => $"{Numbers.Write(parameter.Minimum)} … {Numbers.WriteExactly(parameter.Maximum)}",
            (true, false) => $"≥ {Numbers.Write(parameter.Minimum)}",
            (false, true) => $"≤ {Numbers.Write(parameter.Maximum)}",
            _ => kind,
        };
    }

    private string Caption() => edition.Fill(
        _activation switch
        {
            AxisActivation => Phrases.FigureOfVector,
            PooledActivation => Phrases.FigureOfPieces,
            WidenedActivation => Phrases.FigureOfOutputs,
            GatedActivation => Phrases.FigureOfGate,
            _ => Phrases.FigureOf,
        },
        _info.Title);

    private XElement Properties() => Tables.Scrolling(
        "facts",
        edition[Phrases.Properties],
        Element("thead", Element("tr", Tables.Head(edition[Phrases.Property]), Tables.Head(edition[Phrases.Measured]))),
        Element(
            "tbody",
            function.Rows().Select(row => Element("tr", Tables.RowHead(edition[row.Label]), Element("td", edition[row.Value])))));

    private IEnumerable<XElement> SpecialValuesTable() =>
    [
        _activation is ElementwiseActivation elementwise
            ? Tables.Scrolling(
                "",
                edition[Phrases.SpecialValues],
                Element("thead", Element("tr", Tables.Head("x"), Tables.Head("f(x)", number: true), Tables.Head("f′(x)", number: true))),
                Element("tbody", SpecialValues.Of(elementwise).Select(row => Element(
                    "tr",
                    Tables.RowHead(row.Place),
                    Tables.Number(row.Value, 6),
                    Tables.Number(row.Slope, 6)))))
            : Tables.Scrolling(
                "",
                edition[Phrases.SpecialValues],
                Element("thead", Element("tr", Tables.Head(_activation is GatedActivation ? "(g, v)" : "x"), Tables.Head("f"))),
                Element(
                    "tbody",
                    SpecialValues.OfVectors(_activation)
                        .Select(row => Element("tr", Tables.RowHead(row.Vector), Element("td", row.Value))))),
        Classed("p", "quiet", edition[Phrases.SpecialValuesNote]),
    ];

    private XElement Guarantees() => Tables.Scrolling(
        "facts",
        edition[Phrases.Exactness],
        Element("thead", Element("tr", Tables.Head(edition[Phrases.NumberType]), Tables.Head(edition[Phrases.Guaranteed]))),
        Element(
            "tbody",
            GuaranteeTable.Of(_activation)
                .Select(row => Element("tr", Tables.RowHead(edition[row.Label]), Element("td", edition[row.Value])))));

    private XElement Advice() => Classed(
        "div",
        "advice",
        Classed("div", "use", Element("h3", edition[Phrases.UseWhen]), Element("p", edition[_texts.UseWhen])),
        Classed("div", "avoid", Element("h3", edition[Phrases.AvoidWhen]), Element("p", edition[_texts.AvoidWhen])));

    private XElement LayoutTable(GatedActivation gated) => Tables.Scrolling(
        "facts",
        edition[GateLayoutUse.Question],
        Element(
            "thead", Element("tr", Tables.Head(edition[GateLayoutUse.LayoutHead]), Tables.Head(edition[GateLayoutUse.CallsHead]))),
        Element("tbody", GateLayoutUse.Of(gated).Select(use => Element(
            "tr",
            Tables.RowHead(edition[use.Layout], " ", Element("code", use.Name)),
            Element("td", use.Calls.Count == 0 ? ["–"] : use.Calls.SelectMany((call, i) => new object[]
            {
                i > 0 ? ", " : "", $"{call.Framework} ", Element("code", call.Code),
            }))))));

    private XElement Calls() => Element("pre", Element("code", CodeSample.Of(_activation)));

    private XElement Spellings() => Classed(
        "dl",
        "spellings",
        _activation.Spellings.Where(spelling => spelling.Code.Length > 0).SelectMany(spelling => new[]
        {
            Element("dt", spelling.Framework),
            Element("dd", Element("code", spelling.Code)),
        }));

    private XElement[] ClaimsAbout() =>
    [
        .. edition.Measurements.Claims
            .Where(pair => pair.Claim.IsAbout(_info))
            .Select(pair => ClaimSection.Of(edition, pair.Claim, pair.Evidence)),
    ];

    private XElement Neighbours()
    {
        int place = Catalog.All.ToList().FindIndex(info => info.Name == _info.Name);
        return Element(
            "nav",
            new XAttribute("class", "pages"),
            new XAttribute("aria-label", $"{edition[Phrases.Previous]}, {edition[Phrases.Next]}"),
            Neighbour(Phrases.Previous, place - 1),
            Neighbour(Phrases.Next, place + 1));
    }

    private XElement? Neighbour(Text label, int place) => place < 0 || place >= Catalog.All.Count ? null
        : Link(File(Catalog.All[place]), Element("span", edition[label]), Catalog.All[place].Title);
}
