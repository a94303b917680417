using Nonlinear.Lab.Onnx.Inspection;

namespace Nonlinear.Lab.Onnx.Tools;

/// <summary>Says which activations are in an ONNX model.</summary>
public static class ModelListing
{
    /// <summary>Lists the activations of a model.</summary>
    /// <param name="model">The ONNX file.</param>
    /// <exception cref="InvalidDataException">It is no ONNX model, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelReport Of(string model)
    {
        ModelFunctions functions = ModelFunctions.Read(model);
        return new(
            ["where", "what", "in PyTorch", "composed of"],
            [
                .. functions.All.Select(function => (IReadOnlyList<string>)
                    [function.Where, function.What, function.InPyTorch ?? "", function.Operations]),
            ],
            [Count(functions), .. Left(functions)])
        {
            Json = new
            {
                model,
                activations = functions.All.Select(function => new
                {
                    where = function.Where,
                    what = function.What,
                    function = function.Function?.Info.Name,
                    parameters = function.Function?.Info.Parameters.Zip(function.Function.ParameterValues)
                        .ToDictionary(pair => pair.First.Name, pair => pair.Second),
                    low = double.IsFinite(function.Low) ? function.Low : (double?)null,
                    high = double.IsFinite(function.High) ? function.High : (double?)null,
                    axis = function.Function is AxisActivation ? function.Axis : (int?)null,
                    pytorch = function.InPyTorch,
                    operations = function.Nodes.Select(node => node.OpType),
                    nodes = function.Nodes.Select(function.Scope.NameOf),
                    input = function.Input,
                    output = function.Output,
                }),
                notUnderstood = functions.Left.Select(
                    left => new { where = left.Where, operation = left.Operation, reason = left.Reason.English }),
            },
        };
    }

    /// <summary>What could not be followed, a line for each.</summary>
    internal static IEnumerable<string> Left(ModelFunctions functions) =>
        functions.Left.Select(left => $"Not understood: {left.Where} ({left.Operation}): {left.Reason.English}.");

    private static string Count(ModelFunctions functions)
    {
        string kinds = string.Join(", ", functions.All.GroupBy(function => function.What).Select(group => $"{group.Count()} {group.Key}"));
        return functions.All.Count == 0
            ? "No activation was found."
            : FormattableString.Invariant($"{functions.All.Count} activations: {kinds}.");
    }
}
