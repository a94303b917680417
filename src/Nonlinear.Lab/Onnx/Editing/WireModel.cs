using Google.Protobuf.Collections;
using Onnx;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>
/// Where things lie in the file of a model: its nodes, those of subgraphs and functions as well, and the versions it names.
/// </summary>
internal sealed class WireModel
{
    private readonly Dictionary<NodeProto, WireNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly byte[] _file;

    /// <summary>Finds everything.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">The model that was read from it.</param>
    /// <exception cref="InvalidDataException">The file is not written as protobuf usually is.</exception>
    public WireModel(byte[] file, ModelProto model)
    {
        _file = file;
        List<WireField> fields = Messages(0, file.Length);
        Versions = [.. fields.Where(field => field.Number == ModelProto.OpsetImportFieldNumber)];
        WireField[] graphs = [.. fields.Where(field => field.Number == ModelProto.GraphFieldNumber)];
        WireField[] functions = [.. fields.Where(field => field.Number == ModelProto.FunctionsFieldNumber)];
        if (graphs.Length != 1 || functions.Length != model.Functions.Count || Versions.Count != model.OpsetImport.Count)
            throw Unusual();
        Graph(model.Graph, graphs[0], []);
        for (int i = 0; i < functions.Length; i++)
            Nodes(model.Functions[i].Node, functions[i], FunctionProto.NodeFieldNumber, []);
    }

    /// <summary>The versions of operators that the model names, in its order.</summary>
    public IReadOnlyList<WireField> Versions { get; }

    /// <summary>Where a node of the model lies.</summary>
    public WireNode this[NodeProto node] => _nodes[node];

    private List<WireField> Messages(int start, int end) => [.. WireField.Fields(_file, start, end).Where(field => field.HasLength)];

    private void Graph(GraphProto graph, WireField field, List<WireField> above) =>
        Nodes(graph.Node, field, GraphProto.NodeFieldNumber, above);

    private void Nodes(RepeatedField<NodeProto> nodes, WireField owner, int number, List<WireField> above)
    {
        List<WireField> around = [.. above, owner];
        WireField[] fields = [.. Messages(owner.Payload, owner.End).Where(field => field.Number == number)];
        if (fields.Length != nodes.Count)
            throw Unusual();
        for (int i = 0; i < fields.Length; i++)
        {
            _nodes.Add(nodes[i], new(fields[i], around));
            if (nodes[i].Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0))
                Attributes(nodes[i], fields[i], around);
        }
    }

    private void Attributes(NodeProto node, WireField field, List<WireField> above)
    {
        List<WireField> around = [.. above, field];
        WireField[] fields =
            [.. Messages(field.Payload, field.End).Where(inner => inner.Number == NodeProto.AttributeFieldNumber)];
        if (fields.Length != node.Attribute.Count)
            throw Unusual();
        for (int i = 0; i < fields.Length; i++)
        {
            AttributeProto attribute = node.Attribute[i];
            List<WireField> inside = Messages(fields[i].Payload, fields[i].End);
            WireField[] one = [.. inside.Where(inner => inner.Number == AttributeProto.GFieldNumber)];
            WireField[] many = [.. inside.Where(inner => inner.Number == AttributeProto.GraphsFieldNumber)];
            if (one.Length != (attribute.G is null ? 0 : 1) || many.Length != attribute.Graphs.Count)
                throw Unusual();
            foreach (WireField graph in one)
                Graph(attribute.G!, graph, [.. around, fields[i]]);
            for (int j = 0; j < many.Length; j++)
                Graph(attribute.Graphs[j], many[j], [.. around, fields[i]]);
        }
    }

    private static InvalidDataException Unusual() =>
        new("The model's file writes a part of it in pieces, which cannot be edited in place; save it anew with onnx.save first.");
}

/// <summary>A node where it lies in a file.</summary>
/// <param name="Field">The node.</param>
/// <param name="Around">The messages that hold it, the outermost first.</param>
internal sealed record WireNode(WireField Field, IReadOnlyList<WireField> Around)
{
    /// <summary>The number of the field that nodes are in the message around.</summary>
    public int FieldNumber => Field.Number;
}
