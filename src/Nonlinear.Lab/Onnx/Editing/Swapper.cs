using System.Globalization;
using Google.Protobuf;
using Nonlinear.Lab.Onnx.Export;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Inspection;
using Onnx;

namespace Nonlinear.Lab.Onnx.Editing;

/// <summary>What was put in the place of what.</summary>
/// <param name="Old">The function that was there.</param>
/// <param name="Removed">Those of its nodes that nothing else needed, and that are gone.</param>
/// <param name="New">The function that is there now.</param>
/// <param name="Added">Its nodes.</param>
internal sealed record Swapped(ModelFunction Old, IReadOnlyList<NodeProto> Removed, Activation New, IReadOnlyList<NodeProto> Added);

/// <summary>Swaps functions in the file of a model. Every byte that is no part of the swapped nodes stays as it is.</summary>
internal sealed class Swapper
{
    private const string Microsoft = NodeParts.Microsoft;

    private readonly EditableModel _model;
    private readonly SwapForm _form;
    private readonly bool _raise;
    private readonly WireEdits _edits;
    private readonly List<Swapped> _swapped = [];

    private Swapper(EditableModel model, SwapForm form, bool raise) =>
        (_model, _form, _raise, _edits) = (model, form, raise, new(model.Bytes));

    private int Opset => (int)_model.Functions.All[0].Scope.OperatorVersion;

    /// <summary>Swaps all functions of a kind.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">Which functions go.</param>
    /// <param name="to">What comes; without parameters, those of the function that goes stay if it is of the same kind.</param>
    /// <param name="form">As what.</param>
    /// <param name="raise">Whether the model may name a later version of ONNX's operators.</param>
    /// <returns>The new file, and what was swapped.</returns>
    /// <exception cref="InvalidDataException">There is nothing to swap, or it cannot be done; the message says why.</exception>
    public static (byte[] File, IReadOnlyList<Swapped> Swapped, int? RaisedTo) Swap(
        EditableModel model, FunctionName from, FunctionName to, SwapForm form, bool raise)
    {
        ModelFunction[] matching = [.. model.Functions.All.Where(from.Matches)];
        if (matching.Length == 0)
        {
            string kinds = string.Join("; ", model.Functions.All.Select(function => function.What).Distinct());
            string hidden = model.Hidden.Where(from.Matches).Select(function => function.Where).FirstOrDefault() is { } inside
                ? $"{from.Text} at '{inside}' is inside a function of the model's own or a fused operator, which is not taken apart"
                : $"The model has no {from.Text}; it has {(kinds.Length > 0 ? kinds : "no activations that stand by themselves")}";
            throw new InvalidDataException($"{hidden}.");
        }
        Activation comes = to.Known();
        if (comes is PooledActivation or WidenedActivation or GatedActivation
            || comes is AxisActivation != matching[0].Function is AxisActivation)
            throw new InvalidDataException($"{comes} cannot stand for {from.Text}: one works on elements, the other on vectors.");
        Swapper swapper = new(model, form, raise);
        return swapper.Swap(matching, to);
    }

    /// <summary>Swaps all functions of a kind, or all that there are, for the operators of this library.</summary>
    /// <param name="model">The model.</param>
    /// <param name="from">Which functions; null for all.</param>
    /// <param name="tier">How they are to be computed.</param>
    /// <returns>The new file, what was swapped, and what stays though it was meant, with the reason.</returns>
    /// <exception cref="InvalidDataException">There is nothing to swap.</exception>
    public static (byte[] File, IReadOnlyList<Swapped> Swapped, IReadOnlyList<string> Stays) ToOperators(
        EditableModel model, FunctionName? from, Tier tier)
    {
        List<string> stays = [];
        List<(ModelFunction Old, Activation New)> pairs = [];
        foreach (ModelFunction function in model.Functions.All.Where(function => from?.Matches(function) != false))
        {
            if (LibraryOperator.Obstacle(function) is { } obstacle)
                stays.Add($"{function.Where} ({function.What}) stays: {obstacle}.");
            else
                pairs.Add((function, function.Function!.In(tier)));
        }
        if (pairs.Count == 0)
            throw new InvalidDataException(
                $"The model has no {from?.Text ?? "activation"} that could be swapped.{string.Concat(stays.Select(line => " " + line))}");
        Swapper swapper = new(model, SwapForm.Library, raise: false);
        (byte[] file, IReadOnlyList<Swapped> swapped, _) = swapper.Swap([.. pairs]);
        return (file, swapped, stays);
    }

    private (byte[], IReadOnlyList<Swapped>, int?) Swap(ModelFunction[] matching, FunctionName to)
    {
        (ModelFunction Old, Activation New)[] pairs =
            [.. matching.Select(old => (old, Coming(old, to)))];
        pairs = [.. pairs.Where(pair => !IsDone(pair.Old, pair.New))];
        if (pairs.Length == 0)
            throw new InvalidDataException($"Every {to.Text} of the model is that operator already; there is nothing to swap.");
        return Swap(pairs);
    }

    private (byte[], IReadOnlyList<Swapped>, int?) Swap((ModelFunction Old, Activation New)[] pairs)
    {
        HashSet<NodeProto> removed = new(ReferenceEqualityComparer.Instance);
        foreach (ModelFunction old in pairs.Select(pair => pair.Old))
            removed.UnionWith(Removable(old));
        int opset = Version(pairs, removed);
        foreach ((ModelFunction old, Activation function) in pairs)
            SwapOne(old, function, opset);
        string domain = _form switch
        {
            SwapForm.Runtime => Microsoft,
            SwapForm.Library => LibraryOperator.Domain,
            _ => "",
        };
        if (domain.Length > 0 && _model.Model.OpsetImport.All(operators => operators.Domain != domain))
            _edits.InsertAfter(
                _model.Wire.Versions[^1],
                [],
                WireField.Field(
                    ModelProto.OpsetImportFieldNumber, new OperatorSetIdProto { Domain = domain, Version = 1 }.ToByteArray()));
        return (_edits.Apply(), _swapped, opset > Opset ? opset : null);
    }

    private static Activation Coming(ModelFunction old, FunctionName to)
    {
        if (to.HasParameters || (old.Slopes is null && old.Function!.Info.Name != to.Name))
            return to.Known();
        if (old.Slopes is null)
            return old.Function!;
        return to.Name == Prelu.Info.Name
            ? throw new InvalidDataException($"{old.Where} has a slope for each channel; it is one operator already.")
            : to.Known();
    }

    // The version of the operators that the new nodes are written for.
    private int Version((ModelFunction Old, Activation New)[] pairs, HashSet<NodeProto> removed)
    {
        if (_form != SwapForm.Operator)
            return Opset;
        int needed = 0;
        foreach (Activation function in pairs.Select(pair => pair.New))
        {
            string operation = StandardOperator.NameOf(function)
                ?? throw new InvalidDataException($"ONNX has no operator for {function}; --as composed writes basic operations.");
            needed = Math.Max(needed, StandardOperator.SinceVersion(operation));
        }
        if (needed <= Opset)
            return Opset;
        string name = StandardOperator.NameOf(pairs[0].New)!;
        string? obstacle = OperatorVersions.Obstacle(_model.Model, Opset, needed, removed);
        string remedies = RuntimeOperator.NameOf(pairs[0].New) is { } own
            ? $"--as runtime writes {Microsoft}.{own}, which ONNX Runtime alone runs; --as composed writes basic operations"
            : "--as composed writes basic operations";
        string late = string.Create(
            CultureInfo.InvariantCulture, $"{name} came with opset {needed}, and the model is of opset {Opset}");
        if (obstacle is not null)
            throw new InvalidDataException($"{late}, which cannot be raised: {obstacle}. {remedies}.");
        if (!_raise)
            throw new InvalidDataException(
                $"{late}; --raise-opset raises it, which changes the meaning of none of the other nodes. {remedies}.");
        RaiseTo(needed);
        return needed;
    }

    private void RaiseTo(int version)
    {
        for (int i = 0; i < _model.Model.OpsetImport.Count; i++)
        {
            OperatorSetIdProto operators = _model.Model.OpsetImport[i].Clone();
            if (operators.Domain is not ("" or "ai.onnx"))
                continue;
            operators.Version = version;
            _edits.Replace(
                _model.Wire.Versions[i], [], WireField.Field(ModelProto.OpsetImportFieldNumber, operators.ToByteArray()));
        }
    }

    private void SwapOne(ModelFunction old, Activation function, int opset)
    {
        List<NodeProto> removed = Removable(old);
        List<NodeProto> added = New(old, function, opset);
        foreach (NodeProto node in removed)
        {
            WireNode place = _model.Wire[node];
            byte[] replacement = node == old.Nodes[^1]
                ? [.. added.SelectMany(each => WireField.Field(place.FieldNumber, each.ToByteArray()))]
                : [];
            _edits.Replace(place.Field, place.Around, replacement);
        }
        _swapped.Add(new(old, removed, function, added));
    }

    // The last node goes; another one does if only nodes that go need it.
    private static List<NodeProto> Removable(ModelFunction old)
    {
        HashSet<NodeProto> removed = new(ReferenceEqualityComparer.Instance) { old.Nodes[^1] };
        foreach (NodeProto node in old.Nodes.Reverse().Skip(1))
        {
            if (node.Output.Where(output => output.Length > 0).SelectMany(old.Scope.UsersOf)
                .All(use => use.Node is { } user && removed.Contains(user)))
                removed.Add(node);
        }
        return [.. old.Nodes.Where(removed.Contains)];
    }

    private List<NodeProto> New(ModelFunction old, Activation function, int opset)
    {
        (NumberType type, NumberType made) = SubgraphModel.TypesOf(_model.Functions.File, old);
        string prefix = $"{old.Output}/{function.Info.Name}/", output = made == type ? old.Output : prefix + "uncast";
        if (_model.Functions.All.SelectMany(other => other.Scope.Graph.Node).SelectMany(node => node.Output)
            .Any(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            throw new InvalidDataException($"The model has tensors already whose names begin with '{prefix}'.");
        int axis = function is AxisActivation ? old.Axis : -1;
        List<NodeProto> added =
        [
            .. _form switch
            {
                SwapForm.Runtime => OfRuntime(old, function, output),
                SwapForm.Library => [LibraryOperator.Of(function, axis, [old.Input], output)],
                _ => OfOnnx(old, new(function, type, opset, axis), output, prefix),
            },
        ];
        if (made != type)
        {
            NodeProto cast = OnnxModel.Node("Cast", [output], old.Output);
            cast.Attribute.Add(OnnxModel.Attribute("to", OnnxNumbers.ElementType(made)));
            added.Add(cast);
        }
        added[^1].Name = old.Nodes[^1].Name;
        return added;
    }

    private static IEnumerable<NodeProto> OfRuntime(ModelFunction old, Activation function, string output) =>
        RuntimeOperator.NameOf(function) is null
            ? throw new InvalidDataException($"ONNX Runtime has no operator of its own for {function}; leave --as out.")
            : [RuntimeOperator.Of(function, old.Input, output)];

    private IEnumerable<NodeProto> OfOnnx(ModelFunction old, ExportPlan plan, string output, string prefix)
    {
        if (plan.Function is AxisActivation && plan.Opset < ExportPlan.LeastOpset)
            throw new InvalidDataException(
                $"{plan.Function} takes several axes at once before opset {ExportPlan.LeastOpset}, and the model is of {plan.Opset}.");
        GraphProto graph = new();
        ExportForm form = _form == SwapForm.Operator ? ExportForm.Operator : ExportForm.Composed;
        return FunctionGraph.Add(graph, plan, form, old.Input, output, prefix)
            ? [.. graph.Initializer.Select(Constant), .. graph.Node]
            : throw new InvalidDataException($"{plan.Function} cannot be written for {OnnxNumbers.NameOf(plan.Type)}.");
    }

    // What was there is that operator already.
    private bool IsDone(ModelFunction old, Activation function) =>
        old.Nodes is [var node]
        && old.Function == function
        && (_form == SwapForm.Operator ? node.IsStandard() && node.OpType == StandardOperator.NameOf(function)
            : _form == SwapForm.Runtime && node.Domain == Microsoft);

    private static NodeProto Constant(TensorProto tensor) => new()
    {
        OpType = "Constant",
        Name = tensor.Name,
        Output = { tensor.Name },
        Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor } },
    };
}
