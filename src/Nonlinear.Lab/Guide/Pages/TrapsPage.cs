using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Names;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The page of traps: where frameworks mean different things by one name, found in the tables of names and measured.</summary>
internal sealed class TrapsPage(Edition edition)
{
    /// <summary>Its file.</summary>
    public const string File = "traps.html";

    /// <summary>The page as text.</summary>
    public string Write() => Layout.Page(
        edition,
        File,
        edition[Phrases.Traps],
        edition[Phrases.TrapsLead],
        Element("h1", edition[Phrases.Traps]),
        Classed("p", "lead", edition[Phrases.TrapsLead]),
        Element("p", edition[Phrases.TrapsNote], " ", Element("code", "nonlinear compare gelu --frameworks torch jax")),
        Section("names", Phrases.TrapsOfNames, Phrases.TrapsOfNamesBody, Traps.OfNames.Select(Write)),
        Section("defaults", Phrases.TrapsOfDefaults, Phrases.TrapsOfDefaultsBody, Traps.OfParameters.Select(Write)),
        Section("forms", Phrases.TrapsOfForms, Phrases.TrapsOfFormsBody, Traps.OfForms.Select(Write)),
        Section("axes", Phrases.TrapsOfAxes, Phrases.TrapsOfAxesBody, [Axes()]));

    private XElement Section(string id, Text title, Text body, IEnumerable<XElement> content) =>
        Element("section", Element("h2", new XAttribute("id", id), edition[title]), Element("p", edition[body]), content);

    private XElement Write(Trap trap) => Element(
        "div",
        Element("h3", new XAttribute("id", trap.Id), Element("code", trap.Title)),
        trap.Drawn is null
            ? null
            : GuideFigures.On(edition, trap.Id, edition.Fill(Phrases.TrapFigure, trap.Drawn.Value.Usual, trap.Drawn.Value.Other)),
        Tables.Scrolling(
            "facts",
            trap.Title,
            Element("thead", Element(
                "tr",
                Tables.Head(edition[Phrases.TheFunction]),
                Tables.Head(edition[Phrases.TrapWhere]),
                Tables.Head(edition[Phrases.TrapValue]),
                Tables.Head(edition[Phrases.TrapSlope]))),
            Element("tbody", trap.Meanings.Select(Row))));

    private XElement Row(TrapMeaning meaning) => Element(
        "tr",
        Tables.RowHead(Function(meaning.Meaning)),
        Element("td", Where(meaning.Meaning.Uses)),
        Element("td", meaning.FromUsual is { } values ? edition[DifferenceTable.Gap(values.Value)] : ""),
        Element("td", meaning.FromUsual is { } slopes ? edition[DifferenceTable.Gap(slopes.Slope)] : ""));

    private object Function(NameMeaning meaning)
    {
        ActivationInfo? ours = Catalog.All.FirstOrDefault(info => info.Name == meaning.Function?.Info.Name);
        string? name = meaning.Function?.ToString() ?? meaning.Uses[0].FunctionName;
        return (ours, name) switch
        {
            ({ } info, _) => Link(FunctionPage.File(info), Element("code", name)),
            (null, null) => edition[Phrases.TrapNone],
            _ when meaning.Function is null => new object[] { Element("code", name), " ", edition[Phrases.TrapToBeGiven] },
            _ => Element("code", name),
        };
    }

    // A line for each framework: its names, and what is to be known about them.
    private object Where(IReadOnlyList<FrameworkUse> uses) => uses.Count == 0
        ? edition[Phrases.TrapItself]
        : Element("ul", uses.GroupBy(use => use.Of.Framework.Title).Select(framework => Element(
            "li",
            framework.Key + " ",
            framework.Select((use, i) => new object?[] { i == 0 ? null : ", ", Element("code", use.Of.FullName) }),
            Remarks(framework))));

    private XElement? Remarks(IEnumerable<FrameworkUse> uses)
    {
        string[] remarks =
        [
            .. uses.Select(use => use.Of.Note.Length > 0 ? use.Of.Note : use.Of.Meanings.Count == 0 ? use.Of.Reason : "")
                .Where(remark => remark.Length > 0)
                .Distinct()
                .Select(remark => edition[FrameworkRemarks.Of(remark)]),
        ];
        return remarks.Length == 0 ? null : Classed("span", "quiet", edition.Language == Language.Chinese
            ? $"（{string.Join('；', remarks)}）"
            : $" ({string.Join("; ", remarks)})");
    }

    private XElement Axes() => Tables.Scrolling(
        "facts",
        edition[Phrases.TrapsOfAxes],
        Element("thead", Element(
            "tr",
            Tables.Head(edition[Phrases.TheFunction]),
            Tables.Head(edition[Phrases.TrapAxis]),
            Tables.Head(edition[Phrases.TrapWhere]))),
        Element("tbody", Traps.OfAxes.Select(axis => Element(
            "tr",
            Tables.RowHead(Element("code", axis.Function)),
            Element("td", axis.Argument is { } value ? Element("code", value) : edition[Phrases.TrapToBeGiven]),
            Element("td", string.Join(", ", axis.Uses.Select(use => use.FullName)))))));
}
