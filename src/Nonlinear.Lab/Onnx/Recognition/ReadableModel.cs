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
    private static readonly Dictionary<string, Text> Hiding = new()
    {
        ["Attention"] = new("a softmax", "softmax"),
        ["MultiHeadAttention"] = new("a softmax", "softmax"),
        ["GroupQueryAttention"] = new("a softmax", "softmax"),
        ["DecoderMaskedMultiHeadAttention"] = new("a softmax", "softmax"),
        ["PackedMultiHeadAttention"] = new("a softmax", "softmax"),
        ["PackedAttention"] = new("a softmax", "softmax"),
        ["QAttention"] = new("a softmax", "softmax"),
        ["SparseAttention"] = new("a softmax", "softmax"),
        ["LongformerAttention"] = new("a softmax", "softmax"),
        ["PagedAttention"] = new("a softmax", "softmax"),
        ["MoE"] = new("the activations of its experts", "各专家的激活函数"),
        ["QMoE"] = new("the activations of its experts", "各专家的激活函数"),
        ["SwiGLU"] = new("the sigmoid of its gate", "门的 sigmoid"),
        ["BiasSplitGelu"] = new("a GELU that gates", "起门作用的 GELU"),
        ["FusedConv"] = new("an activation that is not known", "未知的激活函数"),
        ["FusedGemm"] = new("an activation that is not known", "未知的激活函数"),
        ["NhwcFusedConv"] = new("an activation", "激活函数"),
        ["QLinearSigmoid"] = new("a sigmoid", "sigmoid"),
        ["QLinearLeakyRelu"] = new("a leaky ReLU", "leaky ReLU"),
        ["QGelu"] = new("a GELU", "GELU"),
        ["GroupNorm"] = new("a swish, if it is asked for", "swish（如被要求）"),
        ["SkipGroupNorm"] = new("a swish, if it is asked for", "swish（如被要求）"),
        ["SoftmaxCrossEntropyLoss"] = new("a softmax", "softmax"),
    };

    private Dictionary<(OnnxScope, string), FoundActivation>? _makers;

    private ReadableModel(OnnxFile file)
    {
        File = file;
        IReadOnlyList<(NodeProto Call, Text Reason)> calls = FunctionInlining.Apply(file.Model);
        FunctionInlining.AddVersions(file.Model);
        FusedOperators.TakeApart(file.Model.Graph);
        (IReadOnlyList<(NodeProto, Text)> operators, LibraryOperators) = LibraryNodes.TakeApart(file.Model);
        calls = [.. calls, .. operators];
        // A function can make a circle, or a tensor twice, that is not to be seen before it stands where it is called.
        file.CheckGraph();
        Scope = OnnxScope.Of(file);
        (Activations, IReadOnlyList<(OnnxScope, NodeProto, Text)> left) = ActivationFinder.Find(Scope);
        (OnnxScope Scope, NodeProto Node)[] nodes = [.. Scope.All.SelectMany(scope => scope.Graph.Node.Select(node => (scope, node)))];
        Softmaxes = [.. nodes.Where(at => at.Node.IsStandard() && at.Node.OpType is "Softmax" or "LogSoftmax")];
        Recurrent = [.. nodes.Where(at => at.Node.IsStandard() && at.Node.OpType is "LSTM" or "GRU" or "RNN")];
        Left =
        [
            .. left,
            .. nodes.Where(at => Hiding.ContainsKey(at.Node.OpType))
                .Select(at => (at.Scope, at.Node, Hidden: Hiding[at.Node.OpType]))
                .Select(at => (at.Scope, at.Node, new Text(
                    $"{at.Hidden.English} is hidden in this operator", $"此算子内部隐藏着{at.Hidden.Chinese}"))),
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
    public IReadOnlyList<(OnnxScope Scope, NodeProto Node, Text Reason)> Left { get; }

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
