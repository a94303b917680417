using System.Globalization;
using Google.Protobuf;
using Nonlinear.Numerics;
using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>Builds a graph operation by operation; what was computed before is not computed twice.</summary>
/// <param name="graph">Receives the nodes and constants.</param>
/// <param name="type">The type that the operations work in.</param>
/// <param name="prefix">What the names of its tensors begin with.</param>
internal sealed class GraphComposer(GraphProto graph, NumberType type, string prefix = "")
{
    private readonly Dictionary<string, string> _known = [];
    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _constants = [];

    /// <summary>The type that the operations work in.</summary>
    public NumberType Type => type;

    /// <summary>An operation with one output.</summary>
    /// <returns>The name of the output.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params IReadOnlyList<AttributeProto> attributes)
    {
        string key = $"{operation}({string.Join(',', inputs)}){string.Join(',', attributes)}";
        if (_known.TryGetValue(key, out string? known))
            return known;
        string name = Name(operation);
        NodeProto node = OnnxModel.Node(operation, inputs, name);
        node.Attribute.Add(attributes);
        graph.Node.Add(node);
        _nodes.Add(node);
        _known.Add(key, name);
        return name;
    }

    /// <summary>An operation with several outputs.</summary>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> Nodes(
        string operation, IReadOnlyList<string> inputs, int outputs, params IReadOnlyList<AttributeProto> attributes)
    {
        string name = Name(operation);
        NodeProto node = OnnxModel.Node(operation, inputs, name);
        for (int i = 1; i < outputs; i++)
            node.Output.Add(string.Create(CultureInfo.InvariantCulture, $"{name}_{i}"));
        node.Attribute.Add(attributes);
        graph.Node.Add(node);
        return node.Output;
    }

    /// <summary>Takes away what leads to no result: the pieces of a formula that its parameters rule out.</summary>
    public void Keep(string result)
    {
        HashSet<string> needed = [result];
        foreach (NodeProto node in Enumerable.Reverse(_nodes))
        {
            if (needed.Contains(node.Output[0]))
                needed.UnionWith(node.Input);
            else
                graph.Node.Remove(node);
        }
        foreach (TensorProto constant in _constants.Where(constant => !needed.Contains(constant.Name)))
            graph.Initializer.Remove(constant);
    }

    /// <summary>A number as a constant, rounded to the type.</summary>
    public string Constant(double value)
    {
        string key = BitConverter.DoubleToInt64Bits(value).ToString(CultureInfo.InvariantCulture);
        if (_known.TryGetValue(key, out string? known))
            return known;
        string name = Name("constant");
        _constants.Add(OnnxNumbers.Scalar(name, type, value));
        graph.Initializer.Add(_constants[^1]);
        _known.Add(key, name);
        return name;
    }

    /// <summary>Whole numbers as a constant with one axis.</summary>
    public string Whole(params ReadOnlySpan<long> values)
    {
        TensorProto tensor = new() { Name = Name("whole"), DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values.ToArray());
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A tensor in another type.</summary>
    public string Cast(string tensor, NumberType to) => Node("Cast", [tensor], OnnxModel.Attribute("to", OnnxNumbers.ElementType(to)));

    private string Name(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{what}_{graph.Node.Count + graph.Initializer.Count}");
}
