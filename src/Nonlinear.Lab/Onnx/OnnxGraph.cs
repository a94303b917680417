using Onnx;

namespace Nonlinear.Lab.Onnx;

/// <summary>
/// Finds the activations of an ONNX graph. Exporters write the same function in many ways (x·σ(x) as two nodes, exact GELU as five), so
/// they are found by structure: wherever everything that a tensor depends on, element by element and with constant numbers only, comes
/// together in one earlier tensor, there is a function of one number between the two. It is an activation if it is not a straight line.
/// </summary>
internal sealed class OnnxGraph
{
    // What works on each element by itself: lines, activations, and what bends but is as often a part of something else.
    private static readonly HashSet<string> Straight = ["Add", "Sub", "Mul", "Div", "Neg", "Identity", "Cast", "Dropout"];

    private static readonly HashSet<string> Telling =
    [
        "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Gelu",
        "Mish", "Swish", "Softplus", "Softsign", "Shrink", "Clip", "Max", "Min", "Erf",
    ];

    private static readonly HashSet<string> Helping = ["Exp", "Log", "Sqrt", "Pow", "Abs", "Reciprocal", "Sin", "Cos", "Atan"];

    private readonly GraphProto _graph;
    private readonly Dictionary<string, NodeProto> _makers = [];
    private readonly Dictionary<string, TensorProto> _constants = [];
    private readonly Dictionary<string, string> _before = [];

    /// <summary>Looks at a graph.</summary>
    public OnnxGraph(GraphProto graph)
    {
        _graph = graph;
        foreach (TensorProto constant in graph.Initializer)
            _constants[constant.Name] = constant;
        HashSet<string> inside = [];
        List<(string From, string To)> bends = [];
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
                _makers[output] = node;
            if (node.OpType == "Constant" && node.Attribute.FirstOrDefault(attribute => attribute.Name == "value") is { } value)
                _constants[node.Output[0]] = value.T;
            else if (node.OpType == "Identity" && _constants.TryGetValue(node.Input[0], out TensorProto? same))
                _constants[node.Output[0]] = same;
            else if (From(node) is { } from)
            {
                string to = node.Output[0];
                _before[to] = from;
                string[] moving = [.. Moving(node)];
                if (moving.Length > 1)
                    inside.UnionWith(Between(from, to).Where(between => between.Output[0] != to).Select(between => between.Output[0]));
                if (moving.Length > 1 || Telling.Contains(node.OpType))
                    bends.Add((from, to));
            }
        }
        Activations =
        [
            .. bends.Where(bend => !inside.Contains(bend.To))
                .Select(bend => new OnnxActivation(bend.From, bend.To, Between(bend.From, bend.To)))
                .Where(activation => activation.Nodes.Any(node => Telling.Contains(node.OpType))),
        ];
    }

    /// <summary>The activations, in the order of the graph.</summary>
    public IReadOnlyList<OnnxActivation> Activations { get; }

    /// <summary>The constants of the graph that some nodes use.</summary>
    public IEnumerable<TensorProto> Constants(IEnumerable<NodeProto> nodes) =>
        nodes.SelectMany(node => node.Input).Distinct().Where(_constants.ContainsKey).Select(name =>
    {
        TensorProto constant = _constants[name].Clone();
        constant.Name = name;
        return constant;
    });

    /// <summary>
    /// The axis of the units of a tensor: the channels behind a convolution, the last axis behind a matrix product; and where neither is
    /// found, the last one of two or three axes and the second of more.
    /// </summary>
    public int UnitAxis(string tensor, int rank)
    {
        string at = tensor;
        for (int step = 0; step < _graph.Node.Count && _makers.TryGetValue(at, out NodeProto? maker); step++)
        {
            if (maker.OpType.Contains("Conv", StringComparison.Ordinal)
                || maker.OpType.EndsWith("Pool", StringComparison.Ordinal)
                || maker.OpType is "BatchNormalization" or "InstanceNormalization")
                return Math.Min(1, rank - 1);
            if (maker.OpType is "MatMul" or "Gemm" or "LayerNormalization")
                return rank - 1;
            string? next = maker.Input.FirstOrDefault(input => input.Length > 0 && !_constants.ContainsKey(input));
            if (next is null)
                break;
            at = next;
        }
        return rank > 3 ? 1 : rank - 1;
    }

    // The one tensor from which a node's output follows element by element; null if there is none.
    private string? From(NodeProto node)
    {
        if (!(Straight.Contains(node.OpType) || Telling.Contains(node.OpType) || Helping.Contains(node.OpType))
            || node.Output.Count == 0
            || !ConstantsAreNumbers(node))
            return null;
        string[] moving = [.. Moving(node)];
        if (moving.Length == 0)
            return null;
        string common = moving[0];
        foreach (string other in moving[1..])
        {
            if (Common(common, other) is not { } found)
                return null;
            common = found;
        }
        return common;
    }

    private IEnumerable<string> Moving(NodeProto node) => node.Input.Where(input => input.Length > 0 && !_constants.ContainsKey(input));

    // PReLU's slopes belong to it; any other constant with several numbers makes a different function of each unit.
    private bool ConstantsAreNumbers(NodeProto node) => node.OpType == "PRelu"
        ? node.Input.Count == 2 && _constants.ContainsKey(node.Input[1])
        : node.Input.Where(_constants.ContainsKey)
            .All(input => _constants[input].Dims.Aggregate(1L, (product, extent) => product * extent) == 1);

    private string? Common(string one, string other)
    {
        HashSet<string> above = [.. Above(one)];
        return Above(other).FirstOrDefault(above.Contains);
    }

    private IEnumerable<string> Above(string tensor)
    {
        for (string? at = tensor; at is not null; at = _before.GetValueOrDefault(at))
            yield return at;
    }

    private List<NodeProto> Between(string from, string to)
    {
        HashSet<NodeProto> nodes = [];
        Stack<string> open = new([to]);
        while (open.TryPop(out string? tensor))
        {
            if (tensor == from || !nodes.Add(_makers[tensor]))
                continue;
            foreach (string input in Moving(_makers[tensor]))
                open.Push(input);
        }
        return [.. _graph.Node.Where(nodes.Contains)];
    }
}
