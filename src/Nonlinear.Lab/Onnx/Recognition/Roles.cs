using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>Finds out what an activation is for, from what the model does with its output.</summary>
internal static class Roles
{
    // What moves numbers about, picks some of them, or reads an answer off them.
    private static readonly HashSet<string> Passing =
    [
        "Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Gather", "Concat", "Split", "Expand",
        "Tile", "QuantizeLinear", "DequantizeLinear", "Resize", "Upsample", "ReduceMean", "ReduceMax", "ReduceMin", "ArgMax", "ArgMin",
        "TopK", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Not", "Neg", "Log", "Dropout", "Pad", "NonMaxSuppression", "ZipMap",
        "Round",
    ];

    // What changes the shape of a tensor and not its numbers.
    private static readonly HashSet<string> Moving =
        ["Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "QuantizeLinear", "DequantizeLinear"];

    /// <summary>Whether a tensor goes to outputs of the model and nowhere else.</summary>
    public static bool IsOutput(OnnxScope scope, string tensor)
    {
        HashSet<(OnnxScope, string)> seen = [];
        Stack<(OnnxScope Scope, string Tensor)> open = new([(scope, tensor)]);
        bool shown = false;
        while (open.TryPop(out (OnnxScope Scope, string Tensor) at))
        {
            if (!seen.Add(at))
                continue;
            foreach (NodeUse use in at.Scope.UsersOf(at.Tensor))
            {
                if (use.Node is { } node)
                {
                    // Who asks for a shape, or for which branch to take, does not take the numbers.
                    if (node.OpType is "Shape" or "Size" or "If")
                        continue;
                    bool scaled = node.OpType is "Mul" or "Div" or "Add" or "Sub"
                        && node.Input.Any(input => input.Length > 0 && use.Scope.Number(input) is not null);
                    if (!scaled && !Passing.Contains(node.OpType))
                        return false;
                    foreach (string output in node.Output.Where(output => output.Length > 0))
                        open.Push((use.Scope, output));
                }
                else if (use.Scope.Owner is { } owner)
                    foreach (string output in Outside(use.Scope, at.Tensor, owner.Node))
                        open.Push((owner.Scope, output));
                else
                    shown = true;
            }
        }
        return shown;
    }

    /// <summary>Whether a tensor multiplies another that moves, and is the gate of the two.</summary>
    /// <param name="activation">The activation that makes the tensor.</param>
    /// <param name="makerOf">The activation that makes a tensor, if one does.</param>
    public static bool IsGate(FoundActivation activation, Func<OnnxScope, string, FoundActivation?> makerOf)
    {
        foreach ((OnnxScope scope, NodeProto product, string own) in Products(activation))
        {
            string? other = product.Input.FirstOrDefault(input => input != own);
            if (other is null || scope.IsConstant(other))
                continue;
            if (IsShare(activation))
                return true;
            // Of two factors the share is the gate.
            if ((Source(scope, other, makerOf) is not { } partner || !IsShare(partner)) && Behind(scope, other, activation))
                return true;
        }
        return false;
    }

    // From 0 to 1: what opens and shuts.
    private static bool IsShare(FoundActivation activation) =>
        activation.Program is { } program && program.At(-1e4).Value is > -0.01 and < 0.5 && program.At(1e4).Value is > 0.5 and < 1.01;

    // In GLU and its kin both factors come from one tensor or from one input; a product with something else is no gate.
    private static bool Behind(OnnxScope scope, string other, FoundActivation activation) =>
        Root(scope, other) is { } mine && Root(activation.Scope, activation.Input) is { } its && mine == its;

    // The tensor before the last layer, or before the split of one.
    private static string? Root(OnnxScope scope, string tensor)
    {
        for (int step = 0; step < 8 && scope.Maker(tensor) is var (home, maker); step++)
        {
            scope = home;
            if (maker.InputAt(0) is not { } input)
                return null;
            if (maker.OpType is "MatMul" or "Gemm" or "Conv" or "Split")
                return input;
            tensor = maker.Input.FirstOrDefault(name => name.Length > 0 && !home.IsConstant(name)) ?? input;
        }
        return null;
    }

    private static FoundActivation? Source(OnnxScope scope, string tensor, Func<OnnxScope, string, FoundActivation?> makerOf)
    {
        for (int step = 0; step < 8; step++)
        {
            if (makerOf(scope, tensor) is { } found)
                return found;
            if (scope.Maker(tensor) is not var (home, maker) || !Moving.Contains(maker.OpType) || maker.InputAt(0) is not { } input)
                return null;
            (scope, tensor) = (home, input);
        }
        return null;
    }

    private static IEnumerable<(OnnxScope Scope, NodeProto Product, string Own)> Products(FoundActivation activation)
    {
        Stack<string> open = new([activation.Output]);
        HashSet<string> seen = [];
        while (open.TryPop(out string? at))
        {
            if (!seen.Add(at))
                continue;
            foreach (NodeUse use in activation.Scope.UsersOf(at))
            {
                if (use.Node is { OpType: "Mul" } product)
                    yield return (use.Scope, product, at);
                else if (use.Node is { } node && use.Scope == activation.Scope && Moving.Contains(node.OpType)
                    && node.FirstOutput() is { } next)
                    open.Push(next);
            }
        }
    }

    // What an output of a body is called outside: Loop's first is its condition and stays within.
    private static IEnumerable<string> Outside(OnnxScope body, string tensor, NodeProto owner)
    {
        int skipped = owner.OpType == "Loop" ? 1 : 0;
        for (int i = skipped; i < body.Graph.Output.Count; i++)
        {
            if (body.Graph.Output[i].Name == tensor && i - skipped < owner.Output.Count && owner.Output[i - skipped].Length > 0)
                yield return owner.Output[i - skipped];
        }
    }
}
