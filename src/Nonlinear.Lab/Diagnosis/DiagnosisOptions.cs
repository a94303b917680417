using Nonlinear.Lab.Reports;

namespace Nonlinear.Lab.Diagnosis;

/// <summary>What to diagnose, and on which sample.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="Inputs">
/// What the model is shown: files, after the name of the input that takes it and "=" if there are several (<c>ids=ids.npy</c>), or values
/// (<c>sr=16000</c>).
/// </param>
/// <param name="Batch">The rows that the model is given at a time; null for as many as fit.</param>
/// <param name="Axes">The axis along which units lie, for all activations (<c>1</c>) or for one (<c>name=1</c>).</param>
public sealed record DiagnosisOptions(string Model, IReadOnlyList<string> Inputs, int? Batch, IReadOnlyList<string> Axes)
{
    /// <summary>Whether what is said of it is Chinese instead of English.</summary>
    public bool IsChinese { get; init; }

    /// <summary>The command that diagnoses so.</summary>
    internal string Command => string.Join(
        ' ',
        [
            "nonlinear diagnose",
            ShellWord.Quoted(Model),
            .. Inputs.Select(input => $"--input {ShellWord.Quoted(input)}"),
            .. Batch is { } batch ? (string[])[FormattableString.Invariant($"--batch {batch}")] : [],
            .. Axes.Select(axis => $"--axis {ShellWord.Quoted(axis)}"),
        ]);
}
