using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recognition;
using Onnx;

namespace Nonlinear.Lab.Onnx.Inspection;

/// <summary>The functions in a model, in its order, and what could not be followed.</summary>
/// <param name="File">The model.</param>
/// <param name="All">The functions.</param>
/// <param name="Left">What was not understood, where, and why.</param>
internal sealed record ModelFunctions(
    OnnxFile File, IReadOnlyList<ModelFunction> All, IReadOnlyList<(string Where, string Operation, Text Reason)> Left)
{
    /// <summary>Those of a model as it is shown: functions of the model's own unfolded, fused operators taken apart.</summary>
    public static ModelFunctions Read(string path)
    {
        ReadableModel model = ReadableModel.Read(path);
        ModelFunctions functions = Of(model.File, model.Scope, model.Activations, model.Softmaxes, model.Left);
        return functions with
        {
            All =
            [
                .. functions.All.Select(
                    function => function with { StandsFor = model.LibraryOperators.GetValueOrDefault(function.Nodes[^1]) }),
            ],
        };
    }

    /// <summary>Those of a model with its nodes as they are in the file.</summary>
    public static ModelFunctions InPlace(OnnxFile file)
    {
        OnnxScope root = OnnxScope.Of(file);
        (IReadOnlyList<FoundActivation> found, IReadOnlyList<(OnnxScope, NodeProto, Text)> left) = ActivationFinder.Find(root);
        return Of(
            file,
            root,
            found,
            [
                .. root.All.SelectMany(scope => scope.Graph.Node.Select(node => (scope, node)))
                    .Where(at => at.node.IsStandard() && at.node.OpType is "Softmax" or "LogSoftmax" && at.node.FirstOutput() is not null),
            ],
            left);
    }

    private static ModelFunctions Of(
        OnnxFile file, OnnxScope root, IReadOnlyList<FoundActivation> found, IReadOnlyList<(OnnxScope Scope, NodeProto Node)> softmaxes,
        IReadOnlyList<(OnnxScope Scope, NodeProto Node, Text Reason)> left)
    {
        Dictionary<NodeProto, int> order = new(ReferenceEqualityComparer.Instance);
        foreach (NodeProto node in root.All.SelectMany(scope => scope.Graph.Node))
            order[node] = order.Count;
        return new(
            file,
            [
                .. found.Select(ModelFunction.Of).Concat(softmaxes.Select(at => ModelFunction.Of(at.Scope, at.Node)))
                    .OrderBy(function => order.GetValueOrDefault(function.Nodes[^1], int.MaxValue)),
            ],
            [.. left.Select(at => (at.Scope.NameOf(at.Node), at.Node.OpType, at.Reason))]);
    }
}
