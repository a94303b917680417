using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>
/// Convolutions in ONNX models. ONNX has the channels of a picture before its places and the lab behind them, so pictures are turned at
/// the first convolution and behind the last.
/// </summary>
internal static class PictureGraph
{
    /// <summary>Adds what makes pictures of rows.</summary>
    /// <returns>The tensor of pictures.</returns>
    public static string AddPictures(GraphProto graph, PictureShape shape, string input, string name)
    {
        graph.Initializer.Add(OnnxExport.Whole($"{name} shape", [0, shape.Height, shape.Width, shape.Channels]));
        graph.Node.Add(OnnxModel.Node("Reshape", [input, $"{name} shape"], $"{name} in lines"));
        return AddTurn(graph, $"{name} in lines", name, [0, 3, 1, 2]);
    }

    /// <summary>Adds what makes rows of pictures.</summary>
    /// <returns>The tensor of rows.</returns>
    public static string AddRows(GraphProto graph, string input, string name)
    {
        graph.Initializer.Add(OnnxExport.Whole($"{name} shape", [0, -1]));
        graph.Node.Add(OnnxModel.Node("Reshape", [AddTurn(graph, input, $"{name} in lines", [0, 2, 3, 1]), $"{name} shape"], name));
        return name;
    }

    /// <summary>Adds a convolution.</summary>
    /// <returns>The tensor that it gives.</returns>
    public static string Add(GraphProto graph, Convolution layer, string input, string name)
    {
        int side = layer.Side, channels = layer.Input.Channels, filters = layer.Output.Channels;
        ReadOnlySpan<float> weights = layer.Weights.Values.Span;
        float[] turned = new float[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            int place = i / channels, filter = place / (side * side);
            turned[(((filter * channels) + (i % channels)) * side * side) + (place % (side * side))] = weights[i];
        }
        graph.Initializer.Add(OnnxExport.Tensor($"{name} weights", turned, filters, channels, side, side));
        graph.Initializer.Add(OnnxExport.Tensor($"{name} biases", layer.Biases.Values.Span, filters));
        NodeProto node = OnnxModel.Node("Conv", [input, $"{name} weights", $"{name} biases"], name);
        node.Attribute.Add(OnnxModel.Attribute("strides", [layer.Step, layer.Step]));
        node.Attribute.Add(OnnxModel.Attribute("pads", [side / 2, side / 2, side / 2, side / 2]));
        graph.Node.Add(node);
        return name;
    }

    private static string AddTurn(GraphProto graph, string input, string name, ReadOnlySpan<int> order)
    {
        NodeProto node = OnnxModel.Node("Transpose", [input], name);
        node.Attribute.Add(OnnxModel.Attribute("perm", order));
        graph.Node.Add(node);
        return name;
    }
}
