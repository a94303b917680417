using System.Text.Json.Nodes;
using Nonlinear.Lab.Markup;
using Nonlinear.Lab.Measure;
using Nonlinear.Lab.Names;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>One name in several frameworks.</summary>
internal sealed class ComparedName(string name, IReadOnlyList<NameMeaning> meanings) : Comparison
{
    private readonly PairDifference[] _differences =
    [
        .. from meaning in meanings.Skip(1)
           where meaning.Function is not null && meanings[0].Function is not null
           select PairDifference.Of(meanings[0].Function!, meaning.Function!),
    ];

    /// <inheritdoc/>
    public override bool AreSame => meanings.Count == 1
        || (_differences.Length == meanings.Count - 1 && _differences.All(difference => difference.AreSame));

    /// <inheritdoc/>
    public override (ElementwiseActivation First, ElementwiseActivation Second) Drawn() =>
        meanings is [{ Function: { } first }, { Function: { } second }, ..]
            ? DrawnPair(first, second)
            : throw new ArgumentException($"'{name}' is one function in these frameworks: there is no difference to draw.");

    /// <inheritdoc/>
    public override JsonNode ToJson() => new JsonObject
    {
        ["name"] = name,
        ["areSame"] = AreSame,
        ["meanings"] = new JsonArray([.. meanings.Select(meaning => new JsonObject
        {
            ["function"] = meaning.Function?.ToString(),
            ["uses"] = new JsonArray([.. meaning.Uses.Select(use => new JsonObject
            {
                ["framework"] = use.Of.Framework.Title,
                ["signature"] = use.Of.Signature,
                ["problem"] = use.Problem,
                ["note"] = use.Of.Note,
            })]),
        })]),
        ["differences"] = new JsonArray([.. _differences.Select(difference => difference.ToJson())]),
    };

    /// <inheritdoc/>
    public override void Write(IAnsiConsole output, bool isChinese)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns(
            PlainText.Of(new("framework", "框架"), isChinese), name, PlainText.Of(new("is", "即"), isChinese), "");
        foreach (FrameworkUse use in meanings.SelectMany(meaning => meaning.Uses))
            table.AddRow(
                Terminal.Plain(use.Of.Framework.Title),
                Terminal.Plain(use.Of.Signature),
                Terminal.Plain(use.Function?.ToString() ?? "–"),
                Terminal.Plain(Remark(use)));
        output.Write(table);
        if (AreSame)
            output.WriteLine(PlainText.Of(
                new($"'{name}' is the same function wherever it was looked up.", $"“{name}”在所查的各框架中都是同一函数。"), isChinese));
        foreach (PairDifference difference in _differences)
            WriteDifference(output, difference, isChinese);
    }

    // What is said of a function need not repeat it.
    private static string Remark(FrameworkUse use)
    {
        string problem = use.Problem.Replace(use.Of.Signature + " ", "", StringComparison.Ordinal);
        return string.Join(" ", new[] { problem, use.Of.Note }.Where(part => part.Length > 0));
    }
}
