using Google.Protobuf;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>
/// Takes dates apart within a model, from texts as the table has them: ONNX can split texts, read numbers and compare.
/// </summary>
internal sealed class DateGraph
{
    private readonly TableGraph _graph;
    private readonly DateColumn _column;
    private readonly DateLayout _layout;
    private int _count;

    private DateGraph(TableGraph graph, DateColumn column) => (_graph, _column, _layout) = (graph, column, column.Layout);

    /// <summary>Adds a column of dates.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="column">The column.</param>
    /// <param name="means">What each part is taken for where the date is missing.</param>
    /// <returns>The tensors of the parts, and of whether the date is missing where that is an input.</returns>
    public static IReadOnlyList<string> Add(TableGraph graph, DateColumn column, IReadOnlyList<double> means)
    {
        graph.AddInput(column.Name, TensorProto.Types.DataType.String);
        return new DateGraph(graph, column).AddParts(means);
    }

    private List<string> AddParts(IReadOnlyList<double> means)
    {
        string same = Add("Equal", _column.Name, Texts(_column.Missing));
        string found = _graph.Add(
            "ReduceSum", [Doubles(same), _graph.AddIndices(Name("axes"), 1)], Name("found"), OnnxModel.Attribute("keepdims", 1));
        string absent = Add("Greater", found, Number(0));
        // What is missing is taken for some date, so that there is something to split, and becomes the mean.
        string text = Add("Where", absent, Texts([_column.Texts.First(known => !_column.Missing.Contains(known))]), _column.Name);
        List<string> inputs = [.. _column.Parts.Select((part, i) => Add("Where", absent, Number(means[i]), PartOf(text, part)))];
        if (_column.MayBeMissing)
            inputs.Add(found);
        return inputs;
    }

    private string PartOf(string text, DatePart part) => part switch
    {
        DatePart.Year => Numeric(text, 'y'),
        DatePart.Month => Month(text),
        DatePart.Weekday => Weekday(Numeric(text, 'y'), Month(text), Numeric(text, 'd')),
        _ => Hour(text),
    };

    private string Numeric(string text, char letter) => Doubles(DatePiece(text, letter));

    private string Month(string text)
    {
        if (!_layout.HasNames)
            return Numeric(text, 'm');
        (string Name, double Month)[] names =
            [.. Enumerable.Range(1, 12).SelectMany(month => DateLayout.NamesOf(month).Distinct().Select(name => (name, (double)month)))];
        string same = Add("Equal", DatePiece(text, 'm'), Texts([.. names.Select(name => name.Name)]));
        return Add(
            "MatMul", Doubles(same), _graph.AddNumbers(Name("months"), [.. names.Select(name => name.Month)], [names.Length, 1]));
    }

    // Zeller's congruence: January and February count as the months 13 and 14 of the year before.
    private string Weekday(string year, string month, string day)
    {
        string early = Doubles(Add("Less", month, Number(3)));
        (year, month) = (Add("Sub", year, early), Add("Add", month, Add("Mul", early, Number(12))));
        string sum = Add("Add", Add("Add", day, year), Floor(Add("Mul", Add("Add", month, Number(1)), Number(13)), 5));
        sum = Add("Add", Add("Sub", Add("Add", sum, Floor(year, 4)), Floor(year, 100)), Floor(year, 400));
        return Add("Add", Remainder(Add("Add", sum, Number(5)), 7), Number(1));
    }

    private string Hour(string text)
    {
        int place = _layout.TimeMark == _layout.Separator ? _layout.Order.Length : 1;
        string hour = Doubles(Piece(Piece(text, _layout.TimeMark!, place), ":", 0));
        if (!_layout.HasHalves)
            return hour;
        string afternoon = Doubles(Add("Equal", Piece(text, " ", place + 1), Texts(["PM"])));
        return Add("Add", Remainder(hour, 12), Add("Mul", afternoon, Number(12)));
    }

    private string DatePiece(string text, char letter)
    {
        string date = _layout.TimeMark is { } mark && mark != _layout.Separator ? Piece(text, mark, 0) : text;
        int place = _layout.Order.IndexOf(letter, StringComparison.Ordinal);
        string piece = Piece(date, _layout.Separator, place);
        return _layout.HasComma && place == 1 ? Piece(piece, ",", 0) : piece;
    }

    private string Piece(string text, string delimiter, int place)
    {
        string pieces = _graph.Add(
            "StringSplit",
            [text],
            Name("pieces"),
            new AttributeProto
            {
                Name = "delimiter",
                Type = AttributeProto.Types.AttributeType.String,
                S = ByteString.CopyFromUtf8(delimiter),
            });
        _graph.Graph.Node[^1].Output.Add(Name("counts"));
        return _graph.Add("Gather", [pieces, _graph.AddIndex(Name("place"), place)], Name("piece"), OnnxModel.Attribute("axis", 2));
    }

    private string Floor(string number, int divisor) => Add("Floor", Add("Div", number, Number(divisor)));

    private string Remainder(string number, int divisor) =>
        _graph.Add("Mod", [number, Number(divisor)], Name("rest"), OnnxModel.Attribute("fmod", 1));

    private string Doubles(string tensor) => _graph.AddDoubles(tensor, Name("numbers"));

    private string Number(double value) => _graph.AddNumbers(Name("number"), [value], []);

    private string Texts(IReadOnlyList<string> texts) => _graph.AddTexts(Name("texts"), texts, [1, texts.Count]);

    private string Add(string operation, params IReadOnlyList<string> inputs) => _graph.Add(operation, inputs, Name(operation));

    private string Name(string what) => FormattableString.Invariant($"{_column.Name} {what} {++_count}");
}
