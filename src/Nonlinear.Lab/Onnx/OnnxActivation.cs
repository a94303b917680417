using Onnx;

namespace Nonlinear.Lab.Onnx;

/// <summary>An activation inside an ONNX graph: nodes that make one tensor, element by element, from another.</summary>
/// <param name="Input">The tensor that goes in.</param>
/// <param name="Output">The tensor that comes out.</param>
/// <param name="Nodes">The nodes between, in their order.</param>
internal sealed record OnnxActivation(string Input, string Output, IReadOnlyList<NodeProto> Nodes)
{
    /// <summary>What to call it: the name of the last node, or the tensor it makes.</summary>
    public string Name => Nodes[^1].Name.Length > 0 ? Nodes[^1].Name : Output;

    /// <summary>The operations, for a function that has no name.</summary>
    public string Operations => string.Join(" · ", Nodes.Select(node => node.OpType));
}
