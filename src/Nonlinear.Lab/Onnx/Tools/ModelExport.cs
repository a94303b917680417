using Nonlinear.Lab.Onnx.Export;

namespace Nonlinear.Lab.Onnx.Tools;

/// <summary>Writes functions of the catalogue as ONNX models.</summary>
public static class ModelExport
{
    /// <summary>The least version of ONNX's operators that can be written.</summary>
    public const int LeastOpset = ExportPlan.LeastOpset;

    /// <summary>The version that is written unless told otherwise.</summary>
    public const int UsualOpset = ExportPlan.UsualOpset;

    /// <summary>The latest version that can be written.</summary>
    public const int LargestOpset = ExportPlan.LargestOpset;

    private static readonly Dictionary<string, ExportForm> FormsByName = new()
    {
        ["operator"] = ExportForm.Operator,
        ["composed"] = ExportForm.Composed,
        ["widened"] = ExportForm.Widened,
    };

    /// <summary>The types of number, by name.</summary>
    public static IReadOnlyList<string> Types => [.. OnnxNumbers.Names.Keys];

    /// <summary>The forms in which a function can be written: as ONNX's operator, as basic operations, as those of doubles.</summary>
    public static IReadOnlyList<string> Forms => [.. FormsByName.Keys];

    /// <summary>Writes a function, after it was run in ONNX Runtime over the whole range of its type.</summary>
    /// <param name="function">The function.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="opset">The version of ONNX's operators.</param>
    /// <param name="axis">The axis, for a function that has one; from the end if it is negative.</param>
    /// <param name="form">One of <see cref="Forms"/>; null for the first that does well.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="cancellation">Stops it; nothing is written.</param>
    /// <exception cref="NotSupportedException">The function has no such form.</exception>
    /// <exception cref="InvalidDataException">ONNX Runtime does not run it.</exception>
    public static ModelReport Write(
        Activation function, string type, int opset, int axis, string? form, string output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(type);
        ExportPlan plan = new(function, OnnxNumbers.Names[type], opset, axis);
        FunctionExport export = FunctionExporter.Export(plan, form is null ? null : FormsByName[form], cancellation);
        WholeFile.Write(output, export.File);
        return new([], [], [.. ExportReport.Lines(plan, export), $"The model is {output}"]) { Json = ExportReport.ToJson(plan, export) };
    }
}
