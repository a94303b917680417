using Onnx;

namespace Nonlinear.Lab.Onnx;

/// <summary>Parts of ONNX models.</summary>
internal static class OnnxModel
{
    // Every runtime of the last years reads these; what is newer is not needed here.
    private const int FormatVersion = 8, OperatorVersion = 18;

    /// <summary>A model of a graph.</summary>
    public static ModelProto Of(GraphProto graph, int operatorVersion = OperatorVersion) => new()
    {
        IrVersion = FormatVersion,
        ProducerName = "Nonlinear",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = operatorVersion } },
    };

    /// <summary>An operation with one output.</summary>
    public static NodeProto Node(string operation, IEnumerable<string> inputs, string output)
    {
        NodeProto node = new() { OpType = operation, Name = output, Output = { output } };
        node.Input.Add(inputs);
        return node;
    }

    /// <summary>A whole number that an operation takes.</summary>
    public static AttributeProto Attribute(string name, int value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>Whole numbers that an operation takes.</summary>
    public static AttributeProto Attribute(string name, ReadOnlySpan<int> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (int value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    /// <summary>A number that an operation takes.</summary>
    public static AttributeProto Attribute(string name, float value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    /// <summary>An input or output of floats whose extents are not fixed.</summary>
    public static ValueInfoProto FloatTensor(string name, int rank)
    {
        TensorShapeProto shape = new();
        shape.Dim.Add(
            Enumerable.Range(0, rank)
                .Select(axis => new TensorShapeProto.Types.Dimension { DimParam = FormattableString.Invariant($"{name}_{axis}") }));
        return new()
        {
            Name = name,
            Type = new() { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } },
        };
    }
}
