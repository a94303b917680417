using System.Xml.Linq;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>Puts a formula on a page; a long one becomes pieces between which a narrow page can break the line.</summary>
internal static class FormulaMarkup
{
    // As much as fits into a line on a telephone.
    private const int LineLength = 34;

    private static readonly string[] BreakBefore = ["=", "+", "−", "·"];

    /// <summary>The formula in MathML.</summary>
    public static XElement Of(Edition edition, Formula formula)
    {
        XElement math = Parse(formula.MathML);
        foreach (XElement word in math.Descendants()
            .Where(element => element.Name.LocalName == "mtext" && element.Value == Phrases.Else.English))
            word.Value = edition[Phrases.Else];
        return Element(
            "dd",
            new XAttribute("aria-label", formula.Text),
            new XAttribute("role", "math"),
            formula.Text.Length <= LineLength ? math : Pieces(math));
    }

    private static IEnumerable<XElement> Pieces(XElement math)
    {
        XNamespace mathMl = math.Name.Namespace;
        List<List<XElement>> pieces = [[]];
        foreach (XElement element in math.Elements().Single().Elements())
        {
            bool breaks = pieces[^1].Count > 0 && element.Name.LocalName == "mo" && BreakBefore.Contains(element.Value);
            if (breaks)
                pieces.Add([]);

            // At the start of a piece an operator would be taken for a sign.
            XElement copy = new(element);
            if (breaks)
                copy.SetAttributeValue("form", "infix");
            pieces[^1].Add(copy);
        }
        foreach (List<XElement> piece in pieces)
        {
            yield return new XElement(mathMl + "math", new XAttribute("displaystyle", "true"), new XElement(mathMl + "mrow", piece));
            yield return Element("wbr");
        }
    }
}
