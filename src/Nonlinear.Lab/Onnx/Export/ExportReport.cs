using System.Globalization;
using Nonlinear.Lab.Onnx.Sweeping;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>What is said of an exported function.</summary>
internal static class ExportReport
{
    /// <summary>In sentences.</summary>
    public static IEnumerable<string> Lines(ExportPlan plan, FunctionExport export)
    {
        ExportCandidate chosen = export.Chosen;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Function} for {OnnxNumbers.NameOf(plan.Type)} in opset {plan.Opset}: {Form(chosen)}.");
        foreach (string line in Of(chosen.Deviation!))
            yield return line;
        foreach (ExportCandidate other in export.Others)
            yield return other.Deviation is { } deviation
                ? $"Not taken: {Form(other)}, whose error is up to {DeviationText.Ulps(deviation.MaxUlps)} ulp"
                    + $"{(deviation.Explain().FirstOrDefault() is { } why ? $"; {why}" : "")}."
                : $"Not taken: {Form(other)}, which ONNX Runtime does not run: {other.Refusal}";
        if (chosen.Form == ExportForm.Operator && !chosen.Deviation!.IsGood)
            yield return "What is lost lies near 0 and is less than a rounding error of 1; --form composed keeps it, in more operations.";
    }

    /// <summary>For programs.</summary>
    public static object ToJson(ExportPlan plan, FunctionExport export) => new
    {
        function = plan.Function.ToString(),
        type = OnnxNumbers.NameOf(plan.Type),
        opset = plan.Opset,
        chosen = ToJson(export.Chosen),
        notTaken = export.Others.Select(ToJson),
    };

    private static object ToJson(ExportCandidate candidate) => new
    {
        form = candidate.Form.ToString().ToLower(CultureInfo.InvariantCulture),
        operations = candidate.Operations.ToDictionary(pair => pair.Operation, pair => pair.Count),
        deviation = candidate.Deviation is { } deviation ? DeviationText.ToJson(deviation) : null,
        refusal = candidate.Refusal,
    };

    private static IEnumerable<string> Of(Deviation deviation)
    {
        string place = deviation.OfVectors
            ? $"where {Deviation.Short(deviation.Exact)} came out as {Deviation.Text(deviation.Result)}"
            : $"at {Deviation.Text(deviation.At)}: {Deviation.Text(deviation.Result)}, exactly {Deviation.Short(deviation.Exact)}";
        yield return deviation.MaxUlps == 0
            ? string.Create(CultureInfo.InvariantCulture, $"ONNX Runtime gives the exact value at all of {deviation.Points:N0} points.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"In ONNX Runtime the largest error at {deviation.Points:N0} points is {DeviationText.Ulps(deviation.MaxUlps)} ulp, "
                + $"{place}.");
        foreach (string why in deviation.Explain())
            yield return $"  {why}";
    }

    private static string Form(ExportCandidate candidate)
    {
        IEnumerable<(string Operation, int Count)> operations = candidate.Operations;
        string all = string.Join(", ", operations.Select(pair => pair.Count == 1
            ? pair.Operation
            : string.Create(CultureInfo.InvariantCulture, $"{pair.Count} {pair.Operation}")));
        return candidate.Form switch
        {
            ExportForm.Operator => $"the operator ({all})",
            ExportForm.Composed => $"basic operations ({all})",
            _ => $"basic operations of doubles ({all})",
        };
    }
}
