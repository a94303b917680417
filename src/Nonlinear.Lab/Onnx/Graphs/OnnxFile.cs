using Google.Protobuf;
using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>An ONNX model as read from its file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">What it holds.</param>
internal sealed record OnnxFile(string Path, ModelProto Model)
{
    /// <summary>The folder in which weights may lie that are not in the file itself.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    /// <summary>Reads a model.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, its graph has a circle, or its weights lie outside its folder.
    /// </exception>
    public static OnnxFile Read(string path)
    {
        if (Directory.Exists(path))
            throw new InvalidDataException($"'{path}' is a folder; name an ONNX file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}'.");
        ModelProto model;
        try
        {
            model = ModelSkeleton.Read(path);
        }
        catch (Exception damaged) when (damaged is InvalidProtocolBufferException or InvalidDataException)
        {
            throw new InvalidDataException($"'{path}' is no ONNX model.");
        }
        if (model.Graph is not { Node.Count: > 0 })
            throw new InvalidDataException($"'{path}' is no ONNX model, or an empty one.");
        OnnxFile file = new(path, model);
        file.CheckGraph();
        if (model.Graph.Output.Count == 0)
            throw new InvalidDataException($"'{path}' has no output; the model is damaged.");
        foreach (TensorProto tensor in file.Tensors())
            ExternalData.Check(tensor, file.Folder);
        return file;
    }

    /// <summary>Puts the nodes into an order in which they can run, and refuses a graph that has none.</summary>
    /// <exception cref="InvalidDataException">The graph has a circle, or two nodes make the same tensor.</exception>
    public void CheckGraph() => Check(Model.Graph, Path);

    private static InvalidDataException Refusal(string message) => new(message);

    // The runtime takes it that these are all there, and looks at memory that is not its own if they are not.
    private static bool LacksInput(NodeProto node) => node.OpType switch
    {
        "Max" or "Min" or "Sum" or "Mean" or "Concat" or "Einsum" or "SequenceConstruct" => node.Input.Contains(""),
        "Loop" => node.Input.Skip(2).Contains(""),
        _ => false,
    };

    // Nodes may stand in any order; they are put into one in which each comes after what it needs.
    private static void Check(GraphProto graph, string path)
    {
        if (GraphOrder.Sort(graph) is { } circle)
            throw Refusal(
                $"The graph of '{path}' has a circle through the node '{circle.DisplayName()}' ({circle.OpType}); it cannot be run.");
        HashSet<string> made = [];
        foreach (NodeProto node in graph.Node)
        {
            if (node.Output.Count == 0 || node.Output.All(output => output.Length == 0))
                throw Refusal($"A node of '{path}' ({node.OpType} {node.Name}) makes nothing; the model is damaged.");
            if (LacksInput(node))
                throw Refusal($"The node '{node.Name}' of '{path}' ({node.OpType}) lacks one of its inputs; the model is damaged.");
            if (node.Output.FirstOrDefault(output => output.Length > 0 && !made.Add(output)) is { } twice)
                throw Refusal($"Two nodes of '{path}' make the tensor '{twice}'; the model is damaged.");
        }
        foreach (GraphProto body in graph.Node.SelectMany(node => node.Bodies()).Select(body => body.Graph))
            Check(body, path);
    }

    // All of them, wherever they stand: what is not looked at here the runtime would open unasked.
    private IEnumerable<TensorProto> Tensors() =>
        Model.TrainingInfo.SelectMany(training => new[] { training.Initialization, training.Algorithm }).Append(Model.Graph)
            .Where(graph => graph is not null).SelectMany(Within)
            .Concat(Model.Functions.SelectMany(function => function.Node.SelectMany(Within)
                .Concat(function.AttributeProto.SelectMany(Within))));

    private static IEnumerable<TensorProto> Within(GraphProto graph) =>
        graph.Initializer.Concat(graph.SparseInitializer.SelectMany(Within)).Concat(graph.Node.SelectMany(Within));

    private static IEnumerable<TensorProto> Within(NodeProto node) => node.Attribute.SelectMany(Within);

    private static IEnumerable<TensorProto> Within(AttributeProto attribute)
    {
        IEnumerable<TensorProto> tensors = attribute.Tensors.Concat(attribute.SparseTensors.SelectMany(Within))
            .Concat(attribute.Graphs.SelectMany(Within));
        if (attribute.T is not null)
            tensors = tensors.Append(attribute.T);
        if (attribute.SparseTensor is not null)
            tensors = tensors.Concat(Within(attribute.SparseTensor));
        return attribute.G is null ? tensors : tensors.Concat(Within(attribute.G));
    }

    private static IEnumerable<TensorProto> Within(SparseTensorProto tensor) =>
        new[] { tensor.Values, tensor.Indices }.Where(part => part is not null);
}
