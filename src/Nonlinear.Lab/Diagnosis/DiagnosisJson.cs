using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>A diagnosis for other programs; docs/diagnosis.schema.json says what it holds.</summary>
internal static class DiagnosisJson
{
    // Raised when a field changes its meaning or goes; others may be added.
    private const int Schema = 1;

    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions Options = new(Compact)
    {
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new OnOneLine<int>(), new OnOneLine<float>() },
    };

    /// <summary>Writes a diagnosis, and how it compares with another.</summary>
    public static string Write(ModelDiagnosis diagnosis, DiagnosisComparison? comparison) => JsonSerializer.Serialize(
        new Document(
            Schema,
            diagnosis.Model,
            diagnosis.Rows,
            diagnosis.Batch,
            diagnosis.Activations,
            diagnosis.LeftOut,
            diagnosis.NonFinite,
            [.. diagnosis.Notes.Select(note => note.English)],
            comparison is null ? null : Compared(comparison)),
        Options);

    private static Comparison Compared(DiagnosisComparison comparison) => new(
        comparison.Before.Model,
        comparison.Before.LeftOut,
        comparison.Before.NonFinite,
        [.. comparison.Changes.Select(change => new Change(
            change.After.Name,
            change.VerdictChanged,
            change.DeadGained,
            change.DeadLost,
            change.Before))],
        comparison.OnlyBefore,
        comparison.OnlyAfter);

    // Layers have thousands of units: a line for each would hide everything else.
    private sealed class OnOneLine<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T[]>(ref reader, Compact)!;

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
            writer.WriteRawValue(JsonSerializer.Serialize(value, Compact));
    }

    private sealed record Document(
        int Schema,
        string Model,
        long Rows,
        int Batch,
        IReadOnlyList<ActivationDiagnosis> Activations,
        IReadOnlyList<LeftOut> LeftOut,
        NonFiniteOrigin? NonFinite,
        IReadOnlyList<string> Notes,
        Comparison? Comparison);

    private sealed record Comparison(
        string Against,
        IReadOnlyList<LeftOut> LeftOut,
        NonFiniteOrigin? NonFinite,
        IReadOnlyList<Change> Changes,
        IReadOnlyList<string> OnlyBefore,
        IReadOnlyList<string> OnlyAfter);

    // What an activation did in the model that is compared with; what it does now stands above, under its name.
    private sealed record Change(
        string Name, bool VerdictChanged, IReadOnlyList<int> DeadGained, IReadOnlyList<int> DeadLost, ActivationDiagnosis Before);
}
