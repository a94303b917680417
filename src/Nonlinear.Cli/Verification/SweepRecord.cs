using System.Text.Json;
using System.Text.Json.Serialization;
using Nonlinear.Lab;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>
/// What was found on a part of a sweep: a unit of work that was done by itself, and whose outcome can be added to those of other parts in
/// any order.
/// </summary>
/// <param name="Build">The build of the library, whose results were judged, and of the judge.</param>
/// <param name="Subject">What was judged.</param>
/// <param name="Inputs">The set of inputs.</param>
/// <param name="Start">The place of the first input in the set; of all numbers of a type, its bits.</param>
/// <param name="End">The place behind the last.</param>
/// <param name="Outcome">What was found.</param>
internal sealed record SweepRecord(string Build, string Subject, string Inputs, long Start, long End, Outcome Outcome)
{
    /// <summary>The build that is running.</summary>
    public static readonly string ThisBuild = $"{typeof(Activation).Module.ModuleVersionId}, {typeof(Sweep).Module.ModuleVersionId}";

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The records that this build has left of a sweep; what is not ours, or another build's, is not there.</summary>
    public static IReadOnlyList<SweepRecord> All(string folder, string subject, string inputs)
    {
        List<SweepRecord> records = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (Path.GetFileName(file).StartsWith($"{subject}, {inputs}, ", StringComparison.Ordinal)
                && Read(file) is { } record
                && (record.Build, record.Subject, record.Inputs) == (ThisBuild, subject, inputs))
                records.Add(record);
        }
        return records;
    }

    /// <summary>Leaves the record in a folder, as a file of its own that appears whole.</summary>
    public void Write(string folder) => WholeFile.Write(
        Path.Combine(folder, FormattableString.Invariant($"{Subject}, {Inputs}, {Start:x}-{End:x}.json")),
        JsonSerializer.SerializeToUtf8Bytes(this, Options));

    /// <summary>An outcome as text.</summary>
    public static string WriteOutcome(Outcome outcome) => JsonSerializer.Serialize(outcome, Options);

    /// <summary>An outcome from its text.</summary>
    public static Outcome ReadOutcome(string text) => JsonSerializer.Deserialize<Outcome>(text, Options)!;

    private static SweepRecord? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<SweepRecord>(File.ReadAllBytes(file), Options);
        }
        catch (Exception unusable) when (unusable is JsonException or IOException)
        {
            return null;
        }
    }
}
