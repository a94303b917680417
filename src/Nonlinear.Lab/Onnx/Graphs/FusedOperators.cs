using Onnx;

namespace Nonlinear.Lab.Onnx.Graphs;

/// <summary>
/// Takes operators of ONNX Runtime apart that do several things at once, so that the activation in them has an input and an output to be
/// watched.
/// </summary>
internal static class FusedOperators
{
    private static readonly string[] Parameters = ["activation_alpha", "activation_beta", "activation_gamma"];

    /// <summary>Takes apart what can be in a graph and its bodies.</summary>
    public static void TakeApart(GraphProto graph)
    {
        List<NodeProto> nodes = [];
        foreach (NodeProto node in graph.Node)
        {
            foreach ((_, GraphProto body) in node.Bodies())
                TakeApart(body);
            nodes.AddRange(node.Domain == NodeParts.Microsoft && node.FirstOutput() is { } output ? Parts(node, output) : [node]);
        }
        graph.Node.Clear();
        graph.Node.Add(nodes);
    }

    private static NodeProto[] Parts(NodeProto node, string output) => (node.OpType, node.InputAt(1), node.InputAt(2)) switch
    {
        ("FusedConv", { }, _) => WithActivation(node, "Conv", output, node.Find("activation_params")?.Floats.ToArray() ?? []),
        ("FusedGemm", { }, _) => WithActivation(
            node,
            "Gemm",
            output,
            [
                .. Parameters
                    .Select(node.Find).OfType<AttributeProto>().Select(attribute => attribute.F),
            ]),
        ("BiasGelu", { } bias, _) => WithBias(node, bias, New("Gelu", [node.Input[0] + Suffix(node)], output, NodeParts.Microsoft)),
        ("FastGelu", { } bias, _) => WithBias(node, bias, New("FastGelu", [node.Input[0] + Suffix(node)], output, NodeParts.Microsoft)),
        ("QLinearSigmoid", { }, { }) when node.Input.Count >= 4 => Dequantised(node, New("Sigmoid", [], ""), output),
        ("QLinearLeakyRelu", { }, { }) when node.Input.Count >= 4 => Dequantised(node, WithAttributes("LeakyRelu", node), output),
        ("QLinearSoftmax", { }, { }) when node.Input.Count >= 4 => Dequantised(node, WithAttributes("Softmax", node), output),
        _ => [node],
    };

    private static string Suffix(NodeProto node) => $"/{node.DisplayName()}/apart";

    private static NodeProto[] WithBias(NodeProto node, string bias, NodeProto activation)
    {
        activation.Name = node.DisplayName();
        return [New("Add", [node.Input[0], bias], activation.Input[0]), activation];
    }

    private static NodeProto[] WithActivation(NodeProto node, string operation, string output, float[] parameters)
    {
        string name = node.Words("activation", "");
        string[]? attributes = name switch
        {
            "Relu" or "Tanh" or "Sigmoid" or "Softplus" or "Softsign" => [],
            "LeakyRelu" or "Elu" or "ThresholdedRelu" => ["alpha"],
            "HardSigmoid" or "HardSwish" => ["alpha", "beta"],
            "Clip" => ["min", "max"],
            _ => null,
        };
        if (attributes is null || (name == "Clip" && parameters.Length < 2))
            return [node];
        NodeProto product = node.Clone();
        (product.OpType, product.Domain, product.Name) = (operation, "", "");
        for (int i = product.Attribute.Count - 1; i >= 0; i--)
        {
            if (product.Attribute[i].Name.StartsWith("activation", StringComparison.Ordinal))
                product.Attribute.RemoveAt(i);
        }
        string made = output + Suffix(node);
        product.Output[0] = made;
        List<NodeProto> parts = [product];
        // A fourth input of a convolution is added to what it makes.
        if (product.Input.Count > 3)
        {
            string summand = product.Input[3];
            product.Input.RemoveAt(3);
            if (summand.Length > 0)
            {
                parts.Add(New("Add", [made, summand], made + "/sum"));
                made += "/sum";
            }
        }
        NodeProto activation = New(name, [made], output);
        activation.Name = node.DisplayName();
        if (name == "Clip")
        {
            parts.Add(Number(made + "/min", parameters[0]));
            parts.Add(Number(made + "/max", parameters[1]));
            activation.Input.Add([made + "/min", made + "/max"]);
        }
        else
            activation.Attribute.Add(attributes.Zip(parameters, OnnxModel.Attribute));
        parts.Add(activation);
        return [.. parts];
    }

    private static NodeProto[] Dequantised(NodeProto node, NodeProto activation, string output)
    {
        string x = node.Input[0] + Suffix(node), y = output + Suffix(node);
        activation.Name = node.DisplayName();
        activation.Input.Add(x);
        activation.Output.Clear();
        activation.Output.Add(y);
        return
        [
            New("DequantizeLinear", node.Input.Take(3), x),
            activation,
            New("QuantizeLinear", node.Input.Skip(3).Take(2).Prepend(y), output),
        ];
    }

    private static NodeProto WithAttributes(string operation, NodeProto node)
    {
        NodeProto copy = New(operation, [], "");
        copy.Attribute.Add(node.Attribute.Where(attribute => attribute.Name is "alpha" or "axis").Select(attribute => attribute.Clone()));
        return copy;
    }

    private static NodeProto Number(string name, float value)
    {
        TensorProto number = new() { DataType = (int)TensorProto.Types.DataType.Float };
        number.FloatData.Add(value);
        return new()
        {
            OpType = "Constant",
            Output = { name },
            Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = number } },
        };
    }

    private static NodeProto New(string operation, IEnumerable<string> inputs, string output, string domain = "")
    {
        NodeProto node = OnnxModel.Node(operation, inputs, output);
        node.Name = "";
        if (domain.Length > 0)
            node.Domain = domain;
        return node;
    }
}
