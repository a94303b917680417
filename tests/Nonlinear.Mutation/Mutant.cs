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
    /// <param name="report">The report.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">By which they are drawn.</param>
    /// <param name="places">Of which files and lines alone, such as LargeAngle.cs:35; empty for all.</param>
    public static IReadOnlyList<Mutant> Draw(string report, int count, int seed, IReadOnlyList<string> places)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(report));
        Mutant[] all = [.. json.RootElement.GetProperty("files").EnumerateObject().SelectMany(Of).OrderBy(mutant => mutant.Id)];
        new Random(seed).Shuffle(all);
        return [.. all.Where(mutant => places.Count == 0 || places.Any(mutant.IsAt)).Take(count)];
    }

    private bool IsAt(string place) => Place.EndsWith("/" + place, StringComparison.Ordinal);

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
