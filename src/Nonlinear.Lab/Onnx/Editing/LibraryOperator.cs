using System.Globalization;
using Google.Protobuf;
using Nonlinear.Lab.Onnx.Export;
using Nonlinear.Lab.Onnx.Inspection;
using Onnx;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>The operators that libnonlinear gives ONNX Runtime: one for each function of the catalogue, by its name.</summary>
internal static class LibraryOperator
{
    private static readonly Dictionary<GateLayout, string> Layouts = new()
    {
        [GateLayout.GateFirst] = "gate_first",
        [GateLayout.GateLast] = "gate_last",
        [GateLayout.Interleaved] = "interleaved",
    };

    /// <summary>Their domain.</summary>
    public const string Domain = LibraryNodes.Domain;

    /// <summary>A function as an operation, in its tier.</summary>
    /// <param name="function">The function.</param>
    /// <param name="axis">Its axis, where it has one.</param>
    /// <param name="inputs">What goes in: one tensor, or gates and values.</param>
    /// <param name="output">What comes out.</param>
    public static NodeProto Of(Activation function, int axis, IReadOnlyList<string> inputs, string output)
    {
        NodeProto node = OnnxModel.Node(function.Info.Name, inputs, output);
        node.Domain = Domain;
        // As digits: an attribute of type float would round them.
        node.Attribute.Add(function.Info.Parameters.Zip(
            function.ParameterValues,
            (parameter, value) => Text(parameter.Name, value.ToString("R", CultureInfo.InvariantCulture))));
        if (function is GatedActivation { Layout: { } layout } && inputs.Count == 1)
            node.Attribute.Add(Text("layout", Layouts[layout]));
        if (function is not ElementwiseActivation && inputs.Count == 1)
            node.Attribute.Add(OnnxModel.Attribute("axis", axis));
        if (function.Tier == Tier.Fast)
            node.Attribute.Add(Text("tier", "fast"));
        return node;
    }

    /// <summary>Why a function of a model cannot become such an operator; null if it can.</summary>
    public static string? Obstacle(ModelFunction function) =>
        function.Slopes is not null ? "it has a slope for each channel"
        : function.Function is null ? "it is no function of the catalogue"
        : function.IsBounded ? "its values are held within bounds"
        : !Catalog.All.Contains(function.Function.Info) ? "it is no function of the catalogue"
        : function.Function is AxisActivation && function.Scope.OperatorVersion < ExportPlan.LeastOpset
            ? FormattableString.Invariant($"before opset {ExportPlan.LeastOpset} it takes several axes at once")
        : null;

    private static AttributeProto Text(string name, string text) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(text) };
}
