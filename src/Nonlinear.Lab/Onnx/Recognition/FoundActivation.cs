using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>An activation found inside a model: nodes that make one tensor, element by element, from another.</summary>
/// <param name="Scope">The graph in which it is.</param>
/// <param name="Input">The tensor that goes in.</param>
/// <param name="Output">The tensor that comes out.</param>
/// <param name="Nodes">The nodes between, each after what it needs.</param>
internal sealed record FoundActivation(OnnxScope Scope, string Input, string Output, IReadOnlyList<NodeProto> Nodes)
{
    /// <summary>What it computes; null where each unit has a slope of its own.</summary>
    public ElementwiseProgram? Program { get; init; }

    /// <summary>The function, if it is known.</summary>
    public RecognisedFunction? Function { get; init; }

    /// <summary>The slopes below 0 of a PReLU.</summary>
    public TensorNumbers? Slopes { get; init; }

    /// <summary>What to call it: the name of the last node, or the tensor it makes.</summary>
    public string Name => Scope.NameOf(Nodes[^1]);

    /// <summary>The operations, for a function that has no name.</summary>
    public string Operations => string.Join(" · ", Nodes.Select(node => node.OpType));
}
