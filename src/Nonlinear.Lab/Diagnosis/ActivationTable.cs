using System.Xml.Linq;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Reports;
using static Nonlinear.Lab.Markup.Html;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>The table of all activations on the page of a diagnosis.</summary>
internal static class ActivationTable
{
    private const int ShortName = 28;

    public static readonly Text Activation = new("activation", "激活函数"),
        Verdict = new("verdict", "结论"),
        Units = new("units", "单元"),
        Dead = new("dead", "死亡"),
        Mean = new("mean", "均值"),
        Variance = new("variance", "方差"),
        Zeros = new("zeros", "零值"),
        Gradient = new("gradient", "梯度");

    private static readonly (Text Title, bool Number)[] Columns =
    [
        (Activation, false), (Verdict, false), (Units, true), (Dead, true), (new("rare", "极少激活"), true), (new("sat.", "饱和"), true),
        (Mean, true), (Variance, true), (Zeros, true), (new("nonlinear", "非线性"), true), (Gradient, true),
    ];

    private static readonly Text Caption =
        new("Every activation, in the order of the model.", "每个激活函数，按模型中的顺序。");

    /// <summary>The place on the page of what is said about the activation of a number.</summary>
    public static string Anchor(int number) => FormattableString.Invariant($"activation-{number}");

    /// <summary>The table.</summary>
    public static XElement Of(ModelDiagnosis model, Language language) => Element(
        "div",
        Classed("p", "caption", language[Caption]),
        Tables.Scrolling(
            "wide dense activations",
            language[Caption],
            Element("thead", Element("tr", Columns.Select(column => Tables.Head(language[column.Title], column.Number)))),
            Element("tbody", model.Activations.Select((activation, number) => Row(activation, number, language)))));

    /// <summary>What an activation is for.</summary>
    public static Text Role(ActivationDiagnosis activation) => activation.Role switch
    {
        ActivationRole.Hidden => new("hidden", "隐藏层"),
        ActivationRole.Gate => new("gate", "门"),
        ActivationRole.Output => new("output", "输出"),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    /// <summary>A verdict as a label.</summary>
    public static XElement Tag(ActivationDiagnosis activation, Language language) => Classed(
        "span",
        activation.Verdict switch
        {
            Diagnosis.Verdict.Healthy => "verdict holds",
            Diagnosis.Verdict.NonFinite => "verdict wrong",
            var verdict when verdict.StartsWith("most", StringComparison.Ordinal) => "verdict wrong",
            _ => "verdict holds-in-part",
        },
        language[activation.VerdictSoFar]);

    private static XElement Row(ActivationDiagnosis activation, int number, Language language) => Element(
        "tr",
        Tables.RowHead(
            new XAttribute("title", activation.Name),
            Link("#" + Anchor(number), DiagnosisReport.End(activation.Name, ShortName)),
            Element(
                "span",
                $"{activation.Function} · {language[Role(activation)]} · "
                + language[new Text($"axis {activation.Axis}", $"轴 {activation.Axis}")])),
        Element("td", Tag(activation, language)),
        Number($"{activation.Units:N0}"),
        Count(activation.DeadUnits, activation),
        Count(activation.RareUnits, activation),
        Count(activation.SaturatedUnits, activation),
        Number(Cells.Number(activation.Mean)),
        Number(Cells.Number(activation.Variance)),
        Number(Cells.Share(activation.Sparsity)),
        Number(Cells.Share(activation.Nonlinearity)),
        Number(Cells.Share(activation.GradientShare)));

    private static XElement Count(IReadOnlyList<int> units, ActivationDiagnosis activation) => Classed(
        "td",
        "number",
        new XAttribute("title", Cells.Share((double)units.Count / activation.Units)),
        $"{units.Count:N0}");

    private static XElement Number(string text) => Classed("td", "number", text);
}
