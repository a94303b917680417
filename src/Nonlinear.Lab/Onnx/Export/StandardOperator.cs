using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>The operators that ONNX has for functions, and since when.</summary>
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

    // Of functions that are not in the catalogue, which says its operators itself: the operator, and what its attributes are called.
    private static readonly Dictionary<string, (string Operation, string[] Attributes)> Others = new()
    {
        ["hard_sigmoid"] = ("HardSigmoid", ["alpha", "beta"]),
        ["celu"] = ("Celu", ["alpha"]),
        ["thresholded_relu"] = ("ThresholdedRelu", ["alpha"]),
        ["softsign"] = ("Softsign", []),
        ["hard_swish"] = ("HardSwish", []),
        ["softplus"] = ("Softplus", []),
        ["shrink"] = ("Shrink", ["bias", "lambd"]),
    };

    /// <summary>The operator for a function; null if ONNX has none that takes its parameters.</summary>
    public static string? NameOf(Activation function)
    {
        if (Others.TryGetValue(function.Info.Name, out (string Operation, string[] Attributes) other))
            return other.Attributes.Length > 0 || OnnxOperator.IsUsual(function) ? other.Operation : null;
        // SwiGLU is an operator of a later version than can be written, and takes two tensors.
        bool hasNone = function is PooledActivation or GatedActivation || function.Info.Parameters.Count > 1;
        return hasNone ? null : OnnxOperator.NameOf(function.Info);
    }

    /// <summary>The version with which an operator came.</summary>
    public static int SinceVersion(string operation) => Since.GetValueOrDefault(operation, 1);

    /// <summary>Whether there is an operator for a function, in that version, which takes its parameters.</summary>
    public static bool Exists(ExportPlan plan) => NameOf(plan.Function) is { } name && SinceVersion(name) <= plan.Opset;

    /// <summary>Adds the operator.</summary>
    /// <returns>The name of its output.</returns>
    public static string Add(GraphComposer composer, ExportPlan plan, string x)
    {
        string name = NameOf(plan.Function)!;
        switch (plan.Function)
        {
            case AxisActivation:
                return composer.Node(name, [x], OnnxModel.Attribute("axis", plan.Axis));
            case ElementwiseActivation { Info.Name: "prelu" } prelu:
                return composer.Node(name, [x, composer.Constant(prelu.ParameterValues[0])]);
            case ElementwiseActivation when Others.TryGetValue(plan.Function.Info.Name, out (string, string[] Attributes) other):
                return composer.Node(
                    name, [x], [.. other.Attributes.Zip(plan.Function.ParameterValues, (attribute, value) =>
                        OnnxModel.Attribute(attribute, (float)value))]);
            case ElementwiseActivation function:
                NodeProto node = OnnxOperator.Of(function, function.ParameterValues, x, "");
                return composer.Node(node.OpType, [x], [.. node.Attribute]);
            default:
                throw new NotSupportedException($"ONNX has no operator for {plan.Function}.");
        }
    }
}
