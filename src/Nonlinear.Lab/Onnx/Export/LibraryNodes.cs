using System.Collections.Immutable;
using System.Globalization;
using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>
/// Puts ONNX's own operations where operators of libnonlinear stand, so that a model can be looked into, and run, by those who have not
/// got that library. What they compute is the same but for roundings.
/// </summary>
internal sealed class LibraryNodes
{
    /// <summary>The domain of these operators.</summary>
    public const string Domain = "nonlinear";

    private readonly List<(NodeProto Node, Text Reason)> _left = [];
    private readonly Dictionary<NodeProto, string> _operators = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, NumberType> _types = [];
    private readonly int _opset;

    private LibraryNodes(ModelProto model)
    {
        _opset = (int)Math.Min(
            model.OpsetImport.LastOrDefault(operators => operators.Domain is "" or "ai.onnx")?.Version ?? 0,
            ExportPlan.LargestOpset);
        AddTypes(model.Graph);
    }

    /// <summary>Replaces what can be replaced, in bodies too.</summary>
    /// <returns>The operators that were left, and why; the operator for which a node stands that was put in.</returns>
    public static (IReadOnlyList<(NodeProto Node, Text Reason)> Left, IReadOnlyDictionary<NodeProto, string> Operators) TakeApart(
        ModelProto model)
    {
        if (model.OpsetImport.All(operators => operators.Domain != Domain))
            return ([], ImmutableDictionary<NodeProto, string>.Empty);
        LibraryNodes nodes = new(model);
        nodes.TakeApart(model.Graph);
        return (nodes._left, nodes._operators);
    }

    private void TakeApart(GraphProto graph)
    {
        GraphProto made = new();
        foreach (NodeProto node in graph.Node)
        {
            foreach ((_, GraphProto body) in node.Bodies())
                TakeApart(body);
            if (node.Domain != Domain || !TryAdd(made, node))
                made.Node.Add(node);
        }
        graph.Node.Clear();
        graph.Node.Add(made.Node);
        graph.Initializer.Add(made.Initializer);
    }

    private bool TryAdd(GraphProto graph, NodeProto node)
    {
        if (node.InputAt(0) is not { } input || node.FirstOutput() is not { } output || Function(node) is not { } function
            || _opset < ExportPlan.LeastOpset || !FunctionGraph.CanExport(function))
        {
            _left.Add((node, new("it is an operator of libnonlinear that is not looked into here", "它是 libnonlinear 的算子，这里不作分析")));
            return false;
        }
        ExportPlan plan = new(function, _types.GetValueOrDefault(input, NumberType.Float), _opset, (int)node.Whole("axis", -1));
        string prefix = $"{node.DisplayName()}/apart/";
        int before = graph.Node.Count;
        if (node.InputAt(1) is { } value)
            FunctionGraph.AddGated(graph, plan, input, value, output, prefix);
        else if (!FunctionGraph.Add(graph, plan, ExportForm.Operator, input, output, prefix))
            FunctionGraph.Add(graph, plan, ExportForm.Composed, input, output, prefix);
        // The node that makes the output is known by the name of the operator.
        graph.Node[^1].Name = node.DisplayName();
        foreach (NodeProto part in graph.Node.Skip(before))
            _operators.Add(part, $"{Domain}.{node.OpType}");
        return true;
    }

    // As the operator says it: a name, and numbers as digits or as floats.
    private static Activation? Function(NodeProto node)
    {
        IEnumerable<string> settings = node.Attribute
            .Where(attribute => attribute.Name is not ("tier" or "axis"))
            .Select(attribute => attribute.Type == AttributeProto.Types.AttributeType.Float
                ? string.Create(CultureInfo.InvariantCulture, $"{attribute.Name}={(double)attribute.F:R}")
                : $"{attribute.Name}={attribute.S.ToStringUtf8()}");
        try
        {
            Activation function = Activation.Parse($"{node.OpType}({string.Join(',', settings)})");
            return function.Info.Name == node.OpType && (function is GatedActivation || node.InputAt(1) is null) ? function : null;
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private void AddTypes(GraphProto graph)
    {
        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
            Add(value.Name, value.Type?.TensorType?.ElemType ?? 0);
        foreach (TensorProto tensor in graph.Initializer)
            Add(tensor.Name, tensor.DataType);
        // From an input to what follows it: most operators keep the type.
        foreach (NodeProto node in graph.Node)
        {
            foreach ((_, GraphProto body) in node.Bodies())
                AddTypes(body);
            NumberType? kept = node.Input.Where(_types.ContainsKey).Select(name => (NumberType?)_types[name]).FirstOrDefault();
            foreach (string output in node.Output)
            {
                if (kept is { } type && node.OpType != "Cast")
                    _types.TryAdd(output, type);
            }
        }
    }

    private void Add(string name, int type)
    {
        NumberType? known = (TensorProto.Types.DataType)type switch
        {
            TensorProto.Types.DataType.Float => NumberType.Float,
            TensorProto.Types.DataType.Double => NumberType.Double,
            TensorProto.Types.DataType.Float16 => NumberType.Half,
            TensorProto.Types.DataType.Bfloat16 => NumberType.BFloat16,
            _ => null,
        };
        if (known is { } found)
            _types[name] = found;
    }
}
