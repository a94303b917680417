using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>A graph within a model, the model's own or the body of a node, with what can be looked up in it.</summary>
internal sealed class OnnxScope
{
    private readonly OnnxFile _file;
    private readonly OnnxScope? _around;
    private readonly NodeProto? _owner;
    private readonly Dictionary<string, NodeProto> _makers = [];
    private readonly Dictionary<string, TensorProto> _initialisers = [];
    private readonly Dictionary<string, List<NodeUse>> _uses = [];
    private readonly HashSet<string> _inputs;
    private readonly HashSet<string> _fixed = [];
    private readonly Dictionary<NodeProto, int> _order = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, TensorNumbers?> _constants = [];

    private OnnxScope(OnnxFile file, GraphProto graph, OnnxScope? around, NodeProto? owner, string path)
    {
        (_file, Graph, _around, _owner, Path) = (file, graph, around, owner, path);
        _inputs = [.. graph.Input.Select(input => input.Name)];
        foreach (TensorProto tensor in graph.Initializer)
        {
            _initialisers[tensor.Name] = tensor;
            _fixed.Add(tensor.Name);
        }
        foreach (NodeProto node in graph.Node)
        {
            _order[node] = _order.Count;
            bool constant = MakesConstant(node);
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                _makers[output] = node;
                if (constant)
                    _fixed.Add(output);
            }
        }
        foreach (NodeProto node in graph.Node)
        {
            foreach (string input in node.Input.Where(input => input.Length > 0).Distinct())
                Home(input)?.Uses(input).Add(new(this, node));
            Bodies.AddRange(node.Bodies().Select(body => new OnnxScope(
                file, body.Graph, this, node, $"{path}{node.DisplayName()}.{body.Name}/")));
        }
        foreach (string output in graph.Output.Select(output => output.Name))
            Home(output)?.Uses(output).Add(new(this, null));
    }

    /// <summary>The graph of a model; others hang from it.</summary>
    public static OnnxScope Of(OnnxFile file) => new(file, file.Model.Graph, null, null, "");

    /// <summary>The graph.</summary>
    public GraphProto Graph { get; }

    /// <summary>Where it is, to be put before the names of its nodes: empty for the model's own graph.</summary>
    public string Path { get; }

    /// <summary>The bodies of its nodes.</summary>
    public List<OnnxScope> Bodies { get; } = [];

    /// <summary>This graph and all within it.</summary>
    public IEnumerable<OnnxScope> All => Bodies.SelectMany(body => body.All).Prepend(this);

    /// <summary>The graph around this one, and the node of it that this one is the body of; null for the model's own.</summary>
    public (OnnxScope Scope, NodeProto Node)? Owner => _around is null ? null : (_around, _owner!);

    /// <summary>The version of ONNX's operators.</summary>
    public long OperatorVersion =>
        _file.Model.OpsetImport.LastOrDefault(operators => operators.Domain is "" or "ai.onnx")?.Version ?? 1;

    /// <summary>What to call a node, with the place where it is.</summary>
    public string NameOf(NodeProto node) => Path + node.DisplayName();

    /// <summary>The place of a node of this graph among the others.</summary>
    public int OrderOf(NodeProto node) => _order[node];

    /// <summary>The node that makes a tensor, here or in a graph around; null for inputs and constants.</summary>
    public (OnnxScope Scope, NodeProto Node)? Maker(string tensor) =>
        Home(tensor) is { } home && home._makers.TryGetValue(tensor, out NodeProto? maker) ? (home, maker) : null;

    /// <summary>Who uses a tensor, here and within; a use without a node is as an output of its graph.</summary>
    public IReadOnlyList<NodeUse> UsersOf(string tensor) => Home(tensor)?.Uses(tensor) ?? [];

    /// <summary>Whether a tensor is the same whatever the model is given.</summary>
    public bool IsConstant(string tensor) => Home(tensor)?._fixed.Contains(tensor) == true;

    /// <summary>The numbers of a constant; null if it is none, or no numbers.</summary>
    public TensorNumbers? Constant(string tensor)
    {
        if (!IsConstant(tensor))
            return null;
        OnnxScope home = Home(tensor)!;
        if (!home._constants.TryGetValue(tensor, out TensorNumbers? numbers))
            home._constants[tensor] = numbers = home.Compute(tensor);
        return numbers;
    }

    /// <summary>A constant that is a single number, of whatever rank; null if it is none.</summary>
    public double? Number(string tensor) => Constant(tensor) is { Values: [double number] } ? number : null;

    private static bool IsDeterministic(NodeProto node) =>
        !node.OpType.StartsWith("Random", StringComparison.Ordinal) && node.OpType is not ("Multinomial" or "Bernoulli" or "Dropout");

    private bool MakesConstant(NodeProto maker) =>
        maker.IsStandard() && IsDeterministic(maker) && !maker.Bodies().Any()
        && maker.Input.Where(input => input.Length > 0).All(IsConstant)
        && (maker.Input.Count > 0 || maker.OpType == "Constant");

    private TensorNumbers? Compute(string tensor)
    {
        if (_initialisers.TryGetValue(tensor, out TensorProto? initialiser))
            return TensorNumbers.Of(ExternalData.Load(initialiser, _file.Folder));
        return _makers[tensor] is { OpType: "Constant" } node && node.Find("value")?.T is { } value
            ? TensorNumbers.Of(ExternalData.Load(value, _file.Folder))
            : Run(tensor);
    }

    // Whatever else a constant is made by is left to the runtime.
    private TensorNumbers? Run(string tensor)
    {
        GraphProto graph = new() { Name = "constant" };
        HashSet<string> seen = [];
        Stack<string> open = new([tensor]);
        while (open.TryPop(out string? name))
        {
            if (!seen.Add(name) || Home(name) is not { } home)
                continue;
            if (home._initialisers.TryGetValue(name, out TensorProto? initialiser))
                graph.Initializer.Add(ExternalData.Load(initialiser, _file.Folder));
            else if (home._makers.TryGetValue(name, out NodeProto? maker) && !graph.Node.Contains(maker))
            {
                graph.Node.Add(maker);
                foreach (string input in maker.Input.Where(input => input.Length > 0))
                    open.Push(input);
            }
        }
        graph.Node.Add(new NodeProto { OpType = "Cast", Input = { tensor }, Output = { "numbers" }, Attribute =
        {
            OnnxModel.Attribute("to", (int)TensorProto.Types.DataType.Double),
        } });
        graph.Output.Add(new ValueInfoProto { Name = "numbers" });
        ModelProto model = new() { IrVersion = _file.Model.IrVersion, Graph = graph };
        model.OpsetImport.Add(_file.Model.OpsetImport);
        try
        {
            using SessionOptions options = OnnxSession.OnOneThread();
            using InferenceSession session = OnnxSession.Open(model.ToByteArray(), options);
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, new Dictionary<string, OrtValue>(), ["numbers"]);
            return new(results[0].GetTensorTypeAndShape().Shape, results[0].GetTensorDataAsSpan<double>().ToArray());
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private OnnxScope? Home(string tensor)
    {
        for (OnnxScope? scope = this; scope is not null; scope = scope._around)
        {
            if (scope._makers.ContainsKey(tensor) || scope._initialisers.ContainsKey(tensor) || scope._inputs.Contains(tensor))
                return scope;
        }
        return null;
    }

    private List<NodeUse> Uses(string tensor)
    {
        if (!_uses.TryGetValue(tensor, out List<NodeUse>? uses))
            _uses[tensor] = uses = [];
        return uses;
    }
}

/// <summary>A use of a tensor.</summary>
/// <param name="Scope">The graph in which it is used.</param>
/// <param name="Node">The node that takes it; null where it is an output of the graph.</param>
internal sealed record NodeUse(OnnxScope Scope, NodeProto? Node);
