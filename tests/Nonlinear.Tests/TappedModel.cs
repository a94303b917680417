using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>Small ONNX models whose tensors are looked at while ONNX Runtime runs them.</summary>
internal static class TappedModel
{
    /// <summary>Floats with a shape, as ONNX keeps constants.</summary>
    public static TensorProto Tensor(string name, float[] values, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float, FloatData = { values } };
        tensor.Dims.Add(shape);
        return tensor;
    }

    /// <summary>32-bit whole numbers, as ONNX keeps constants.</summary>
    public static TensorProto Tensor(string name, int[] values, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int32, Int32Data = { values } };
        tensor.Dims.Add(shape);
        return tensor;
    }

    /// <summary>An output of any type and shape.</summary>
    public static ValueInfoProto Output(string name) => new() { Name = name };

    /// <summary>Runs a model on one input "x", with taps.</summary>
    public static void Run(ModelProto model, TensorTaps taps, float[] values, params long[] shape)
    {
        TensorTaps.Admit(model);
        using SessionOptions options = OnnxSession.OnOneThread();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        taps.Register(options);
        using InferenceSession session = OnnxSession.Open(model.ToByteArray(), options);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results =
            session.Run(run, new Dictionary<string, OrtValue> { ["x"] = input }, session.OutputNames);
    }

    /// <summary>A model of a graph with the input "x".</summary>
    public static ModelProto Of(int rank, IEnumerable<NodeProto> nodes, IEnumerable<TensorProto> constants, params string[] outputs)
    {
        GraphProto graph = new() { Name = "tapped" };
        graph.Input.Add(OnnxModel.FloatTensor("x", rank));
        graph.Initializer.Add(constants);
        graph.Node.Add(nodes);
        graph.Output.Add(outputs.Select(Output));
        return OnnxModel.Of(graph);
    }
}
