using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>The operators that ONNX Runtime has of its own, and that no other program runs.</summary>
internal static class RuntimeOperator
{
    /// <summary>What it calls a function; null if it has no operator for it.</summary>
    public static string? NameOf(Activation function) => function.Info.Name switch
    {
        "gelu" => "Gelu",
        "gelu_tanh" => "FastGelu",
        "swish" or "quick_gelu" => "QuickGelu",
        _ => null,
    };

    /// <summary>A function as an operation.</summary>
    public static NodeProto Of(Activation function, string input, string output)
    {
        NodeProto node = OnnxModel.Node(NameOf(function)!, [input], output);
        node.Domain = NodeParts.Microsoft;
        if (function.Info.Name == "swish")
            node.Attribute.Add(OnnxModel.Attribute("alpha", (float)function.ParameterValues[0]));
        return node;
    }
}
