using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recognition;
using Onnx;

namespace Nonlinear.Lab.Onnx.Inspection;

/// <summary>A function that nodes of a model compute, of each element or of vectors along an axis.</summary>
/// <param name="Scope">The graph in which it is.</param>
/// <param name="Input">The tensor that goes in.</param>
/// <param name="Output">The tensor that comes out.</param>
/// <param name="Nodes">The nodes between, each after what it needs.</param>
/// <param name="Function">What they compute; null if it has no name.</param>
internal sealed record ModelFunction(
    OnnxScope Scope, string Input, string Output, IReadOnlyList<NodeProto> Nodes, Activation? Function)
{
    private const string Nameless = "has no name";

    /// <summary>Below what its values are held.</summary>
    public double Low { get; init; } = double.NegativeInfinity;

    /// <summary>Above what its values are held.</summary>
    public double High { get; init; } = double.PositiveInfinity;

    /// <summary>The slopes of a PReLU with several.</summary>
    public TensorNumbers? Slopes { get; init; }

    /// <summary>What is the same for functions that compute the same by the same operations.</summary>
    public string Signature { get; init; } = "";

    /// <summary>What the function is called, with its parameters.</summary>
    public required string What { get; init; }

    /// <summary>Where it is.</summary>
    public string Where => Scope.NameOf(Nodes[^1]);

    /// <summary>The operator of libnonlinear for which its nodes stand; null if they are the model's own.</summary>
    public string? StandsFor { get; init; }

    /// <summary>The operations that it is composed of.</summary>
    public string Operations => StandsFor ?? string.Join(" · ", Nodes.Select(node => node.OpType));

    /// <summary>Whether values are held within bounds that are not the function's own.</summary>
    public bool IsBounded => double.IsFinite(Low) || double.IsFinite(High);

    /// <summary>A function of each element.</summary>
    public static ModelFunction Of(FoundActivation found)
    {
        RecognisedFunction? known = found.Function;
        Activation? function = known?.Function;
        string what = known?.Name ?? Nameless;
        if (found.Slopes is { Values: var slopes })
        {
            bool one = slopes.Length > 0 && slopes.All(slope => slope == slopes[0]);
            function = one ? Activation.Prelu(slopes[0]) : null;
            what = one
                ? function!.ToString()
                : FormattableString.Invariant($"prelu, {slopes.Length} slopes from {slopes.Min():G4} to {slopes.Max():G4}");
        }
        return new(found.Scope, found.Input, found.Output, found.Nodes, function)
        {
            What = what,
            Low = known?.Low ?? double.NegativeInfinity,
            High = known?.High ?? double.PositiveInfinity,
            Slopes = function is null ? found.Slopes : null,
            Signature = found.Program?.Signature ?? $"PRelu {what}",
        };
    }

    /// <summary>A softmax or log-softmax.</summary>
    public static ModelFunction Of(OnnxScope scope, NodeProto node)
    {
        Activation function = node.OpType == "Softmax" ? Activation.Softmax() : Activation.LogSoftmax();
        return new(scope, node.Input[0], node.FirstOutput()!, [node], function) { What = function.Info.Name, Signature = node.OpType };
    }

    /// <summary>The axis of a softmax, as the node has it.</summary>
    public int Axis => (int)Nodes[0].Whole("axis", Scope.OperatorVersion < 13 ? 1 : -1);

    /// <summary>What PyTorch calls the function with its parameters; null if it has no name for it.</summary>
    public string? InPyTorch => IsBounded || Function is null ? null : FrameworkName.InPyTorch(Function);
}
