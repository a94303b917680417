using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Sweeping;
using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>A form in which a function could be written, and how it fares in ONNX Runtime.</summary>
/// <param name="Form">The form.</param>
/// <param name="Model">The model.</param>
/// <param name="Deviation">How far it is from exact values; null if the runtime does not run it.</param>
/// <param name="Refusal">Why it does not.</param>
internal sealed record ExportCandidate(ExportForm Form, ModelProto Model, Deviation? Deviation, string? Refusal)
{
    /// <summary>The operations, each with its number.</summary>
    public IEnumerable<(string Operation, int Count)> Operations =>
        Model.Graph.Node.GroupBy(node => node.OpType).Select(group => (group.Key, group.Count()));
}

/// <summary>A function as an ONNX model.</summary>
/// <param name="Chosen">The form that was taken.</param>
/// <param name="Others">The forms that were tried before it.</param>
internal sealed record FunctionExport(ExportCandidate Chosen, IReadOnlyList<ExportCandidate> Others)
{
    /// <summary>The model's file.</summary>
    public byte[] File => Chosen.Model.ToByteArray();
}

/// <summary>
/// Writes functions as ONNX models. Each form is run in ONNX Runtime over the whole range before it is taken: first the operator that ONNX
/// has, then basic operations, then those of doubles.
/// </summary>
internal static class FunctionExporter
{
    /// <summary>Exports a function.</summary>
    /// <param name="plan">What is to be exported.</param>
    /// <param name="form">The form; the first that does well if none is given.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="NotSupportedException">There is no such form.</exception>
    /// <exception cref="InvalidDataException">ONNX Runtime runs none.</exception>
    public static FunctionExport Export(ExportPlan plan, ExportForm? form, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Opset, ExportPlan.LeastOpset, "opset");
        List<ExportCandidate> tried = [];
        foreach (ExportForm each in form is { } only ? [only] : Enum.GetValues<ExportForm>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (FunctionGraph.Model(plan, each) is not { } model)
                continue;
            ExportCandidate candidate = Try(plan, each, model, cancellation);
            tried.Add(candidate);
            if (candidate.Deviation is { } deviation && (each == ExportForm.Operator ? deviation.IsGoodAtScale : deviation.IsGood))
                break;
        }
        if (tried.Count == 0)
            throw new NotSupportedException(
                form == ExportForm.Operator
                    ? $"{plan.Function} cannot be written as one operator of opset {plan.Opset}; leave --form out to have it composed."
                    : $"{plan.Function} cannot be exported in that form for {OnnxNumbers.NameOf(plan.Type)}.");
        ExportCandidate chosen = tried.Where(candidate => candidate.Deviation is not null)
            .OrderByDescending(candidate => candidate.Form == ExportForm.Operator && candidate.Deviation!.IsGoodAtScale)
            .ThenByDescending(candidate => candidate.Deviation!.IsGood)
            .ThenBy(candidate => candidate.Deviation!.Specials.Count)
            .ThenBy(candidate => candidate.Deviation!.MaxUlps)
            .FirstOrDefault()
            ?? throw new InvalidDataException($"ONNX Runtime does not run {plan.Function} in opset {plan.Opset}: {tried[^1].Refusal}");
        return new(chosen, [.. tried.Where(candidate => candidate != chosen)]);
    }

    private static ExportCandidate Try(ExportPlan plan, ExportForm form, ModelProto model, CancellationToken cancellation)
    {
        try
        {
            // The sweep's vectors lie along the last axis.
            ModelProto swept = plan.Function is ElementwiseActivation ? model : FunctionGraph.Model(plan with { Axis = -1 }, form)!;
            return new(form, model, RuntimeSweep.Run(swept, plan.Function, plan.Type, cancellation), null);
        }
        catch (OnnxRuntimeException refused)
        {
            return new(form, model, null, refused.Message.Split('\n')[0]);
        }
    }
}
