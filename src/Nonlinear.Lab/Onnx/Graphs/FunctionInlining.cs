using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>Puts the bodies of a model's own functions where they are called, so that what is inside them can be seen.</summary>
internal sealed class FunctionInlining
{
    // Functions may call functions; a small file can ask for more nodes than any memory holds.
    private const int DeepestCalls = 64, MostNodes = 1_000_000;

    private readonly Dictionary<(string Domain, string Name), FunctionProto> _functions = [];
    private readonly Dictionary<string, long> _versions;
    private readonly List<(NodeProto Call, Text Reason)> _left = [];
    private readonly HashSet<string> _names = [], _nodeNames = [];
    private int _nodes;

    private FunctionInlining(ModelProto model)
    {
        foreach (FunctionProto function in model.Functions)
            _functions[(function.Domain, function.Name)] = function;
        _versions = model.OpsetImport.GroupBy(operators => operators.Domain)
            .ToDictionary(domain => domain.Key, domain => domain.Last().Version);
    }

    /// <summary>Inlines all functions of a model.</summary>
    /// <returns>The calls that were left, and why.</returns>
    /// <exception cref="InvalidDataException">A function calls itself, or there is no end to the calls.</exception>
    public static IReadOnlyList<(NodeProto Call, Text Reason)> Apply(ModelProto model)
    {
        FunctionInlining inlining = new(model);
        if (inlining._functions.Count > 0)
        {
            inlining.AddNames(model.Graph);
            inlining.Inline(model.Graph, 0);
        }
        return inlining._left;
    }

    private void AddNames(GraphProto graph)
    {
        _names.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Name));
        _names.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
        _names.UnionWith(graph.Node.SelectMany(node => node.Output));
        _nodeNames.UnionWith(graph.Node.Select(node => node.Name));
        foreach ((_, GraphProto body) in graph.Node.SelectMany(node => node.Bodies()))
            AddNames(body);
    }

    private void Inline(GraphProto graph, int depth)
    {
        List<NodeProto> nodes = [];
        foreach (NodeProto node in graph.Node)
            Add(node, nodes, depth);
        graph.Node.Clear();
        graph.Node.Add(nodes);
    }

    private void Add(NodeProto node, List<NodeProto> nodes, int depth)
    {
        if (++_nodes > MostNodes)
            throw new InvalidDataException($"The model's functions call each other for more than {MostNodes:N0} nodes.");
        foreach ((_, GraphProto body) in node.Bodies())
            Inline(body, depth);
        if (!_functions.TryGetValue((node.Domain, node.OpType), out FunctionProto? function))
        {
            nodes.Add(node);
            return;
        }
        if (depth >= DeepestCalls)
            throw new InvalidDataException($"The model's function '{function.Name}' calls itself.");
        if (function.OpsetImport.FirstOrDefault(
            operators => _versions.TryGetValue(operators.Domain, out long version) && version != operators.Version) is { } other)
        {
            _left.Add((node, new(
                $"it is a function of the model in version {other.Version} of the operators",
                $"它是模型自带的函数，使用算子的第 {other.Version} 版")));
            nodes.Add(node);
            return;
        }
        foreach (NodeProto inner in Body(function, node))
            Add(inner, nodes, depth + 1);
    }

    private IEnumerable<NodeProto> Body(FunctionProto function, NodeProto call)
    {
        string prefix = call.DisplayName() + "/";
        Dictionary<string, string> names = new() { [""] = "" };
        for (int i = 0; i < function.Input.Count; i++)
            names[function.Input[i]] = call.InputAt(i) ?? "";
        for (int i = 0; i < function.Output.Count; i++)
            names[function.Output[i]] = i < call.Output.Count && call.Output[i].Length > 0 ? call.Output[i]
                : Unused(prefix + function.Output[i]);
        Dictionary<string, AttributeProto> given = function.AttributeProto.ToDictionary(attribute => attribute.Name);
        foreach (AttributeProto attribute in call.Attribute)
            given[attribute.Name] = attribute;
        foreach (OperatorSetIdProto operators in function.OpsetImport)
            _versions.TryAdd(operators.Domain, operators.Version);
        foreach (NodeProto node in function.Node)
        {
            NodeProto copy = node.Clone();
            Rename(copy, names, prefix, given);
            yield return copy;
        }
    }

    private void Rename(
        NodeProto node, Dictionary<string, string> names, string prefix, Dictionary<string, AttributeProto> given)
    {
        node.Name = Unused(prefix + node.DisplayName(), _nodeNames);
        for (int i = 0; i < node.Input.Count; i++)
            node.Input[i] = New(node.Input[i]);
        for (int i = 0; i < node.Output.Count; i++)
            node.Output[i] = New(node.Output[i]);
        for (int i = node.Attribute.Count - 1; i >= 0; i--)
        {
            AttributeProto attribute = node.Attribute[i];
            if (attribute.RefAttrName.Length > 0)
            {
                node.Attribute.RemoveAt(i);
                if (given.TryGetValue(attribute.RefAttrName, out AttributeProto? value))
                {
                    AttributeProto copy = value.Clone();
                    copy.Name = attribute.Name;
                    node.Attribute.Insert(i, copy);
                }
            }
        }
        foreach ((_, GraphProto body) in node.Bodies())
        {
            foreach (TensorProto constant in body.Initializer)
                constant.Name = New(constant.Name);
            foreach (ValueInfoProto value in body.Input.Concat(body.Output).Concat(body.ValueInfo))
                value.Name = New(value.Name);
            foreach (NodeProto inner in body.Node)
                Rename(inner, names, prefix, given);
        }

        string New(string name)
        {
            if (!names.TryGetValue(name, out string? known))
                names[name] = known = Unused(prefix + name);
            return known;
        }
    }

    // Calls may have the same name, and a tensor any.
    private string Unused(string name) => Unused(name, _names);

    private static string Unused(string name, HashSet<string> used)
    {
        while (!used.Add(name))
            name += "'";
        return name;
    }

    /// <summary>The versions of the operators that the inlined model needs.</summary>
    /// <param name="model">The model, inlined.</param>
    public static void AddVersions(ModelProto model)
    {
        foreach (OperatorSetIdProto operators in model.Functions.SelectMany(function => function.OpsetImport))
        {
            if (model.OpsetImport.All(known => known.Domain != operators.Domain))
                model.OpsetImport.Add(operators.Clone());
        }
    }
}
