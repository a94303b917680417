using System.Text.Json;
using System.Text.Json.Serialization;
using Nonlinear.Lab;
using Nonlinear.Oracle.Judging;

namespace Nonlinear.Cli.Verification;

/// <summary>
/// What was found on a part of a sweep: a unit of work that was done by itself, and whose outcome can be added to those of other parts in
/// any order.
/// </summary>
/// <param name="Library">The build of the library that computed the results.</param>
/// <param name="Judge">The build of the judge.</param>
/// <param name="Subject">What was judged.</param>
/// <param name="Inputs">The set of inputs.</param>
/// <param name="Start">The place of the first input in the set; of all numbers of a type, its bits.</param>
/// <param name="End">The place behind the last.</param>
/// <param name="Results">The hash of the results. What was found of them holds for every build that has the same.</param>
/// <param name="Outcome">What was found.</param>
internal sealed record SweepRecord(
    string Library, string Judge, string Subject, string Inputs, long Start, long End, string Results, Outcome Outcome)
{
    /// <summary>The build of the library that is running.</summary>
    public static readonly string ThisLibrary = typeof(Activation).Module.ModuleVersionId.ToString();

    /// <summary>The build of the judge that is running.</summary>
    public static readonly string ThisJudge = typeof(Sweep).Module.ModuleVersionId.ToString();

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The records that this judge has left of a sweep; what is not ours, or another judge's, is not there.</summary>
    public static IReadOnlyList<SweepRecord> All(string folder, string subject, string inputs)
    {
        List<SweepRecord> records = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (Path.GetFileName(file).StartsWith($"{subject}, {inputs}, ", StringComparison.Ordinal)
                && Read(file) is { } record
                && (record.Judge, record.Subject, record.Inputs) == (ThisJudge, subject, inputs))
                records.Add(record);
        }
        return records;
    }

    /// <summary>Leaves the record in a folder, as a file of its own that appears whole.</summary>
    public void Write(string folder) => WholeFile.Write(
        Path.Combine(folder, FormattableString.Invariant($"{Subject}, {Inputs}, {Start:x}-{End:x}.json")),
        JsonSerializer.SerializeToUtf8Bytes(this, Options));

    /// <summary>The record as text.</summary>
    public string WriteText() => JsonSerializer.Serialize(this, Options);

    /// <summary>A record from its text.</summary>
    public static SweepRecord ReadText(string text) => JsonSerializer.Deserialize<SweepRecord>(text, Options)!;

    private static SweepRecord? Read(string file)
    {
        try
        {
            SweepRecord? record = JsonSerializer.Deserialize<SweepRecord>(File.ReadAllBytes(file), Options);
            return record?.Results is null ? null : record; // an older one does not say what it is about
        }
        catch (Exception unusable) when (unusable is JsonException or IOException)
        {
            return null;
        }
    }
}
