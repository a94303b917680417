using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Inspection;
using Onnx;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>A model whose file is to be changed in places.</summary>
internal sealed class EditableModel
{
    /// <summary>Looks into a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What it holds.</param>
    /// <exception cref="InvalidDataException">It cannot be edited in place.</exception>
    public EditableModel(string path, byte[] bytes)
    {
        Bytes = bytes;
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        // Where nodes lie is found by their order in the file, before they are put into one that can be worked through.
        Wire = new(bytes, model);
        Sort(model.Graph);
        Functions = ModelFunctions.InPlace(new OnnxFile(path, model));
    }

    /// <summary>The file.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where everything lies in it.</summary>
    public WireModel Wire { get; }

    /// <summary>The functions in it.</summary>
    public ModelFunctions Functions { get; }

    /// <summary>Functions that do not stand by themselves in it: they are inside functions of the model's own, or fused.</summary>
    public IReadOnlyList<ModelFunction> Hidden =>
    [
        .. ModelFunctions.Read(Functions.File.Path).All
            .Where(function => !Functions.All.Any(other => other.Where == function.Where && other.What == function.What)),
    ];

    /// <summary>What the file holds.</summary>
    public ModelProto Model => Functions.File.Model;

    /// <summary>Whether weights lie in files beside it.</summary>
    public bool HasExternalWeights => Tensors(Model.Graph).Any(ExternalData.IsExternal);

    private static void Sort(GraphProto graph)
    {
        GraphOrder.Sort(graph);
        foreach (GraphProto body in graph.Node.SelectMany(node => node.Bodies()).Select(body => body.Graph))
            Sort(body);
    }

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer.Concat(graph.Node.SelectMany(node =>
        node.Attribute.Where(attribute => attribute.T is not null).Select(attribute => attribute.T)
            .Concat(node.Bodies().SelectMany(body => Tensors(body.Graph)))));
}
