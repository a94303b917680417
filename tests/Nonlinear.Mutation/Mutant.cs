using System.Globalization;
using System.Text.Json;

namespace Nonlinear.Mutation;

/// <summary>A change that Stryker has made.</summary>
/// <param name="Id">Its number, by which it is switched on.</param>
/// <param name="Place">The file in src/Nonlinear and the line.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Replacement">What stands there instead.</param>
internal sealed record Mutant(int Id, string Place, string Kind, string Replacement)
{
    private const string Root = "src/Nonlinear/";

    /// <summary>Draws mutants from those in Stryker's report that compile and are not within another's block.</summary>
    public static IReadOnlyList<Mutant> Draw(string report, int count, int seed)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(report));
        Mutant[] all = [.. json.RootElement.GetProperty("files").EnumerateObject().SelectMany(Of).OrderBy(mutant => mutant.Id)];
        new Random(seed).Shuffle(all);
        return [.. all.Take(count)];
    }

    private static IEnumerable<Mutant> Of(JsonProperty file) =>
        file.Value.GetProperty("mutants").EnumerateArray()
            .Where(mutant => mutant.GetProperty("status").GetString() is not ("CompileError" or "Ignored"))
            .Select(mutant => new Mutant(
                int.Parse(mutant.GetProperty("id").GetString()!, CultureInfo.InvariantCulture),
                $"{file.Name[(file.Name.IndexOf(Root, StringComparison.Ordinal) + Root.Length)..]}:"
                    + mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetRawText(),
                mutant.GetProperty("mutatorName").GetString()!,
                mutant.GetProperty("replacement").GetString()!.ReplaceLineEndings(" ").Replace('\t', ' ')))
            .ToArray();
}
