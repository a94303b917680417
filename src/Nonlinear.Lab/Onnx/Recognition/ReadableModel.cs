using Nonlinear.Lab.Onnx.Export;
using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>
/// A model made ready to be looked into: its functions put where they are called, fused operators and those of libnonlinear taken apart,
/// and its activations found.
/// </summary>
internal sealed class ReadableModel
{
    // Operators that have an activation inside, and cannot be taken apart here.
    private static readonly Dictionary<string, string> Hiding = new()
    {
        ["Attention"] = "a softmax",
        ["MultiHeadAttention"] = "a softmax",
        ["GroupQueryAttention"] = "a softmax",
        ["DecoderMaskedMultiHeadAttention"] = "a softmax",
        ["PackedMultiHeadAttention"] = "a softmax",
        ["PackedAttention"] = "a softmax",
        ["QAttention"] = "a softmax",
        ["SparseAttention"] = "a softmax",
        ["LongformerAttention"] = "a softmax",
        ["PagedAttention"] = "a softmax",
        ["MoE"] = "the activations of its experts",
        ["QMoE"] = "the activations of its experts",
        ["SwiGLU"] = "the sigmoid of its gate",
        ["BiasSplitGelu"] = "a GELU that gates",
        ["FusedConv"] = "an activation that is not known",
        ["FusedGemm"] = "an activation that is not known",
        ["NhwcFusedConv"] = "an activation",
        ["QLinearSigmoid"] = "a sigmoid",
        ["QLinearLeakyRelu"] = "a leaky ReLU",
        ["QGelu"] = "a GELU",
        ["GroupNorm"] = "a swish, if it is asked for",
        ["SkipGroupNorm"] = "a swish, if it is asked for",
        ["SoftmaxCrossEntropyLoss"] = "a softmax",
    };

    private Dictionary<(OnnxScope, string), FoundActivation>? _makers;

    private ReadableModel(OnnxFile file)
    {
        File = file;
        IReadOnlyList<(NodeProto Call, string Reason)> calls = FunctionInlining.Apply(file.Model);
        FunctionInlining.AddVersions(file.Model);
        FusedOperators.TakeApart(file.Model.Graph);
        (IReadOnlyList<(NodeProto, string)> operators, LibraryOperators) = LibraryNodes.TakeApart(file.Model);
        calls = [.. calls, .. operators];
        // A function can make a circle, or a tensor twice, that is not to be seen before it stands where it is called.
        file.CheckGraph();
        Scope = OnnxScope.Of(file);
        (Activations, IReadOnlyList<(OnnxScope, NodeProto, string)> left) = ActivationFinder.Find(Scope);
        (OnnxScope Scope, NodeProto Node)[] nodes = [.. Scope.All.SelectMany(scope => scope.Graph.Node.Select(node => (scope, node)))];
        Softmaxes = [.. nodes.Where(at => at.Node.IsStandard() && at.Node.OpType is "Softmax" or "LogSoftmax")];
        Recurrent = [.. nodes.Where(at => at.Node.IsStandard() && at.Node.OpType is "LSTM" or "GRU" or "RNN")];
        Left =
        [
            .. left,
            .. nodes.Where(at => Hiding.ContainsKey(at.Node.OpType))
                .Select(at => (at.Scope, at.Node, $"{Hiding[at.Node.OpType]} is hidden in this operator")),
            .. calls.Select(call => (Scope, call.Call, call.Reason)),
        ];
    }

    /// <summary>The file.</summary>
    public OnnxFile File { get; }

    /// <summary>Its graph.</summary>
    public OnnxScope Scope { get; }

    /// <summary>The activations that work on each element by itself, in the order of the model.</summary>
    public IReadOnlyList<FoundActivation> Activations { get; }

    /// <summary>The softmaxes and log-softmaxes.</summary>
    public IReadOnlyList<(OnnxScope Scope, NodeProto Node)> Softmaxes { get; }

    /// <summary>The recurrent operators, which have gates inside.</summary>
    public IReadOnlyList<(OnnxScope Scope, NodeProto Node)> Recurrent { get; }

    /// <summary>The operators of libnonlinear that nodes stand for.</summary>
    public IReadOnlyDictionary<NodeProto, string> LibraryOperators { get; }

    /// <summary>What could not be followed, and why.</summary>
    public IReadOnlyList<(OnnxScope Scope, NodeProto Node, string Reason)> Left { get; }

    /// <summary>Reads a model and looks into it.</summary>
    /// <exception cref="InvalidDataException">It is no ONNX model, or a damaged one.</exception>
    public static ReadableModel Read(string path) => new(OnnxFile.Read(path));

    /// <summary>The role of an activation.</summary>
    public (bool IsOutput, bool IsGate) RoleOf(FoundActivation activation)
    {
        _makers ??= Activations.ToDictionary(other => (other.Scope, other.Output));
        return (
            Roles.IsOutput(activation.Scope, activation.Output),
            Roles.IsGate(activation, (scope, tensor) => _makers.GetValueOrDefault((scope, tensor))));
    }
}
