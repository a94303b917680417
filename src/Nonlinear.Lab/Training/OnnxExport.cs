using System.Runtime.InteropServices;
using Google.Protobuf;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Export;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>Writes networks of the lab as ONNX models, which other programs can run.</summary>
internal static class OnnxExport
{
    // Gelu came with version 20 of the operators, Swish with 24.
    private const int UsualVersion = 20, VersionWithSwish = 24;

    /// <summary>A network as a model that takes the data as they were read, in one tensor, and gives the network's own outputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scaling">How its inputs were centred and scaled.</param>
    /// <exception cref="NotSupportedException">Its activation cannot be written.</exception>
    public static byte[] Write(Network network, Scaling scaling)
    {
        GraphProto graph = new() { Name = "network" };
        string output = AddLayers(graph, network, AddScaledInput(graph, scaling), name => name);
        graph.Output.Add(OnnxModel.FloatTensor(output, rank: 2));
        return ToModel(graph).ToByteArray();
    }

    /// <summary>Refuses an activation that cannot be written, before a network is trained with it.</summary>
    /// <exception cref="NotSupportedException">It cannot be written; the message says why.</exception>
    public static void Check(HiddenActivation activation) =>
        AddLayers(new(), new(new(1, [2], 1, activation, Initialisation.LeCun), seed: 0), "x", name => name);

    /// <summary>Adds the input "x" of a graph, centred and scaled.</summary>
    /// <returns>The tensor that a network takes.</returns>
    public static string AddScaledInput(GraphProto graph, Scaling scaling)
    {
        graph.Input.Add(OnnxModel.FloatTensor("x", rank: 2));
        graph.Input[0].Type.TensorType.Shape.Dim[1] = new() { DimValue = scaling.Means.Count };
        graph.Initializer.Add(Tensor("means", Floats(scaling.Means), scaling.Means.Count));
        graph.Initializer.Add(Tensor("factors", Floats(scaling.Factors), scaling.Means.Count));
        graph.Node.Add(OnnxModel.Node("Sub", ["x", "means"], "centred"));
        graph.Node.Add(OnnxModel.Node("Mul", ["centred", "factors"], "scaled"));
        return "scaled";
    }

    /// <summary>A graph as a model, in the version of the operators that its nodes need.</summary>
    public static ModelProto ToModel(GraphProto graph) =>
        OnnxModel.Of(graph, graph.Node.Any(node => node.OpType == "Swish") ? VersionWithSwish : UsualVersion);

    /// <summary>Adds the layers of a network to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="input">The tensor that it takes.</param>
    /// <param name="named">What a tensor is called, given what it would be called if nothing else had the name.</param>
    /// <returns>The tensor that it gives.</returns>
    public static string AddLayers(GraphProto graph, Network network, string input, Func<string, string> named)
    {
        string at = input;
        int dense = 0, convolutions = 0, hidden = 0, normal = 0, sums = 0;
        PictureShape? picture = null;
        string[] inputs = new string[network.Layers.Count];
        for (int place = 0; place < inputs.Length; place++)
        {
            inputs[place] = at;
            NetworkLayer layer = network.Layers[place];
            switch (layer)
            {
                case Dense affine:
                    if (picture is not null)
                        at = PictureGraph.AddRows(graph, at, named("rows"));
                    picture = null;
                    at = AddDense(graph, affine, at, named(FormattableString.Invariant($"dense {++dense}")));
                    break;
                case Convolution convolution:
                    if (picture is null)
                        at = PictureGraph.AddPictures(graph, convolution.Input, at, named("pictures"));
                    picture = convolution.Output;
                    at = PictureGraph.Add(graph, convolution, at, named(FormattableString.Invariant($"convolution {++convolutions}")));
                    break;
                case BatchNormalisation normalisation:
                    at = AddNormalisation(graph, normalisation, at, named(FormattableString.Invariant($"normalised {++normal}")));
                    break;
                case Dropout:
                    break;
                default:
                    at = AddActivation(graph, layer, at, named(FormattableString.Invariant($"hidden {++hidden}")), picture);
                    break;
            }
            foreach (Shortcut shortcut in network.Shortcuts.Where(shortcut => shortcut.To == place))
            {
                string sum = named(FormattableString.Invariant($"sum {++sums}"));
                graph.Node.Add(OnnxModel.Node("Add", [at, inputs[shortcut.From]], sum));
                at = sum;
            }
        }
        return at;
    }

    private static string AddDense(GraphProto graph, Dense layer, string input, string name)
    {
        graph.Initializer.Add(Tensor($"{name} weights", layer.Weights.Values.Span, layer.Outputs, layer.Inputs));
        graph.Initializer.Add(Tensor($"{name} biases", layer.Biases.Values.Span, layer.Outputs));
        NodeProto product = OnnxModel.Node("Gemm", [input, $"{name} weights", $"{name} biases"], name);
        product.Attribute.Add(OnnxModel.Attribute("transB", 1));
        graph.Node.Add(product);
        return name;
    }

    private static string AddNormalisation(GraphProto graph, BatchNormalisation layer, string input, string name)
    {
        (string Name, ReadOnlyMemory<float> Values)[] numbers =
        [
            ("scale", layer.Scale.Values), ("shift", layer.Shift.Values), ("mean", layer.Means), ("variance", layer.Variances),
        ];
        foreach ((string number, ReadOnlyMemory<float> values) in numbers)
            graph.Initializer.Add(Tensor($"{name} {number}", values.Span, values.Length));
        NodeProto node = OnnxModel.Node("BatchNormalization", [input, .. numbers.Select(number => $"{name} {number.Name}")], name);
        node.Attribute.Add(OnnxModel.Attribute("epsilon", BatchNormalisation.Epsilon));
        graph.Node.Add(node);
        return name;
    }

    // Channels come first among the extents of a picture; those of rows are all that there are.
    private static string AddActivation(GraphProto graph, NetworkLayer layer, string input, string name, PictureShape? picture)
    {
        long[] places = picture is { } shape ? [shape.Height, shape.Width] : [];
        switch (layer)
        {
            case MaxoutPooling pooling:
                int units = pooling.Outputs / (picture?.Positions ?? 1);
                graph.Initializer.Add(Whole($"{name} shape", [0, units, pooling.Inputs / pooling.Outputs, .. places]));
                graph.Initializer.Add(Whole($"{name} axis", [2]));
                graph.Node.Add(OnnxModel.Node("Reshape", [input, $"{name} shape"], $"{name} pieces"));
                NodeProto largest = OnnxModel.Node("ReduceMax", [$"{name} pieces", $"{name} axis"], name);
                largest.Attribute.Add(OnnxModel.Attribute("keepdims", 0));
                graph.Node.Add(largest);
                return name;
            case LearnedActivation { Layer: { Function.Info.Name: "prelu" } learned }:
                long[] ones = [.. places.Select(_ => 1L)];
                graph.Initializer.Add(Tensor($"{name} slopes", learned.Parameters[0].Values.Span, [learned.Channels, .. ones]));
                graph.Node.Add(OnnxModel.Node("PRelu", [input, $"{name} slopes"], name));
                return name;
            case LearnedActivation { Layer: { Channels: 1 } learned }:
                double value = learned.Parameters[0].Values.Span[0];
                string parameter = learned.Function.Info.Parameters[0].Name;
                string function = FormattableString.Invariant($"{learned.Function.Info.Name}({parameter}={value:R})");
                AddFunction(graph, (ElementwiseActivation)Activation.Parse(function), input, name);
                return name;
            case FixedActivation fixedLayer:
                AddFunction(graph, fixedLayer.Function, input, name);
                return name;
            default:
                throw new NotSupportedException("A parameter that each unit learns can be saved for prelu only; learn one for each layer.");
        }
    }

    // As the operator that ONNX has, or else as basic operations.
    private static void AddFunction(GraphProto graph, ElementwiseActivation function, string input, string name)
    {
        if (OnnxOperator.Suits(function))
            graph.Node.Add(OnnxOperator.Of(function, function.ParameterValues, input, name));
        else if (!FunctionGraph.Add(
            graph, new(function, NumberType.Float, UsualVersion, Axis: -1), ExportForm.Composed, input, name, $"{name} "))
            throw new NotSupportedException($"{function} cannot be written as ONNX; the network cannot be saved.");
    }

    private static float[] Floats(IReadOnlyList<double> values) => [.. values.Select(value => (float)value)];

    /// <summary>A tensor of floats.</summary>
    internal static TensorProto Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
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

    /// <summary>Whole numbers in a line.</summary>
    internal static TensorProto Whole(string name, long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        return tensor;
    }
}
