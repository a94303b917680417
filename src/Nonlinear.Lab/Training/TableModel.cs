using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>
/// A network as an ONNX model that takes a table as it is and answers in its terms: an input for each column by its name, numbers as
/// doubles and texts as strings, NaN and empty texts where something is missing; the target in its own unit, or the class by its name with
/// the probabilities of all.
/// </summary>
internal sealed class TableModel
{
    private const string Rows = "rows", Classes = "classes", Target = "target", Columns = "inputs";

    private readonly Dataset _data;
    private readonly Scaling _scaling;
    private readonly GraphProto _graph = new() { Name = "network" };
    private readonly HashSet<string> _taken;

    private TableModel(Dataset data, Scaling scaling)
    {
        (_data, _scaling) = (data, scaling);
        _taken = [.. data.Columns.Select(column => column.Name), data.Target];
    }

    /// <summary>Writes a model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data that it learned from.</param>
    /// <param name="scaling">How they were centred and scaled.</param>
    /// <exception cref="NotSupportedException">The network's activation cannot be written.</exception>
    public static byte[] Write(Network network, Dataset data, Scaling scaling)
    {
        TableModel model = new(data, scaling);
        string input = data.Columns.Count == 0 ? OnnxExport.AddScaledInput(model._graph, scaling) : model.AddColumns();
        string output = OnnxExport.AddLayers(model._graph, network, input, model.Free);
        if (data.IsClassification)
            model.AddClasses(output);
        else
            model.AddNumber(output);
        ModelProto written = OnnxExport.ToModel(model._graph);
        written.MetadataProps.Add(new StringStringEntryProto { Key = Target, Value = data.Target });
        written.MetadataProps.Add(new StringStringEntryProto { Key = Columns, Value = JsonSerializer.Serialize(data.Features) });
        if (data.IsClassification)
            written.MetadataProps.Add(new StringStringEntryProto { Key = Classes, Value = JsonSerializer.Serialize(data.ClassNames) });
        return written.ToByteArray();
    }

    // The columns side by side as doubles, then centred and scaled.
    private string AddColumns()
    {
        List<string> pieces = [];
        int feature = 0;
        foreach (TableColumn column in _data.Columns)
        {
            if (column is NumberColumn numbers)
                AddNumbers(numbers, feature, pieces);
            else
                AddTexts((TextColumn)column, pieces);
            feature += column.Features.Count;
        }
        Node("Concat", pieces, "ordered", OnnxModel.Attribute("axis", 1));
        Doubles("means", [.. _scaling.Means], [1, _data.Width]);
        Doubles("factors", [.. _scaling.Factors], [1, _data.Width]);
        Node("Sub", ["ordered", "means"], "centred");
        Node("Mul", ["centred", "factors"], "scaled");
        Node("Cast", ["scaled"], "x", OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Float));
        return Free("x");
    }

    private void AddNumbers(NumberColumn column, int feature, List<string> pieces)
    {
        _graph.Input.Add(Tensor(column.Name, TensorProto.Types.DataType.Double, 1));
        string absent = $"{column.Name} absent", known = $"{column.Name} known", mean = $"{column.Name} mean";
        Doubles(mean, [_scaling.Means[feature]], []);
        _graph.Node.Add(OnnxModel.Node("IsNaN", [column.Name], Free(absent)));
        _graph.Node.Add(OnnxModel.Node("Where", [Free(absent), Free(mean), column.Name], Free(known)));
        pieces.Add(known);
        if (!column.MayBeMissing)
            return;
        Node("Cast", [absent], $"{column.Name} missing", OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Double));
        pieces.Add($"{column.Name} missing");
    }

    // Each row is compared with all spellings, and these are added up to categories.
    private void AddTexts(TextColumn column, List<string> pieces)
    {
        _graph.Input.Add(Tensor(column.Name, TensorProto.Types.DataType.String, 1));
        IReadOnlyList<IReadOnlyList<string>> meanings = column.MayBeMissing ? [.. column.Categories, column.Missing] : column.Categories;
        (string Spelling, int Meaning)[] spellings =
            [.. meanings.SelectMany((spelled, meaning) => spelled.Select(spelling => (spelling, meaning)))];
        double[] sums = new double[spellings.Length * meanings.Count];
        for (int i = 0; i < spellings.Length; i++)
            sums[(i * meanings.Count) + spellings[i].Meaning] = 1;
        string known = $"{column.Name} spellings", same = $"{column.Name} same", ones = $"{column.Name} ones";
        Texts(known, [.. spellings.Select(spelling => spelling.Spelling)], [1, spellings.Length]);
        Doubles($"{column.Name} meanings", sums, [spellings.Length, meanings.Count]);
        _graph.Node.Add(OnnxModel.Node("Equal", [column.Name, Free(known)], Free(same)));
        Node("Cast", [same], ones, OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Double));
        Node("MatMul", [ones, $"{column.Name} meanings"], $"{column.Name} categories");
        pieces.Add($"{column.Name} categories");
    }

    private void AddClasses(string output)
    {
        const string Probabilities = "probabilities", Names = "class names", Best = "best";
        Node("Softmax", [output], Probabilities, OnnxModel.Attribute("axis", 1));
        Texts(Names, _data.ClassNames, [_data.ClassNames.Count]);
        Node("ArgMax", [output], Best, OnnxModel.Attribute("axis", 1), OnnxModel.Attribute("keepdims", 0));
        _graph.Node.Add(OnnxModel.Node("Gather", [Free(Names), Free(Best)], _data.Target));
        _graph.Output.Add(Tensor(_data.Target, TensorProto.Types.DataType.String));
        _graph.Output.Add(Tensor(Free(Probabilities), TensorProto.Types.DataType.Float, _data.ClassNames.Count));
    }

    private void AddNumber(string output)
    {
        Doubles("target mean", [_scaling.TargetMean], []);
        Doubles("target deviation", [_scaling.TargetDeviation], []);
        _graph.Node.Add(OnnxModel.Node("Cast", [output], Free("standard")));
        _graph.Node[^1].Attribute.Add(OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Double));
        Node("Mul", ["standard", "target deviation"], "from mean");
        _graph.Node.Add(OnnxModel.Node("Add", [Free("from mean"), Free("target mean")], _data.Target));
        _graph.Output.Add(Tensor(_data.Target, TensorProto.Types.DataType.Double, 1));
    }

    // Columns may have any name, and keep it.
    private string Free(string name)
    {
        string free = name;
        while (_taken.Contains(free))
            free += "'";
        return free;
    }

    private void Node(string operation, IReadOnlyList<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = OnnxModel.Node(operation, inputs.Select(Free), Free(output));
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        _graph.Node.Add(node);
    }

    private static ValueInfoProto Tensor(string name, TensorProto.Types.DataType type, params ReadOnlySpan<int> extents)
    {
        TensorShapeProto shape = new() { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Rows } } };
        foreach (int extent in extents)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = extent });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    private void Doubles(string name, double[] values, long[] shape)
    {
        TensorProto tensor = new()
        {
            Name = Free(name),
            DataType = (int)TensorProto.Types.DataType.Double,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.Add(shape);
        _graph.Initializer.Add(tensor);
    }

    private void Texts(string name, IReadOnlyList<string> texts, long[] shape)
    {
        TensorProto tensor = new() { Name = Free(name), DataType = (int)TensorProto.Types.DataType.String };
        tensor.Dims.Add(shape);
        tensor.StringData.Add(texts.Select(ByteString.CopyFromUtf8));
        _graph.Initializer.Add(tensor);
    }
}
