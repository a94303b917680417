using System.Text.Json.Nodes;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Names;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>Two functions.</summary>
internal sealed class ComparedPair(ComparedFunction first, ComparedFunction second) : Comparison
{
    private readonly PairDifference _difference = PairDifference.Of(first.Function, second.Function);

    /// <inheritdoc/>
    public override bool AreSame => _difference.AreSame;

    /// <inheritdoc/>
    public override (ElementwiseActivation First, ElementwiseActivation Second) Drawn() =>
        DrawnPair(first.Function, second.Function);

    /// <inheritdoc/>
    public override JsonNode ToJson()
    {
        JsonNode json = _difference.ToJson();
        json["notes"] = new JsonArray([.. Notes.Select(note => JsonValue.Create(note))]);
        return json;
    }

    /// <inheritdoc/>
    public override void Write(IAnsiConsole output, bool isChinese)
    {
        WriteDifference(output, _difference, isChinese);
        foreach (string note in Notes)
            output.WriteLine(Terminal.Printable(note));
    }

    private IEnumerable<string> Notes => first.Notes.Concat(second.Notes).Distinct();
}
