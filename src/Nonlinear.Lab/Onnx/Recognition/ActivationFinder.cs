using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>
/// Finds the activations of a graph. Exporters write the same function in many ways (x·σ(x) as two nodes, exact GELU as five), so they are
/// found by structure and named by what they do. Steps that bend and follow each other are one function where it is known as one, with
/// those straight lines before and behind that make it one: the ½ of a GELU, the 3 and the 6 of a hard swish.
/// </summary>
internal sealed class ActivationFinder
{
    // Straight lines before and behind that can be part of a function.
    private const int MostLines = 4;

    // Bends that follow each other and can be one function.
    private const int MostBends = 6;

    private readonly OnnxScope _scope;
    private readonly ElementwiseSteps _steps;
    private readonly Dictionary<string, RecognisedFunction?> _known;
    private readonly List<FoundActivation> _found = [];
    private readonly HashSet<NodeProto> _seen = new(ReferenceEqualityComparer.Instance);

    private ActivationFinder(OnnxScope scope, Dictionary<string, RecognisedFunction?> known)
    {
        (_scope, _known) = (scope, known);
        _steps = new(scope);
        HashSet<ElementwiseStep> taken = new(ReferenceEqualityComparer.Instance);
        foreach (ElementwiseStep step in _steps.All.Where(step => !step.IsLine))
        {
            if (taken.Contains(step))
                continue;
            List<ElementwiseStep> chain = Chain(step, taken);
            taken.UnionWith(chain);
            Resolve(chain);
        }
    }

    /// <summary>The activations of a model's graph and of all bodies within, in their order; and the nodes that look like some but are
    /// none that can be followed.</summary>
    public static (IReadOnlyList<FoundActivation> Activations, IReadOnlyList<(OnnxScope Scope, NodeProto Node, Text Reason)> Left) Find(
        OnnxScope model)
    {
        List<FoundActivation> activations = [];
        List<(OnnxScope, NodeProto, Text)> left = [];
        Dictionary<string, RecognisedFunction?> known = [];
        foreach (OnnxScope scope in model.All)
        {
            ActivationFinder finder = new(scope, known);
            activations.AddRange(finder._found);
            left.AddRange(scope.Graph.Node
                .Where(node => ElementwiseOperator.IsAlwaysActivation(node) && !finder._seen.Contains(node) && !finder.IsConstant(node))
                .Select(node => (scope, node, finder.Reason(node))));
        }
        return (activations, left);
    }

    private static bool Tells(ElementwiseStep step) => step.Nodes.Any(ElementwiseOperator.IsTelling);

    // Exponentials, logarithms and quotients make functions that bend gently; a square or a magnitude alone is as often something else.
    private static bool IsFromHelpers(RecognisedFunction function, ElementwiseStep first, ElementwiseStep last) =>
        (first != last || first.Nodes.Count > 1)
        && function.Function.Info.Name is "sigmoid" or "tanh" or "swish" or "softplus" or "softsign" or "log_sigmoid" or "mish" or "elu"
            or "quick_gelu" or "gelu_tanh";

    private static bool IsPrelu(ElementwiseStep step) => step.Nodes is [{ OpType: "PRelu" }];

    // The steps that bend and follow from a first one, with nothing but lines between.
    private List<ElementwiseStep> Chain(ElementwiseStep first, HashSet<ElementwiseStep> taken)
    {
        List<ElementwiseStep> chain = [first];
        for (ElementwiseStep? next = _steps.Next(first.To); next is not null && !IsPrelu(first); next = _steps.Next(next.To))
        {
            if (next.IsLine)
                continue;
            if (IsPrelu(next) || taken.Contains(next))
                break;
            chain.Add(next);
        }
        return chain;
    }

    private void Resolve(List<ElementwiseStep> chain)
    {
        for (int start = 0; start < chain.Count;)
            start += ResolveFrom(chain, start);
    }

    // Finds the longest known function that begins with a step; how many steps it has.
    private int ResolveFrom(List<ElementwiseStep> chain, int start)
    {
        if (IsPrelu(chain[start]))
        {
            ElementwiseStep prelu = chain[start];
            Add(new(_scope, prelu.From, prelu.To, prelu.Nodes) { Slopes = _scope.Constant(prelu.Nodes[0].Input[1]) });
            return 1;
        }
        if (IsGuard(chain[start]))
        {
            _seen.UnionWith(chain[start].Nodes);
            return 1;
        }
        for (int count = Math.Min(MostBends, chain.Count - start); count >= 1; count--)
        {
            ElementwiseStep first = chain[start], last = chain[start + count - 1];
            bool tells = chain.Skip(start).Take(count).Any(Tells);
            foreach ((string from, string to) in Extents(first, last))
            {
                if (Function(from, to) is not ({ } program, { } function) || !(tells || IsFromHelpers(function, first, last)))
                    continue;
                FoundActivation activation = new(_scope, from, to, Nodes(from, to)) { Program = program, Function = function };
                // A bound that follows at once belongs to it.
                if (start + count < chain.Count && chain[start + count] is var bound && bound.From == to && !IsGuard(bound)
                    && Recogniser.Bounds(Program(bound.From, bound.To)) is { } bounds)
                {
                    Add(activation with
                    {
                        Output = bound.To,
                        Nodes = Nodes(from, bound.To),
                        Program = Program(from, bound.To),
                        Function = function with { Low = bounds.Low, High = bounds.High },
                    });
                    return count + 1;
                }
                Add(activation);
                return count;
            }
        }
        ElementwiseStep alone = chain[start];
        ElementwiseProgram own = Program(alone.From, alone.To);
        if (Tells(alone) && !Recogniser.IsStraight(own))
            Add(new(_scope, alone.From, alone.To, alone.Nodes) { Program = own });
        _seen.UnionWith(alone.Nodes);
        return 1;
    }

    private void Add(FoundActivation activation)
    {
        _found.Add(activation);
        _seen.UnionWith(activation.Nodes);
    }

    // Where a function can begin and end, with more lines before fewer: the whole is known by fewer names than its parts.
    private IEnumerable<(string From, string To)> Extents(ElementwiseStep first, ElementwiseStep last)
    {
        List<string> starts = [first.From], ends = [last.To];
        ElementwiseStep at = first;
        for (int line = 0; line < MostLines && _steps.Previous(at.From, at.Nodes) is { IsLine: true } previous; line++)
        {
            at = previous;
            if (Calculates(at))
                starts.Add(at.From);
        }
        at = last;
        for (int line = 0; line < MostLines && _steps.Next(at.To) is { IsLine: true } next; line++)
        {
            at = next;
            if (Calculates(at))
                ends.Add(at.To);
        }
        return from end in Enumerable.Reverse(ends) from start in Enumerable.Reverse(starts) select (start, end);
    }

    // What only changes a type stands beside a function, and is no part of it.
    private static bool Calculates(ElementwiseStep line) => line.Nodes[0].OpType is "Add" or "Sub" or "Mul" or "Div" or "Neg";

    private (ElementwiseProgram Program, RecognisedFunction? Function) Function(string from, string to)
    {
        ElementwiseProgram program = Program(from, to);
        if (!_known.TryGetValue(program.Signature, out RecognisedFunction? function))
            _known[program.Signature] = function = Recogniser.IsStraight(program) ? null : Recogniser.Recognise(program, program.HasHalves);
        return (program, function);
    }

    private ElementwiseProgram Program(string from, string to) => ElementwiseProgram.Of(_scope, Nodes(from, to), from, to);

    private IReadOnlyList<NodeProto> Nodes(string from, string to)
    {
        List<IReadOnlyList<NodeProto>> nodes = [];
        for (string at = to; at != from;)
        {
            ElementwiseStep step = _steps.Of(at);
            nodes.Add(step.Nodes);
            at = step.From;
        }
        return [.. Enumerable.Reverse(nodes).SelectMany(part => part)];
    }

    // A bound that keeps a division, a root or a logarithm from what they cannot take is no activation.
    private bool IsGuard(ElementwiseStep step) =>
        step.Nodes is [{ OpType: "Clip" or "Max" or "Min" or "Relu" }] && Users(step.To) is { Count: > 0 } users
        && users.All(use => use.Node is { } node && (node.OpType is "Log" or "Sqrt" or "Reciprocal"
            || (node.OpType is "Div" && node.InputAt(1) is { } divisor && use.Tensor == divisor)
            || (node.OpType is "Pow" && node.InputAt(1) is { } power && _scope.Number(power) is < 1)));

    private List<(NodeProto? Node, string Tensor)> Users(string tensor)
    {
        List<(NodeProto?, string)> users = [];
        Stack<string> open = new([tensor]);
        HashSet<string> seen = [tensor];
        while (open.TryPop(out string? at))
        {
            foreach (NodeUse use in _scope.UsersOf(at))
            {
                if (use is { Scope: var scope, Node: { OpType: "Identity" or "Cast" or "Expand" or "Reshape" or "Unsqueeze" or "Squeeze"
                    or "Transpose" or "Slice" or "Gather" } shape } && scope == _scope && shape.FirstOutput() is { } next)
                {
                    if (seen.Add(next))
                        open.Push(next);
                }
                else
                    users.Add((use.Node, at));
            }
        }
        return users;
    }

    private bool IsConstant(NodeProto node) => node.Input.Where(input => input.Length > 0).All(_scope.IsConstant);

    private Text Reason(NodeProto node) => node.OpType switch
    {
        "PRelu" when node.InputAt(1) is { } slopes && !_scope.IsConstant(slopes) => 
            new("its slopes are computed by the model", "其斜率由模型计算得出"),
        "Clip" when node.Input.Skip(1).Any(input => input.Length > 0 && !_scope.IsConstant(input)) =>
            new("its bounds are computed by the model", "其界限由模型计算得出"),
        "Max" or "Min" when node.Input.Count(input => !_scope.IsConstant(input)) > 1 =>
            new("it compares two tensors, and bends neither by itself", "它比较两个张量，自身并不使任何一个弯曲"),
        _ when node.Input.Any(input => input.Length > 0 && _scope.Constant(input) is { Values.Length: > 1 }) =>
            new("it has a constant of several numbers, and so a function for each of them", "它有一个含多个数的常量，因此对每个数各是一个函数"),
        _ => new("what it computes is not a function of one earlier tensor's elements", "它所计算的不是某一个先前张量的逐元素函数"),
    };
}
