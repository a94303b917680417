using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>
/// The elementwise part of a graph as a forest: from each tensor that follows, element by element and with constant numbers only, from one
/// earlier tensor, to the nearest such.
/// </summary>
internal sealed class ElementwiseSteps
{
    // No activation has more nodes, or goes back further; a graph that is made to may have a million.
    private const int MostNodes = 64;

    private readonly OnnxScope _scope;
    private readonly Dictionary<string, (string From, int Depth)> _before = [];
    private readonly Dictionary<string, ElementwiseStep> _steps = [];
    private readonly Dictionary<string, List<ElementwiseStep>> _after = [];

    /// <summary>Looks at a graph; the bodies of its nodes are others.</summary>
    public ElementwiseSteps(OnnxScope scope)
    {
        _scope = scope;
        HashSet<string> inside = [];
        List<ElementwiseStep> steps = [];
        foreach (NodeProto node in scope.Graph.Node)
        {
            if (From(node) is not { } from)
                continue;
            string to = node.FirstOutput()!;
            string[] moving = [.. Moving(node)];
            if ((moving.Length > 1 ? Between(from, node) : [node]) is not { } nodes || (moving.Length > 1 && nodes.Any(HasSeveralSlopes)))
                continue;
            _before[to] = (from, Depth(from) + 1);
            steps.Add(new(from, to, nodes, moving.Length == 1 && ElementwiseOperator.IsStraight(node)));
            if (moving.Length > 1)
                inside.UnionWith(nodes.Where(between => between != node && IsUsedOnlyBy(between.FirstOutput()!, nodes))
                    .Select(between => between.FirstOutput()!));
        }
        foreach (ElementwiseStep step in steps.Where(step => !inside.Contains(step.To)))
        {
            _steps[step.To] = step;
            if (!_after.TryGetValue(step.From, out List<ElementwiseStep>? after))
                _after[step.From] = after = [];
            after.Add(step);
        }
        All = [.. _steps.Values];
    }

    /// <summary>The steps, in the order of the graph; those within another are not among them.</summary>
    public IReadOnlyList<ElementwiseStep> All { get; }

    /// <summary>The step that makes a tensor.</summary>
    public ElementwiseStep Of(string tensor) => _steps[tensor];

    /// <summary>The step that goes on from a tensor, if nothing else uses it.</summary>
    public ElementwiseStep? Next(string tensor) =>
        _after.TryGetValue(tensor, out List<ElementwiseStep>? after) && after is [var next] && IsUsedOnlyBy(tensor, next.Nodes)
            ? next
            : null;

    /// <summary>The step that makes a tensor, if only the nodes of another use it.</summary>
    public ElementwiseStep? Previous(string tensor, IReadOnlyList<NodeProto> users) =>
        _steps.TryGetValue(tensor, out ElementwiseStep? previous) && IsUsedOnlyBy(tensor, users) ? previous : null;

    private bool IsUsedOnlyBy(string tensor, IReadOnlyList<NodeProto> nodes) =>
        _scope.UsersOf(tensor).All(use => use.Scope == _scope && use.Node is { } node && nodes.Contains(node));

    private int Depth(string tensor) => _before.TryGetValue(tensor, out (string, int Depth) before) ? before.Depth : 0;

    // The one tensor from which a node's output follows element by element; null if there is none.
    private string? From(NodeProto node)
    {
        if (!ElementwiseOperator.Is(node) || node.Output.Count(output => output.Length > 0) != 1 || node.FirstOutput() is null
            || !ConstantsAreNumbers(node))
            return null;
        string? common = null;
        foreach (string input in Moving(node))
        {
            common = common is null ? input : Common(common, input);
            if (common is null)
                return null;
        }
        return common;
    }

    private IEnumerable<string> Moving(NodeProto node) =>
        (TakesOneInput(node) ? node.Input.Take(1) : node.Input).Where(input => input.Length > 0 && !_scope.IsConstant(input));

    private static bool TakesOneInput(NodeProto node) => node.OpType is "QuantizeLinear" or "DequantizeLinear" or "Dropout";

    // PReLU's slopes belong to it; any other constant with several numbers makes a different function of each unit.
    private bool ConstantsAreNumbers(NodeProto node) => node.OpType == "PRelu"
        ? node.InputAt(1) is { } slopes && _scope.Constant(slopes) is not null
        : TakesOneInput(node)
            || node.Input.Where(input => input.Length > 0 && _scope.IsConstant(input)).All(input => _scope.Number(input) is not null);

    private bool HasSeveralSlopes(NodeProto node) => node.OpType == "PRelu" && _scope.Number(node.Input[1]) is null;

    private string? Common(string one, string other)
    {
        for (int step = 0; one != other; step++)
        {
            if (step > MostNodes)
                return null;
            if (Depth(one) < Depth(other))
                (one, other) = (other, one);
            if (!_before.TryGetValue(one, out (string From, int) before))
                return null;
            one = before.From;
        }
        return one;
    }

    // Each after what it needs; null if there are too many for an activation.
    private List<NodeProto>? Between(string from, NodeProto last)
    {
        HashSet<NodeProto> nodes = new(ReferenceEqualityComparer.Instance);
        List<NodeProto> ordered = [];
        Stack<(string Tensor, bool Done)> open = new([(last.FirstOutput()!, false)]);
        while (open.TryPop(out (string Tensor, bool Done) at))
        {
            if (at.Tensor == from || _scope.Maker(at.Tensor) is not { } maker)
                continue;
            if (nodes.Count > MostNodes)
                return null;
            if (at.Done)
            {
                ordered.Add(maker.Node);
                continue;
            }
            if (!nodes.Add(maker.Node))
                continue;
            open.Push((at.Tensor, true));
            foreach (string input in Moving(maker.Node))
                open.Push((input, false));
        }
        return ordered;
    }
}

/// <summary>A step from one tensor to another that follows from it, element by element.</summary>
/// <param name="From">The earlier tensor.</param>
/// <param name="To">The later tensor.</param>
/// <param name="Nodes">The nodes between, each after what it needs.</param>
/// <param name="IsLine">Whether it is a straight line.</param>
internal sealed record ElementwiseStep(string From, string To, IReadOnlyList<NodeProto> Nodes, bool IsLine);
