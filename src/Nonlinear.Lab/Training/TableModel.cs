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
    private const string Classes = "classes", Target = "target", Columns = "inputs";

    private readonly Dataset _data;
    private readonly Scaling _scaling;
    private readonly TableGraph _graph;

    private TableModel(Dataset data, Scaling scaling)
    {
        (_data, _scaling) = (data, scaling);
        _graph = new(data.Columns.Select(column => column.Name).Append(data.Target).ToHashSet());
    }

    /// <summary>Writes a model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data that it learned from.</param>
    /// <param name="scaling">How they were centred and scaled.</param>
    /// <exception cref="NotSupportedException">The network's activation cannot be written.</exception>
    public static byte[] Write(Network network, Dataset data, Scaling scaling)
    {
        TableModel model = new(data, scaling);
        GraphProto graph = model._graph.Graph;
        string input = data.Columns.Count == 0 ? OnnxExport.AddScaledInput(graph, scaling) : model.AddColumns();
        string output = OnnxExport.AddLayers(graph, network, input, model._graph.Free);
        if (data.IsClassification)
            model.AddClasses(output);
        else
            model.AddNumber(output);
        ModelProto written = OnnxExport.ToModel(graph);
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
            pieces.AddRange(column switch
            {
                NumberColumn numbers => AddNumbers(numbers, _scaling.Means[feature]),
                DateColumn dates => DateGraph.Add(_graph, dates, [.. _scaling.Means.Skip(feature).Take(dates.Parts.Count)]),
                _ => AddTexts((TextColumn)column),
            });
            feature += column.Features.Count;
        }
        string ordered = _graph.Add("Concat", pieces, "ordered", OnnxModel.Attribute("axis", 1));
        string means = _graph.AddNumbers("means", [.. _scaling.Means], [1, _data.Width]);
        string factors = _graph.AddNumbers("factors", [.. _scaling.Factors], [1, _data.Width]);
        string scaled = _graph.Add("Mul", [_graph.Add("Sub", [ordered, means], "centred"), factors], "scaled");
        return _graph.Add("Cast", [scaled], "x", OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Float));
    }

    private IReadOnlyList<string> AddNumbers(NumberColumn column, double mean)
    {
        _graph.AddInput(column.Name, TensorProto.Types.DataType.Double);
        string absent = _graph.Add("IsNaN", [column.Name], $"{column.Name} absent");
        string usual = _graph.AddNumbers($"{column.Name} mean", [mean], []);
        string known = _graph.Add("Where", [absent, usual, column.Name], $"{column.Name} known");
        return column.MayBeMissing ? [known, _graph.AddDoubles(absent, $"{column.Name} missing")] : [known];
    }

    // Each row is compared with all spellings, and these are added up to categories.
    private IReadOnlyList<string> AddTexts(TextColumn column)
    {
        _graph.AddInput(column.Name, TensorProto.Types.DataType.String);
        IReadOnlyList<IReadOnlyList<string>> meanings = column.MayBeMissing ? [.. column.Categories, column.Missing] : column.Categories;
        (string Spelling, int Meaning)[] spellings =
            [.. meanings.SelectMany((spelled, meaning) => spelled.Select(spelling => (spelling, meaning)))];
        double[] sums = new double[spellings.Length * meanings.Count];
        for (int i = 0; i < spellings.Length; i++)
            sums[(i * meanings.Count) + spellings[i].Meaning] = 1;
        string known = _graph.AddTexts(
            $"{column.Name} spellings", [.. spellings.Select(spelling => spelling.Spelling)], [1, spellings.Length]);
        string totals = _graph.AddNumbers($"{column.Name} meanings", sums, [spellings.Length, meanings.Count]);
        string same = _graph.Add("Equal", [column.Name, known], $"{column.Name} same");
        string ones = _graph.AddDoubles(same, $"{column.Name} ones");
        return [_graph.Add("MatMul", [ones, totals], $"{column.Name} categories")];
    }

    private void AddClasses(string output)
    {
        string probabilities = _graph.Add("Softmax", [output], "probabilities", OnnxModel.Attribute("axis", 1));
        string names = _graph.AddTexts("class names", _data.ClassNames, [_data.ClassNames.Count]);
        string best = _graph.Add("ArgMax", [output], "best", OnnxModel.Attribute("axis", 1), OnnxModel.Attribute("keepdims", 0));
        _graph.AddNamed("Gather", [names, best], _data.Target);
        _graph.AddOutput(_data.Target, TensorProto.Types.DataType.String);
        _graph.AddOutput(probabilities, TensorProto.Types.DataType.Float, _data.ClassNames.Count);
    }

    private void AddNumber(string output)
    {
        string mean = _graph.AddNumbers("target mean", [_scaling.TargetMean], []);
        string deviation = _graph.AddNumbers("target deviation", [_scaling.TargetDeviation], []);
        string fromMean = _graph.Add("Mul", [_graph.AddDoubles(output, "standard"), deviation], "from mean");
        _graph.AddNamed("Add", [fromMean, mean], _data.Target);
        _graph.AddOutput(_data.Target, TensorProto.Types.DataType.Double, 1);
    }
}
