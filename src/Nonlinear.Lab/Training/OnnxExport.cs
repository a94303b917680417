using System.Runtime.InteropServices;
using Google.Protobuf;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>Writes networks of the lab as ONNX models, which other programs can run.</summary>
internal static class OnnxExport
{
    // Gelu came with version 20 of the operators, Swish with 24.
    private const int UsualVersion = 20, VersionWithSwish = 24;

    /// <summary>A network as a model that takes the data as they were read.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scaling">How its inputs were centred and scaled.</param>
    /// <exception cref="NotSupportedException">ONNX has no operator for its activation.</exception>
    public static byte[] Write(Network network, Scaling scaling)
    {
        GraphProto graph = new() { Name = "network" };
        graph.Input.Add(OnnxModel.FloatTensor("x", rank: 2));
        graph.Input[0].Type.TensorType.Shape.Dim[1] = new() { DimValue = network.Plan.Inputs };
        graph.Initializer.Add(Tensor("means", Floats(scaling.Means), network.Plan.Inputs));
        graph.Initializer.Add(Tensor("factors", Floats(scaling.Factors), network.Plan.Inputs));
        graph.Node.Add(OnnxModel.Node("Sub", ["x", "means"], "centred"));
        graph.Node.Add(OnnxModel.Node("Mul", ["centred", "factors"], "scaled"));
        string at = "scaled";
        int dense = 0, hidden = 0;
        foreach (NetworkLayer layer in network.Layers)
        {
            switch (layer)
            {
                case Dense affine:
                    string name = FormattableString.Invariant($"dense {++dense}");
                    graph.Initializer.Add(Tensor($"{name} weights", affine.Weights.Values.Span, affine.Outputs, affine.Inputs));
                    graph.Initializer.Add(Tensor($"{name} biases", affine.Biases.Values.Span, affine.Outputs));
                    NodeProto product = OnnxModel.Node("Gemm", [at, $"{name} weights", $"{name} biases"], name);
                    product.Attribute.Add(OnnxModel.Attribute("transB", 1));
                    graph.Node.Add(product);
                    at = name;
                    break;
                case Dropout:
                    break;
                default:
                    at = AddActivation(graph, layer, at, FormattableString.Invariant($"hidden {++hidden}"));
                    break;
            }
        }
        ValueInfoProto output = OnnxModel.FloatTensor(at, rank: 2);
        graph.Output.Add(output);
        bool swish = graph.Node.Any(node => node.OpType == "Swish");
        return OnnxModel.Of(graph, swish ? VersionWithSwish : UsualVersion).ToByteArray();
    }

    private static string AddActivation(GraphProto graph, NetworkLayer layer, string input, string name)
    {
        switch (layer)
        {
            case MaxoutPooling pooling:
                graph.Initializer.Add(Whole($"{name} shape", [0, pooling.Outputs, pooling.Inputs / pooling.Outputs]));
                graph.Initializer.Add(Whole($"{name} axis", [2]));
                graph.Node.Add(OnnxModel.Node("Reshape", [input, $"{name} shape"], $"{name} pieces"));
                NodeProto largest = OnnxModel.Node("ReduceMax", [$"{name} pieces", $"{name} axis"], name);
                largest.Attribute.Add(OnnxModel.Attribute("keepdims", 0));
                graph.Node.Add(largest);
                return name;
            case LearnedActivation { Layer: { Function.Info.Name: "prelu" } learned }:
                graph.Initializer.Add(Tensor($"{name} slopes", learned.Parameters[0].Values.Span, learned.Channels));
                graph.Node.Add(OnnxModel.Node("PRelu", [input, $"{name} slopes"], name));
                return name;
            case LearnedActivation { Layer: { Channels: 1 } learned }:
                graph.Node.Add(OnnxOperator.Of(learned.Function, [learned.Parameters[0].Values.Span[0]], input, name));
                return name;
            case FixedActivation fixedLayer:
                graph.Node.Add(OnnxOperator.Of(fixedLayer.Function, fixedLayer.Function.ParameterValues, input, name));
                return name;
            default:
                throw new NotSupportedException("A parameter that each unit learns can be saved for prelu only; learn one for each layer.");
        }
    }

    private static float[] Floats(IReadOnlyList<double> values) => [.. values.Select(value => (float)value)];

    private static TensorProto Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        TensorProto tensor = new()
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        };
        tensor.Dims.Add(shape.ToArray());
        return tensor;
    }

    private static TensorProto Whole(string name, long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        return tensor;
    }
}
