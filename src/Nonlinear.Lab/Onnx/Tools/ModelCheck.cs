using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Inspection;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Sweeping;

namespace Nonlinear.Lab.Onnx.Tools;

/// <summary>Says how far the activations of a model are from exact values in ONNX Runtime.</summary>
public static class ModelCheck
{
    /// <summary>Runs each activation of a model by itself over the whole range of its type.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <param name="progress">Is told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelReport Run(string model, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ModelFunctions functions = ModelFunctions.Read(model);
        IGrouping<string, ModelFunction>[] kinds =
            [.. functions.All.GroupBy(function => $"{function.Signature}|{function.What}|{function.StandsFor}")];
        List<Result> results = [];
        foreach (IGrouping<string, ModelFunction> kind in kinds)
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(Check(functions, [.. kind], cancellation));
            progress?.Report((double)results.Count / kinds.Length);
        }
        return new(
            ["what", "composed of", "times", "type", "largest error", "at", "gives", "exactly"],
            [.. results.Select(Row)],
            [
                $"ONNX Runtime {OnnxSession.RuntimeVersion}; errors in units in the last place of the exact value.",
                .. results.SelectMany(Lines),
                .. ModelListing.Left(functions),
            ])
        {
            Json = new
            {
                model,
                runtime = OnnxSession.RuntimeVersion,
                functions = results.Select(result => new
                {
                    what = result.Functions[0].What,
                    operations = result.Functions[0].Nodes.Select(node => node.OpType),
                    where = result.Functions.Select(function => function.Where),
                    type = result.Type is { } type ? OnnxNumbers.NameOf(type) : null,
                    deviation = result.Deviation is { } deviation ? DeviationText.ToJson(deviation) : null,
                    notChecked = result.Refusal,
                }),
                notUnderstood = functions.Left.Select(
                    left => new { where = left.Where, operation = left.Operation, reason = left.Reason.English }),
            },
        };
    }

    private sealed record Result(IReadOnlyList<ModelFunction> Functions, NumberType? Type, Deviation? Deviation, string? Refusal);

    private static Result Check(ModelFunctions functions, IReadOnlyList<ModelFunction> same, CancellationToken cancellation)
    {
        ModelFunction function = same[0];
        if (function.StandsFor is { } operation)
            return new(same, null, null, $"{operation} is computed by libnonlinear, not by ONNX Runtime");
        if (function.Slopes is not null)
            return new(same, null, null, "each channel has a slope of its own; a slope is one multiplication");
        if (function.Function is not { } activation)
            return new(same, null, null, "the function has no name, and so no exact value to compare with");
        NumberType? type = null;
        try
        {
            type = SubgraphModel.TypesOf(functions.File, function).In;
            return new(
                same,
                type,
                RuntimeSweep.Run(
                    SubgraphModel.Of(functions.File, function, type.Value),
                    activation,
                    type.Value,
                    cancellation,
                    function.Low,
                    function.High),
                null);
        }
        catch (OnnxRuntimeException refused)
        {
            return new(same, type, null, $"ONNX Runtime does not run it by itself: {RuntimeMessage.Of(refused)}");
        }
        catch (InvalidDataException refused)
        {
            return new(same, type, null, refused.Message);
        }
    }

    private static IReadOnlyList<string> Row(Result result)
    {
        ModelFunction function = result.Functions[0];
        string times = result.Functions.Count.ToString(CultureInfo.InvariantCulture);
        return result is { Deviation: { } deviation, Type: { } type }
            ?
            [
                function.What, function.Operations, times, OnnxNumbers.NameOf(type), $"{DeviationText.Ulps(deviation.MaxUlps)} ulp",
                deviation.OfVectors ? "" : Deviation.Text(deviation.At), Deviation.Text(deviation.Result), Deviation.Short(deviation.Exact),
            ]
            : [function.What, function.Operations, times, "", "not checked", "", "", ""];
    }

    private static IEnumerable<string> Lines(Result result)
    {
        ModelFunction function = result.Functions[0];
        string where = result.Functions.Count == 1 ? function.Where : $"{function.Where} and {result.Functions.Count - 1} more";
        if (result.Refusal is { } refusal)
            yield return $"{function.What} ({where}) was not checked: {refusal.TrimEnd('.')}.";
        else if (result.Deviation!.IsGood && !result.Deviation.Explain().Any())
            yield return $"{function.What} ({where}) is right to {DeviationText.Ulps(result.Deviation.MaxUlps)} ulp everywhere.";
        else
        {
            yield return $"{function.What} ({where}):";
            foreach (string why in result.Deviation.Explain())
                yield return $"  {why}";
        }
    }
}
