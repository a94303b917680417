using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>The operators that ONNX has for functions of the catalogue, and since when.</summary>
internal static class StandardOperator
{
    // All others are older than the least version that is written.
    private static readonly Dictionary<string, int> Since = new()
    {
        ["HardSwish"] = 14,
        ["Mish"] = 18,
        ["Gelu"] = 20,
        ["Swish"] = 24,
    };

    /// <summary>The version with which an operator came.</summary>
    public static int SinceVersion(string operation) => Since.GetValueOrDefault(operation, 1);

    /// <summary>Whether there is an operator for a function, in that version, which takes its parameters.</summary>
    public static bool Exists(ExportPlan plan) =>
        plan.Function is not PooledActivation
        && OnnxOperator.NameOf(plan.Function.Info) is { } name
        && plan.Function.Info.Parameters.Count <= 1
        && SinceVersion(name) <= plan.Opset;

    /// <summary>Adds the operator.</summary>
    /// <returns>The name of its output.</returns>
    public static string Add(GraphComposer composer, ExportPlan plan, string x)
    {
        string name = OnnxOperator.NameOf(plan.Function.Info)!;
        switch (plan.Function)
        {
            case AxisActivation:
                return composer.Node(name, [x], OnnxModel.Attribute("axis", plan.Axis));
            case ElementwiseActivation { Info.Name: "prelu" } prelu:
                return composer.Node(name, [x, composer.Constant(prelu.ParameterValues[0])]);
            case ElementwiseActivation function:
                NodeProto node = OnnxOperator.Of(function, function.ParameterValues, x, "");
                return composer.Node(node.OpType, [x], [.. node.Attribute]);
            default:
                throw new NotSupportedException($"ONNX has no operator for {plan.Function}.");
        }
    }
}
