using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nonlinear.Lab.Onnx.Tools;

/// <summary>What was found about a model, or done to it.</summary>
/// <param name="Columns">The heads of a table.</param>
/// <param name="Rows">Its rows; none if there is no table.</param>
/// <param name="Lines">What is said below.</param>
public sealed record ModelReport(
    IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Lines)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal object Json { get; init; } = new();

    /// <summary>The same for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(Json, Indented);
}
