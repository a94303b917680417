using Onnx;

namespace Nonlinear.Tests;

/// <summary>An activation that a reader of the graph finds.</summary>
/// <param name="Tensor">The tensor that it makes.</param>
/// <param name="Input">The tensor that it takes.</param>
/// <param name="Function">Its name; that of the operator if it is one whose inside is not listed, such as an LSTM.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Low">The bound from below that is a part of it; -∞ if none is.</param>
internal sealed record ListedActivation(
    string Tensor, string Input, string Function, double[] Parameters, double Low = double.NegativeInfinity);

/// <summary>
/// Lists the activations of a model as somebody does who reads its graph: by operators, and by the forms in which the exporters of the
/// models in the tests write functions. It shares nothing with the finder of the lab, which it judges: no form is tried out, no number
/// computed.
/// </summary>
internal sealed class ActivationListing
{
    // Operators that are activations by themselves, and their parameters with ONNX's defaults.
    private static readonly Dictionary<string, (string Function, (string Name, float Usual)[] Parameters)> Plain = new()
    {
        ["Relu"] = ("relu", []),
        ["Tanh"] = ("tanh", []),
        ["HardSigmoid"] = ("hard_sigmoid", [("alpha", 0.2f), ("beta", 0.5f)]),
        ["Softmax"] = ("softmax", []),
        ["LogSoftmax"] = ("log_softmax", []),
        ["LSTM"] = ("LSTM", []),
    };

    // None of the models has these but in the forms below; one that appears is listed by its operator, so that it is not missed.
    private static readonly HashSet<string> Unread =
    [
        "Clip", "Max", "Min", "Where", "Erf", "PRelu", "Elu", "Selu", "Celu", "Gelu", "Mish", "Swish", "HardSwish", "Softplus", "Softsign",
        "Shrink", "ThresholdedRelu", "Hardmax", "FastGelu", "QuickGelu", "BiasGelu", "GRU", "RNN", "Attention", "MultiHeadAttention",
        "FusedConv", "FusedGemm",
    ];

    private readonly GraphProto _graph;
    private readonly Dictionary<string, double> _numbers;
    private readonly Dictionary<string, NodeProto> _makers = [];
    private readonly ILookup<string, NodeProto> _users;
    private readonly HashSet<string> _read = [];
    private readonly List<ListedActivation> _listed = [];
    private readonly List<string> _unread = [];

    private ActivationListing(GraphProto graph, Dictionary<string, double> outer)
    {
        (_graph, _numbers) = (graph, new(outer));
        foreach (TensorProto constant in graph.Initializer)
            Note(constant.Name, constant);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
                _makers[output] = node;
            if (node is { OpType: "Constant", Attribute: [{ T: { } value }] })
                Note(node.Output[0], value);
        }
        _users = graph.Node.SelectMany(node => node.Input.Distinct().Select(input => (input, node)))
            .ToLookup(use => use.input, use => use.node);
        foreach (NodeProto node in graph.Node)
            Read(node);
        foreach (NodeProto node in graph.Node.Where(node => Unread.Contains(node.OpType) && !_read.Contains(node.Output[0])))
            _unread.Add($"{node.OpType} {node.Output[0]}");
        foreach (GraphProto body in graph.Node.SelectMany(node => node.Attribute).Where(attribute => attribute.G is not null)
            .Select(attribute => attribute.G))
        {
            ActivationListing inner = new(body, _numbers);
            _listed.AddRange(inner._listed);
            _unread.AddRange(inner._unread);
        }
    }

    /// <summary>The activations of a model; and what looks like one and is in no form that is known here, by operator and tensor.</summary>
    public static (IReadOnlyList<ListedActivation> Activations, IReadOnlyList<string> Unread) Of(ModelProto model)
    {
        ActivationListing listing = new(model.Graph, []);
        return (listing._listed, listing._unread);
    }

    private void Read(NodeProto node)
    {
        if (Plain.TryGetValue(node.OpType, out (string Function, (string Name, float Usual)[] Parameters) plain))
            Add(
                node,
                node.Input[0],
                plain.Function,
                [.. plain.Parameters.Select(parameter => Attribute(node, parameter.Name, parameter.Usual))]);
        else if (node.OpType == "Sigmoid")
            ReadSigmoid(node);
        else if (node.OpType == "LeakyRelu")
            ReadLeaky(node);
        else if (node.OpType == "Clip")
            ReadClip(node);
        else if (node.OpType == "Erf")
            ReadErf(node);
    }

    // x · σ(βx), where β is a constant of its own, or 1.
    private void ReadSigmoid(NodeProto node)
    {
        string x = node.Input[0];
        double beta = 1;
        if (Scaled(x, "Mul") is var (inner, factor) && User(node, "Mul", inner) is not null)
            (x, beta) = (inner, factor);
        if (User(node, "Mul", x) is { } product)
            Add(product, x, "swish", beta);
        else
            Add(node, node.Input[0], "sigmoid");
    }

    // TensorFlow's maximum behind a leaky ReLU.
    private void ReadLeaky(NodeProto node)
    {
        double alpha = Attribute(node, "alpha", 0.01f);
        NodeProto? maximum = _users[node.Output[0]].FirstOrDefault(user => user.OpType == "Max");
        if (maximum is not null && maximum.Input.Where(_numbers.ContainsKey).ToArray() is [string bound])
        {
            _read.Add(maximum.Output[0]);
            _listed.Add(new(maximum.Output[0], node.Input[0], "leaky_relu", [alpha], _numbers[bound]));
        }
        else
            Add(node, node.Input[0], "leaky_relu", alpha);
    }

    // Paddle writes a hard swish as x · clip(x + 3, 0, 6) / 6. What keeps a logarithm from 0 is no activation.
    private void ReadClip(NodeProto node)
    {
        NodeProto[] users = [.. _users[node.Output[0]]];
        if (users.Length > 0 && users.All(user => user.OpType == "Log"))
            _read.Add(node.Output[0]);
        if (Bound(node, 1, "min") != 0 || Bound(node, 2, "max") != 6)
            return;
        if (Scaled(node.Input[0], "Add") is (var x, 3) && User(node, "Mul", x) is { } product && User(product, "Div", 6) is { } swish)
        {
            _read.Add(node.Output[0]);
            Add(swish, x, "hard_swish", 1 / 6.0, 0.5);
        }
        else
        {
            _read.Add(node.Output[0]);
            Add(node, node.Input[0], "relu6");
        }
    }

    // PyTorch writes a GELU as x · (erf(x / √2) + 1) · ½.
    private void ReadErf(NodeProto node)
    {
        if (Scaled(node.Input[0], "Div") is var (x, root) && Math.Abs(root - Math.Sqrt(2)) < 1e-6
            && User(node, "Add", 1) is { } sum && User(sum, "Mul", x) is { } product && User(product, "Mul", 0.5) is { } gelu)
        {
            _read.Add(node.Output[0]);
            Add(gelu, x, "gelu");
        }
    }

    private void Add(NodeProto node, string input, string function, params double[] parameters) =>
        _listed.Add(new(node.Output[0], input, function, parameters));

    // What an operator takes beside a number, and the number.
    private (string Other, double Number)? Scaled(string tensor, string operation) =>
        _makers.TryGetValue(tensor, out NodeProto? maker) && maker.OpType == operation
            ? (_numbers.TryGetValue(maker.Input[1], out double second), _numbers.TryGetValue(maker.Input[0], out double first)) switch
            {
                (true, _) => (maker.Input[0], second),
                (_, true) => (maker.Input[1], first),
                _ => null,
            }
            : null;

    private NodeProto? User(NodeProto maker, string operation, string other) =>
        _users[maker.Output[0]].FirstOrDefault(user => user.OpType == operation && user.Input.Contains(other));

    private NodeProto? User(NodeProto maker, string operation, double number) => _users[maker.Output[0]].FirstOrDefault(
        user => user.OpType == operation && user.Input.Any(input => _numbers.TryGetValue(input, out double value) && value == number));

    private static double Attribute(NodeProto node, string name, double usual) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.F ?? usual;

    // Bounds were attributes before version 11 of the operators.
    private double? Bound(NodeProto node, int place, string attribute) =>
        node.Attribute.FirstOrDefault(own => own.Name == attribute) is { } found
            ? found.F
            : place < node.Input.Count && _numbers.TryGetValue(node.Input[place], out double value) ? value : null;

    private void Note(string name, TensorProto constant)
    {
        if (constant.Dims.Aggregate(1L, (product, extent) => product * extent) != 1
            || constant.DataType != (int)TensorProto.Types.DataType.Float)
            return;
        _numbers[name] = constant.FloatData is [float own] ? own : BitConverter.ToSingle(constant.RawData.Span);
    }
}
