using System.Runtime.InteropServices;
using Google.Protobuf;
using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>
/// A graph some of whose tensors are called as the columns of a table are, so that its own names must keep out of their way.
/// </summary>
/// <param name="taken">The names of the columns.</param>
internal sealed class TableGraph(IReadOnlySet<string> taken)
{
    private const string Rows = "rows";

    /// <summary>The graph.</summary>
    public GraphProto Graph { get; } = new() { Name = "network" };

    /// <summary>A name that no column has.</summary>
    public string Free(string name)
    {
        string free = name;
        while (taken.Contains(free))
            free += "'";
        return free;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="inputs">The tensors that it takes, by their names in the graph.</param>
    /// <param name="output">What it gives, if no column has the name.</param>
    /// <param name="attributes">What else it is told.</param>
    /// <returns>The name of what it gives.</returns>
    public string Add(string operation, IEnumerable<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes) =>
        AddNamed(operation, inputs, Free(output), attributes);

    /// <summary>Adds a node whose output has a given name, even that of a column.</summary>
    public string AddNamed(string operation, IEnumerable<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = OnnxModel.Node(operation, inputs, output);
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        Graph.Node.Add(node);
        return output;
    }

    /// <summary>Turns a tensor into doubles.</summary>
    public string AddDoubles(string input, string output) =>
        Add("Cast", [input], output, OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Double));

    /// <summary>Adds an input of a value for each row.</summary>
    public void AddInput(string name, TensorProto.Types.DataType type) => Graph.Input.Add(OfRows(name, type, 1));

    /// <summary>Adds an output of some values for each row; without extents of one.</summary>
    public void AddOutput(string name, TensorProto.Types.DataType type, params ReadOnlySpan<int> extents) =>
        Graph.Output.Add(OfRows(name, type, extents));

    /// <summary>Adds numbers.</summary>
    /// <returns>Their name in the graph.</returns>
    public string AddNumbers(string name, double[] values, long[] shape) =>
        AddValues(name, TensorProto.Types.DataType.Double, shape, tensor =>
            tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())));

    /// <summary>Adds texts.</summary>
    /// <returns>Their name in the graph.</returns>
    public string AddTexts(string name, IReadOnlyList<string> texts, long[] shape) =>
        AddValues(name, TensorProto.Types.DataType.String, shape, tensor => tensor.StringData.Add(texts.Select(ByteString.CopyFromUtf8)));

    /// <summary>Adds a whole number.</summary>
    /// <returns>Its name in the graph.</returns>
    public string AddIndex(string name, long index) =>
        AddValues(name, TensorProto.Types.DataType.Int64, [], tensor => tensor.Int64Data.Add(index));

    /// <summary>Adds whole numbers in a line.</summary>
    /// <returns>Their name in the graph.</returns>
    public string AddIndices(string name, params IReadOnlyList<long> indices) =>
        AddValues(name, TensorProto.Types.DataType.Int64, [indices.Count], tensor => tensor.Int64Data.Add(indices));

    private string AddValues(string name, TensorProto.Types.DataType type, long[] shape, Action<TensorProto> fill)
    {
        TensorProto tensor = new() { Name = Free(name), DataType = (int)type };
        tensor.Dims.Add(shape);
        fill(tensor);
        Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static ValueInfoProto OfRows(string name, TensorProto.Types.DataType type, params ReadOnlySpan<int> extents)
    {
        TensorShapeProto shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Rows } } };
        foreach (int extent in extents)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = extent });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }
}
