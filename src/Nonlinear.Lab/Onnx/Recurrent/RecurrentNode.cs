using Onnx;

namespace Nonlinear.Lab.Onnx.Recurrent;

/// <summary>What an LSTM, GRU or RNN node says in its attributes (opsets 7 to 22).</summary>
internal sealed class RecurrentNode
{
    private RecurrentNode(NodeProto node)
    {
        Operator = node.OpType is "LSTM" or "GRU" or "RNN" && node.Domain is "" or "ai.onnx"
            ? node.OpType
            : throw new UnfollowedException(new Text(
                $"{node.OpType} is not one of ONNX's recurrent operators LSTM, GRU and RNN",
                $"{node.OpType} 不是 ONNX 的循环算子 LSTM、GRU 或 RNN"));
        if (node.Attribute.FirstOrDefault(attribute => attribute.RefAttrName.Length > 0) is { } open)
            throw new UnfollowedException(new Text(
                $"its attribute {open.Name} is that of a function around it", $"其属性 {open.Name} 属于包含它的函数"));
        AttributeProto? Find(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
        HiddenSize = Find("hidden_size")?.I is { } size and > 0 and <= int.MaxValue
            ? (int)size
            : throw new UnfollowedException(new Text("it does not say its hidden_size", "它没有给出 hidden_size"));
        string direction = Find("direction")?.S.ToStringUtf8() ?? "forward";
        Reverse = direction.ToUpperInvariant() switch
        {
            "FORWARD" => [false],
            "REVERSE" => [true],
            "BIDIRECTIONAL" => [false, true],
            _ => throw new UnfollowedException(new Text(
                $"its direction '{direction}' is none of forward, reverse, bidirectional",
                $"其方向“{direction}”不是 forward、reverse 或 bidirectional")),
        };
        BatchFirst = Find("layout")?.I == 1;
        // A negative threshold is none for ONNX Runtime.
        Clip = Find("clip")?.F is { } clip and >= 0 ? clip : null;
        CoupledForgetGate = Operator == "LSTM" && Find("input_forget") is { I: not 0 };
        LinearBeforeReset = Operator == "GRU" && Find("linear_before_reset") is { I: not 0 };
        Functions = FunctionsOf([.. (Find("activations")?.Strings ?? []).Select(name => name.ToStringUtf8())], Find);
    }

    /// <summary>LSTM, GRU or RNN.</summary>
    public string Operator { get; }

    /// <summary>The number of units.</summary>
    public int HiddenSize { get; }

    /// <summary>For each direction, whether it begins at the end.</summary>
    public IReadOnlyList<bool> Reverse { get; }

    /// <summary>Whether the batch comes before the time steps in its tensors.</summary>
    public bool BatchFirst { get; }

    /// <summary>Bounds what goes into gates and candidates; null for no bounds.</summary>
    public float? Clip { get; }

    /// <summary>Whether an LSTM forgets what its input gate does not let in.</summary>
    public bool CoupledForgetGate { get; }

    /// <summary>Whether a GRU resets what the state contributes, rather than the state.</summary>
    public bool LinearBeforeReset { get; }

    /// <summary>For each direction, its functions in ONNX's order: f, g, h of an LSTM, f, g of a GRU, f of an RNN.</summary>
    public IReadOnlyList<IReadOnlyList<ElementwiseActivation>> Functions { get; }

    /// <summary>Reads the attributes of a node.</summary>
    /// <exception cref="UnfollowedException">It cannot be followed; the message says why.</exception>
    public static RecurrentNode Of(NodeProto node) => new(node);

    private List<IReadOnlyList<ElementwiseActivation>> FunctionsOf(string[] names, Func<string, AttributeProto?> find)
    {
        string[] defaults = Operator switch
        {
            "LSTM" => ["Sigmoid", "Tanh", "Tanh"],
            "GRU" => ["Sigmoid", "Tanh"],
            _ => ["Tanh"],
        };
        int needed = defaults.Length * Reverse.Count;
        if (names.Length == 0)
            names = [.. Reverse.SelectMany(_ => defaults)];
        // ONNX's own default for an RNN are two, of which one direction needs the first.
        else if (Operator == "RNN" && names.Length == 2)
            names = names[..needed];
        if (names.Length != needed)
            throw new UnfollowedException(new Text(
                $"it names {names.Length} activation functions where it needs {needed}",
                $"它列出了 {names.Length} 个激活函数，而需要 {needed} 个"));
        FunctionNames functions = new(find("activation_alpha")?.Floats ?? [], find("activation_beta")?.Floats ?? []);
        return [.. names.Select(functions.Next).Chunk(defaults.Length)];
    }
}
