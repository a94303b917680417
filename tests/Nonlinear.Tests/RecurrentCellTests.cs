using Google.Protobuf;
using Nonlinear.Lab;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Recurrent;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Training;
using Onnx;

namespace Nonlinear.Tests;

public sealed class RecurrentCellTests
{
    private const int Steps = 7, Sequences = 5, Width = 3, Hidden = 4;

    private static readonly string[] InputNames = ["x", "W", "R", "B", "lengths", "h0", "c0", "P"], OutputNames = ["Y", "Y_h", "Y_c"];

    // How the axes lie if the batch comes first.
    private static readonly (string Name, int[] Order)[] ByBatch =
        [("x", [1, 0, 2]), ("h0", [1, 0, 2]), ("c0", [1, 0, 2]), ("Y", [2, 0, 1, 3]), ("Y_h", [1, 0, 2])];

    private static readonly int[] Lengths = [7, 3, 0, 7, 1];

    private static readonly string[] Options = ["bias", "initial", "lengths", "clip", "peepholes", "coupled", "linear"];

    /// <summary>Operators, directions, and what else they have: nothing, each thing by itself, and all at once.</summary>
    public static TheoryData<string, string, string> Cells { get; } = new(
        from kind in new[] { "LSTM", "GRU", "RNN" }
        from direction in new[] { "forward", "reverse", "bidirectional" }
        from options in new[] { "", string.Join(' ', Options.Where(option => Applies(option, kind))) }
            .Concat(Options.Where(option => Applies(option, kind)))
        select (kind, direction, options));

    /// <summary>Functions that ONNX allows in its recurrent operators, with the values that they are given.</summary>
    public static TheoryData<string, float[], float[], string> Functions { get; } = new()
    {
        { "Sigmoid", [], [], "sigmoid" },
        { "Tanh", [], [], "tanh" },
        { "Relu", [], [], "relu" },
        { "LeakyRelu", [0.3f], [], "leaky_relu(alpha=0.3)" },
        { "ThresholdedRelu", [0.4f], [], "thresholded_relu(alpha=0.4)" },
        { "ScaledTanh", [1.5f], [0.7f], "scaled_tanh(alpha=1.5, beta=0.7)" },
        { "HardSigmoid", [0.3f], [0.6f], "hard_sigmoid(alpha=0.3, beta=0.6)" },
        { "Elu", [0.8f], [], "elu(alpha=0.8)" },
        { "Softsign", [], [], "softsign" },
        { "Softplus", [], [], "softplus" },
        { "Affine", [0.4f], [0.1f], "affine(alpha=0.4, beta=0.1)" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_states_are_those_of_the_runtime_and_every_position_is_shown_once(string kind, string direction, string options)
    {
        // Whichever outputs the model uses: with all states each step is compared, otherwise only the last.
        foreach (string[] outputs in new[] { ["Y", "Y_h", "Y_c"], ["Y"], ["", "Y_h"], new[] { "", "", "Y_c" } })
        {
            if (kind != "LSTM" && outputs is ["", "", _])
                continue;
            NodeProto node = Node(kind, direction, options, kind == "LSTM" ? outputs : outputs[..Math.Min(2, outputs.Length)]);
            Shown shown = Run(node, Constants(kind, direction, seed: 1));
            int positions = options.Contains("lengths", StringComparison.Ordinal) ? Lengths.Sum() : Steps * Sequences;
            Assert.Equal(Names(kind, direction, options), shown.Names);
            Assert.All(shown.X, x => Assert.Equal(positions * Hidden, x.Count));
            Assert.All(shown.Y, y => Assert.Equal(positions * Hidden, y.Count));
            if (options.Contains("clip", StringComparison.Ordinal))
                Assert.All(shown.X.Where((_, i) => !shown.Names[i].Contains("output", StringComparison.Ordinal) || i % 5 == 1), x =>
                    Assert.All(x, value => Assert.InRange(value, -0.5f, 0.5f)));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Functions_are_those_of_the_runtime(string name, float[] alphas, float[] betas, string expected)
    {
        foreach (string kind in new[] { "RNN", "GRU", "LSTM" })
        {
            NodeProto node = Node(kind, "forward", "bias initial", ["Y"]);
            int count = kind == "LSTM" ? 3 : kind == "GRU" ? 2 : 1;
            Set(node, "activations", [.. Enumerable.Repeat(name, count)]);
            Set(node, "activation_alpha", [.. Enumerable.Repeat(alphas, count).SelectMany(values => values)]);
            Set(node, "activation_beta", [.. Enumerable.Repeat(betas, count).SelectMany(values => values)]);
            // Small weights: without bounds states grow, and the runtime's Softplus overflows.
            Run(node, Constants(kind, "forward", seed: 2, deviation: 0.2));
            Assert.All(
                RecurrentCell.Of(node, out _)!.Activations, activation => Assert.Equal(expected, activation.Function.ToString()));
        }
    }

    [Fact]
    public void Functions_take_their_values_in_turn_and_then_the_defaults_and_are_written_in_any_case()
    {
        NodeProto node = Node("LSTM", "bidirectional", "bias", ["Y"]);
        Set(node, "activations", ["hardsigmoid", "LEAKYRELU", "Elu", "HardSigmoid", "tanh", "LeakyRelu"]);
        Set(node, "activation_alpha", [0.25f, 0.3f, 0.5f]);
        Set(node, "activation_beta", [0.4f]);
        Run(node, Constants("LSTM", "bidirectional", seed: 3));
        Assert.Equal(
            [
                "hard_sigmoid(alpha=0.25, beta=0.4)", "leaky_relu(alpha=0.3)", "elu(alpha=0.5)",
                "hard_sigmoid(alpha=0.2)", "tanh", "leaky_relu",
            ],
            RecurrentCell.Of(node, out _)!.Activations
                // Of each direction an input gate, the candidate and the cell output.
                .Where((_, i) => i is 0 or 3 or 4 or 5 or 8 or 9)
                .Select(activation => activation.Function.ToString()));
    }

    [Theory]
    [InlineData("LSTM", "")]
    [InlineData("GRU", "")]
    [InlineData("GRU", "linear")]
    public void Gates_are_those_of_the_same_cell_written_out_in_single_nodes(string kind, string option)
    {
        Dictionary<string, TensorProto> constants = Constants(kind, "forward", seed: 4);
        float[] x = Numbers(5, Sequences * Width);
        NodeProto cell = Node(kind, "forward", $"bias initial peepholes {option}", ["Y"]);
        List<(string Gate, float[] X, float[] Y)> expected = [];
        string[] gates = kind == "LSTM"
            ? ["input gate", "output gate", "forget gate", "candidate", "cell output"]
            : ["update gate", "reset gate", "candidate"];
        (List<NodeProto> nodes, List<TensorProto> parts) = kind == "LSTM" ? Lstm(constants) : Gru(constants, option == "linear");
        nodes.AddRange(gates.Select((gate, i) => TensorTaps.Node(i, $"z of {gate}", gate)));
        using TensorTaps taps = new((tap, tensors) => expected.Add((gates[tap], tensors[0].ToFloats(), tensors[1].ToFloats())));
        TappedModel.Run(TappedModel.Of(2, nodes, parts, [.. gates]), taps, x, Sequences, Width);
        taps.ThrowIfFailed();

        Shown shown = Run(cell, constants, x, steps: 1);
        Assert.Equal(gates.Length, expected.Count);
        Assert.All(expected, gate =>
        {
            int i = shown.Names.IndexOf(gate.Gate);
            Equal(gate.X, shown.X[i]);
            Equal(gate.Y, shown.Y[i]);
        });

        static void Equal(float[] expected, List<float> actual) =>
            Assert.All(expected.Zip(actual, (a, b) => (a, b)), pair => Assert.Equal(pair.a, pair.b, 1e-5f));
    }

    [Theory]
    [InlineData("LSTM", "forward")]
    [InlineData("GRU", "reverse")]
    [InlineData("RNN", "bidirectional")]
    public void Batch_first_tensors_give_the_same(string kind, string direction)
    {
        Dictionary<string, TensorProto> constants = Constants(kind, direction, seed: 6);
        NodeProto node = Node(kind, direction, "bias initial lengths", ["Y", "Y_h"]);
        Shown expected = Run(node, constants), actual = Run(node, constants, batchFirst: true);
        Assert.Equal(expected.Names, actual.Names);
        Assert.Equal(expected.X, actual.X);
        Assert.Equal(expected.Y, actual.Y);
    }

    [Theory]
    [InlineData("LSTM", "W")]
    [InlineData("LSTM", "R")]
    [InlineData("LSTM", "B")]
    [InlineData("LSTM", "P")]
    [InlineData("LSTM", "h0")]
    [InlineData("LSTM", "c0")]
    [InlineData("GRU", "W")]
    [InlineData("GRU", "R")]
    [InlineData("RNN", "R")]
    public void A_wrong_number_among_the_weights_is_noticed(string kind, string tensor)
    {
        Dictionary<string, TensorProto> right = Constants(kind, "forward", seed: 7), wrong = Constants(kind, "forward", seed: 7);
        wrong[tensor].FloatData[1] += 0.2f;
        foreach (string[] outputs in new[] { ["Y"], new[] { "", "Y_h" } })
        {
            // What a cell began with it has forgotten at its end.
            if (tensor is "c0" or "h0" && outputs is not ["Y"])
                continue;
            NodeProto node = Node(kind, "forward", "bias initial peepholes", outputs);
            UnfollowedException thrown = Assert.Throws<UnfollowedException>(() => Run(node, right, seenInstead: wrong[tensor]));
            Assert.StartsWith($"The {kind} gates could not be recomputed: the ", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_misread_attribute_is_noticed()
    {
        Misread("LSTM", "bias", node => Set(node, "input_forget", 1));
        Misread("LSTM", "bias", node => Set(node, "activations", ["Sigmoid", "Sigmoid", "Tanh"]));
        Misread("GRU", "bias", node => Set(node, "linear_before_reset", 1));
        Misread("GRU", "bias", node => Set(node, "direction", "reverse"));
        Misread("RNN", "bias", node => node.Attribute.Add(OnnxModel.Attribute("clip", 0.05f)));
        Misread("LSTM", "bias", node => Set(node, "hidden_size", Hidden + 1));

        static void Misread(string kind, string options, Action<NodeProto> misread)
        {
            NodeProto node = Node(kind, "forward", options, ["Y"]), other = node.Clone();
            misread(other);
            Assert.Throws<UnfollowedException>(() => Run(node, Constants(kind, "forward", seed: 8), readAs: other));
        }
    }

    [Fact]
    public void What_is_no_number_is_told_as_the_reason()
    {
        float[] x = Numbers(9, Steps * Sequences * Width);
        x[4] = float.NaN;
        UnfollowedException thrown = Assert.Throws<UnfollowedException>(
            () => Run(Node("LSTM", "forward", "bias", ["Y"]), Constants("LSTM", "forward", seed: 9), x));
        Assert.EndsWith("; NaN or ∞ goes into it.", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_followed_says_why()
    {
        Refuses("Foo", node => Set(node, "activations", ["Sigmoid", "Foo", "Tanh"]));
        Refuses("Affine", node => Set(node, "activations", ["Sigmoid", "Affine", "Tanh"]));
        Refuses("names 2", node => Set(node, "activations", ["Sigmoid", "Tanh"]));
        Refuses("hidden_size", node => node.Attribute.Remove(node.Attribute.First(attribute => attribute.Name == "hidden_size")));
        Refuses("sideways", node => Set(node, "direction", "sideways"));
        Refuses("function around it", node => node.Attribute[0].RefAttrName = "size");
        Refuses("Gemm", node => node.OpType = "Gemm");
        Refuses("alpha must be", node =>
        {
            Set(node, "activations", ["Sigmoid", "Elu", "Tanh"]);
            Set(node, "activation_alpha", [float.NaN]);
        });

        static void Refuses(string part, Action<NodeProto> change)
        {
            NodeProto node = Node("LSTM", "forward", "bias", ["Y"]);
            change(node);
            Assert.Null(RecurrentCell.Of(node, out Text? reason));
            Assert.Contains(part, reason?.English, StringComparison.Ordinal);
        }
    }

    private static bool Applies(string option, string kind) => option switch
    {
        "peepholes" or "coupled" => kind == "LSTM",
        "linear" => kind == "GRU",
        _ => true,
    };

    private static List<string> Names(string kind, string direction, string options)
    {
        string[] one = kind switch
        {
            "LSTM" when options.Contains("coupled", StringComparison.Ordinal) => ["input gate", "output gate", "candidate", "cell output"],
            "LSTM" => ["input gate", "output gate", "forget gate", "candidate", "cell output"],
            "GRU" => ["update gate", "reset gate", "candidate"],
            _ => ["state"],
        };
        return direction == "bidirectional" ? [.. one, .. one.Select(name => $"{name} (backward)")] : [.. one];
    }

    private static float[] Numbers(int seed, int count, double deviation = 1)
    {
        float[] numbers = new float[count];
        new RandomStream(seed, "recurrent").Fill(numbers, deviation);
        return numbers;
    }

    private static Dictionary<string, TensorProto> Constants(string kind, string direction, int seed, double deviation = 0.6)
    {
        int directions = direction == "bidirectional" ? 2 : 1, gates = kind == "LSTM" ? 4 : kind == "GRU" ? 3 : 1;
        TensorProto Random(string name, params int[] shape) => TappedModel.Tensor(
            name,
            Numbers(seed + name[0] + (100 * name.Length), shape.Aggregate(1, (a, b) => a * b), deviation),
            [.. shape.Select(extent => (long)extent)]);
        TensorProto[] all =
        [
            Random("W", directions, gates * Hidden, Width), Random("R", directions, gates * Hidden, Hidden),
            Random("B", directions, 2 * gates * Hidden), TappedModel.Tensor("lengths", Lengths, Sequences),
            Random("h0", directions, Sequences, Hidden), Random("c0", directions, Sequences, Hidden), Random("P", directions, 3 * Hidden),
        ];
        return all.ToDictionary(tensor => tensor.Name);
    }

    private static NodeProto Node(string kind, string direction, string options, string[] outputs)
    {
        HashSet<string> has = [.. options.Split(' ')];
        string[] inputs =
        [
            "x", "W", "R", has.Contains("bias") ? "B" : "", has.Contains("lengths") ? "lengths" : "", has.Contains("initial") ? "h0" : "",
        ];
        if (kind == "LSTM")
            inputs = [.. inputs, has.Contains("initial") ? "c0" : "", has.Contains("peepholes") ? "P" : ""];
        NodeProto node = new() { OpType = kind, Name = "cell", Output = { outputs } };
        node.Input.Add(inputs);
        Set(node, "hidden_size", Hidden);
        Set(node, "direction", direction);
        if (has.Contains("clip"))
            node.Attribute.Add(OnnxModel.Attribute("clip", 0.5f));
        if (has.Contains("coupled"))
            Set(node, "input_forget", 1);
        if (has.Contains("linear"))
            Set(node, "linear_before_reset", 1);
        return node;
    }

    private static void Set(NodeProto node, string name, int value) => Set(node, OnnxModel.Attribute(name, value));

    private static void Set(NodeProto node, string name, string value) => Set(
        node, new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) });

    private static void Set(NodeProto node, string name, string[] values) => Set(
        node,
        new AttributeProto
        {
            Name = name,
            Type = AttributeProto.Types.AttributeType.Strings,
            Strings = { values.Select(ByteString.CopyFromUtf8) },
        });

    private static void Set(NodeProto node, string name, float[] values) => Set(
        node, new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { values } });

    private static void Set(NodeProto node, AttributeProto attribute)
    {
        if (node.Attribute.FirstOrDefault(other => other.Name == attribute.Name) is { } old)
            node.Attribute.Remove(old);
        // Without values an attribute may as well be absent; the runtime has other defaults for an empty list.
        if (attribute.Type != AttributeProto.Types.AttributeType.Floats || attribute.Floats.Count > 0)
            node.Attribute.Add(attribute);
    }

    // Runs a node in ONNX Runtime, and the cell on what a tap shows of it.
    private static Shown Run(
        NodeProto node,
        Dictionary<string, TensorProto> constants,
        float[]? x = null,
        int steps = Steps,
        bool batchFirst = false,
        TensorProto? seenInstead = null,
        NodeProto? readAs = null)
    {
        NodeProto read = (readAs ?? node).Clone();
        List<NodeProto> nodes = [node];
        // Where a tensor of the node stands for the tap; absent ones cannot be tapped.
        List<string> tapped = [.. node.Input.Concat(node.Output).Where(name => name.Length > 0)], seen = [.. tapped];
        List<TensorProto> used = [.. constants.Values];
        if (batchFirst)
        {
            Set(read, "layout", 1);
            foreach ((string name, int[] order) in ByBatch.Where(pair => tapped.Contains(pair.Name)))
            {
                NodeProto transpose = OnnxModel.Node("Transpose", [name], $"{name} by batch");
                transpose.Attribute.Add(
                    new AttributeProto
                    {
                        Name = "perm",
                        Type = AttributeProto.Types.AttributeType.Ints,
                        Ints = { order.Select(axis => (long)axis) },
                    });
                nodes.Add(transpose);
                seen[tapped.IndexOf(name)] = transpose.Output[0];
            }
        }
        if (seenInstead is not null)
        {
            TensorProto other = seenInstead.Clone();
            seen[tapped.IndexOf(other.Name)] = "other";
            other.Name = "other";
            used.Add(other);
        }
        ModelProto model = TappedModel.Of(3, nodes, used, [.. node.Output.Where(name => name.Length > 0)]);
        TensorTaps.Append(model.Graph, [TensorTaps.Node(0, seen)]);
        RecurrentCell cell = RecurrentCell.Of(read, out Text? reason) ?? throw new UnfollowedException(reason!);
        Shown shown = new(cell);
        Exception? failure = null;
        using TensorTaps taps = new((_, tensors) =>
        {
            TappedTensor? At(string name) => tapped.IndexOf(name) is var place and >= 0 ? tensors[place] : null;
            failure = Record.Exception(() => cell.Run([.. InputNames.Select(At)], [.. OutputNames.Select(At)], shown.Add));
        });
        TappedModel.Run(model, taps, x ?? Numbers(99, steps * Sequences * Width), steps, Sequences, Width);
        taps.ThrowIfFailed();
        return failure is null ? shown : throw failure;
    }

    // Gates of one step, W·x + R·h + Wb + Rb (+ P ⊙ c), as products and sums of their own.
    private static (List<NodeProto> Nodes, List<TensorProto> Parts) Lstm(Dictionary<string, TensorProto> constants)
    {
        string[] gates = ["input gate", "output gate", "forget gate", "candidate"];
        (List<NodeProto> nodes, List<TensorProto> parts) = Parts(constants, gates);
        foreach (string gate in gates)
        {
            bool looks = gate != "candidate";
            nodes.AddRange(
                OnnxModel.Node("Gemm", ["h", $"R of {gate}", $"Rb of {gate}"], $"Rh of {gate}"),
                OnnxModel.Node("Add", [$"Wx of {gate}", $"Rh of {gate}"], looks ? $"sum of {gate}" : $"z of {gate}"));
            if (!looks)
                nodes.Add(OnnxModel.Node("Tanh", [$"z of {gate}"], gate));
        }
        nodes.AddRange(
            OnnxModel.Node("Mul", ["P of input gate", "c"], "Pi"), OnnxModel.Node("Add", ["sum of input gate", "Pi"], "z of input gate"),
            OnnxModel.Node("Sigmoid", ["z of input gate"], "input gate"),
            OnnxModel.Node("Mul", ["P of forget gate", "c"], "Pf"), OnnxModel.Node("Add", ["sum of forget gate", "Pf"], "z of forget gate"),
            OnnxModel.Node("Sigmoid", ["z of forget gate"], "forget gate"),
            OnnxModel.Node("Mul", ["forget gate", "c"], "kept"), OnnxModel.Node("Mul", ["input gate", "candidate"], "added"),
            OnnxModel.Node("Add", ["kept", "added"], "z of cell output"), OnnxModel.Node("Tanh", ["z of cell output"], "cell output"),
            OnnxModel.Node("Mul", ["P of output gate", "z of cell output"], "Po"),
            OnnxModel.Node("Add", ["sum of output gate", "Po"], "z of output gate"),
            OnnxModel.Node("Sigmoid", ["z of output gate"], "output gate"));
        foreach (NodeProto gemm in nodes.Where(node => node.OpType == "Gemm" && node.Attribute.Count == 0))
            gemm.Attribute.Add(OnnxModel.Attribute("transB", 1));
        return (nodes, parts);
    }

    private static (List<NodeProto> Nodes, List<TensorProto> Parts) Gru(Dictionary<string, TensorProto> constants, bool linearBeforeReset)
    {
        string[] gates = ["update gate", "reset gate", "candidate"];
        (List<NodeProto> nodes, List<TensorProto> parts) = Parts(constants, gates);
        foreach (string gate in gates[..2])
        {
            nodes.AddRange(
                OnnxModel.Node("Gemm", ["h", $"R of {gate}", $"Rb of {gate}"], $"Rh of {gate}"),
                OnnxModel.Node("Add", [$"Wx of {gate}", $"Rh of {gate}"], $"z of {gate}"),
                OnnxModel.Node("Sigmoid", [$"z of {gate}"], gate));
        }
        if (linearBeforeReset)
            nodes.AddRange(
                OnnxModel.Node("Gemm", ["h", "R of candidate", "Rb of candidate"], "linear"),
                OnnxModel.Node("Mul", ["reset gate", "linear"], "rest"));
        else
            nodes.AddRange(
                OnnxModel.Node("Mul", ["reset gate", "h"], "reset state"),
                OnnxModel.Node("Gemm", ["reset state", "R of candidate", "Rb of candidate"], "rest"));
        nodes.AddRange(
            OnnxModel.Node("Add", ["Wx of candidate", "rest"], "z of candidate"), OnnxModel.Node("Tanh", ["z of candidate"], "candidate"));
        foreach (NodeProto gemm in nodes.Where(node => node.OpType == "Gemm" && node.Attribute.Count == 0))
            gemm.Attribute.Add(OnnxModel.Attribute("transB", 1));
        return (nodes, parts);
    }

    // The weights of each gate as tensors of their own, and the products of the inputs.
    private static (List<NodeProto> Nodes, List<TensorProto> Parts) Parts(Dictionary<string, TensorProto> constants, string[] gates)
    {
        List<TensorProto> parts =
        [
            TappedModel.Tensor("h", [.. constants["h0"].FloatData], Sequences, Hidden),
            TappedModel.Tensor("c", [.. constants["c0"].FloatData], Sequences, Hidden),
        ];
        List<NodeProto> nodes = [];
        for (int i = 0; i < gates.Length; i++)
        {
            float[] Part(string tensor, int size, int skip = 0) => [.. constants[tensor].FloatData.Skip(skip + (i * size)).Take(size)];
            parts.AddRange(
                TappedModel.Tensor($"W of {gates[i]}", Part("W", Hidden * Width), Hidden, Width),
                TappedModel.Tensor($"R of {gates[i]}", Part("R", Hidden * Hidden), Hidden, Hidden),
                TappedModel.Tensor($"Wb of {gates[i]}", Part("B", Hidden), Hidden),
                TappedModel.Tensor($"Rb of {gates[i]}", Part("B", Hidden, gates.Length * Hidden), Hidden));
            if (i < 3)
                parts.Add(TappedModel.Tensor($"P of {gates[i]}", Part("P", Hidden), Hidden));
            nodes.Add(OnnxModel.Node("Gemm", ["x", $"W of {gates[i]}", $"Wb of {gates[i]}"], $"Wx of {gates[i]}"));
        }
        return (nodes, parts);
    }

    private sealed class Shown(RecurrentCell cell)
    {
        public List<string> Names { get; } = [.. cell.Activations.Select(activation => activation.Name)];

        public List<float>[] X { get; } = [.. cell.Activations.Select(_ => new List<float>())];

        public List<float>[] Y { get; } = [.. cell.Activations.Select(_ => new List<float>())];

        public void Add(int activation, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        {
            X[activation].AddRange(x);
            Y[activation].AddRange(y);
        }
    }
}
