using System.Text.Json.Serialization;
using Nonlinear.Lab;
using Nonlinear.Lab.Guide.Pages;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;

namespace Nonlinear.Explorer;

/// <summary>What goes to the page as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FunctionEntry))]
[JsonSerializable(typeof(FunctionEntry[]))]
[JsonSerializable(typeof(FormulaEntry[]))]
[JsonSerializable(typeof(FailureEntry[]))]
[JsonSerializable(typeof(MeasuredEntry))]
[JsonSerializable(typeof(GateLayoutTable))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class PageJson : JsonSerializerContext;

/// <summary>A function of the catalogue.</summary>
internal sealed record FunctionEntry(
    string Name,
    string Title,
    string Shape,
    Text Family,
    IReadOnlyList<string> Aliases,
    Text Summary,
    IReadOnlyList<ParameterEntry> Parameters,
    double From,
    double To,
    bool Own)
{
    private static readonly Text OwnSummary = new("A formula of your own.", "你自己的公式。"), OwnMeaning = new("A parameter.", "参数。");

    public static FunctionEntry Of(Activation activation)
    {
        ActivationInfo info = activation.Info;
        FunctionTexts? texts = FunctionTexts.Exist(info) ? FunctionTexts.Of(info) : null;
        return new(
            // The gate of glu(mish) is part of its name.
            activation is GatedActivation { Gate: not null } ? activation.ToString() : info.Name,
            info.Title,
            activation switch
            {
                ElementwiseActivation => "elementwise",
                PooledActivation => "pooled",
                GatedActivation => "gated",
                _ => "vector",
            },
            FamilyNames.Of(info.Family),
            info.Aliases,
            Typography.Set(texts?.Summary ?? OwnSummary),
            [.. info.Parameters.Select(parameter => ParameterEntry.Of(parameter, texts?.Meaning(parameter) ?? OwnMeaning))],
            info.FigureRange.From,
            info.FigureRange.To,
            texts is null);
    }
}

/// <summary>A parameter, and the stretch of its values that a slider covers: about twice as far as its examples go.</summary>
internal sealed record ParameterEntry(string Name, string Symbol, double Default, double From, double To, bool Integer, Text Meaning)
{
    public static ParameterEntry Of(ParameterInfo parameter, Text meaning)
    {
        double[] shown = [0, parameter.Default, .. parameter.Examples];
        double reach = shown.Max(Math.Abs) is > 0 and double most ? most : 1;
        return new(
            parameter.Name,
            parameter.Symbol,
            parameter.Default,
            Math.Max(parameter.Minimum, shown.Min()),
            Math.Min(parameter.Maximum, 2 * reach),
            parameter.Integer,
            Typography.Set(meaning));
    }
}

/// <summary>A formula and what it is of.</summary>
internal sealed record FormulaEntry(Text Name, string Text, string MathML)
{
    public static FormulaEntry[] Of(Activation activation) =>
        [.. FormulaNames.Of(activation).Select(named => new FormulaEntry(named.Name, named.Formula.Text, named.Formula.MathML))];
}

/// <summary>A stretch on which the naive definition fails, with an example as texts.</summary>
internal sealed record FailureEntry(
    string Kind,
    double From,
    double To,
    string FromText,
    string ToText,
    string At,
    string Naive,
    string Ours,
    double? Ulps)
{
    public static FailureEntry Of(Failure failure) => new(
        failure.Kind,
        failure.From,
        failure.To,
        FloatText.Of(failure.From),
        FloatText.Of(failure.To),
        FloatText.Of(failure.Example.X),
        FloatText.Of(failure.Example.Naive),
        FloatText.Of(failure.Example.Ours),
        double.IsFinite(failure.Ulps) ? failure.Ulps : null);
}

/// <summary>Who holds gates and values in which layout, with all that is said of it.</summary>
internal sealed record GateLayoutTable(
    Text Question, Text Warning, Text LayoutHead, Text CallsHead, IReadOnlyList<GateLayoutEntry> Layouts)
{
    public static GateLayoutTable Of(GatedActivation activation) => new(
        GateLayoutUse.Question,
        GateLayoutUse.Warning,
        GateLayoutUse.LayoutHead,
        GateLayoutUse.CallsHead,
        [
            .. GateLayoutUse.Of(activation).Select(use => new GateLayoutEntry(
                use.Layout, use.Name, [.. use.Calls.Select(call => (string[])[call.Framework, call.Code])])),
        ]);
}

/// <summary>A layout, and the framework and code of each call that has it.</summary>
internal sealed record GateLayoutEntry(Text Layout, string Name, IReadOnlyList<string[]> Calls);

/// <summary>What is measured of a function with the parameters that it has.</summary>
internal sealed record MeasuredEntry(IReadOnlyList<PropertyRow> Properties, IReadOnlyList<string[]> Values)
{
    /// <summary>Measures a function, as the guide does.</summary>
    public static MeasuredEntry Of(Activation activation) => new(
        [.. PropertiesOf(activation).Select(row => new PropertyRow(Typography.Set(row.Label), Typography.Set(row.Value)))],
        activation is ElementwiseActivation function
            ? [.. SpecialValues.Of(function).Select(row => (string[])[row.Place, Numbers.Write(row.Value, 6), Numbers.Write(row.Slope, 6)])]
            : [.. SpecialValues.OfVectors(activation).Select(row => (string[])[row.Vector, row.Value])]);

    private static IReadOnlyList<PropertyRow> PropertiesOf(Activation activation) => PropertyTable.Rows(activation switch
    {
        ElementwiseActivation elementwise => FunctionProperties.Of(elementwise),
        AxisActivation axis => AxisProperties.Of(axis),
        PooledActivation pooled => PooledProperties.Of(pooled),
        WidenedActivation widened => WidenedProperties.Of(widened),
        GatedActivation gated => GatedProperties.Of(gated),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    });
}
