using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Bench.Rivals;

/// <summary>ONNX Runtime: a model of one node on the caller's thread, bound to arrays that stay where they are.</summary>
internal sealed class OnnxRuntimeRival() : Rival("ONNX Runtime")
{
    private const string In = "x", Out = "y", Slope = "slope";

    // The first that knows Swish.
    private const int OperatorVersion = 24;

    /// <inheritdoc/>
    public override string Version { get; } = OnnxSession.RuntimeVersion;

    /// <inheritdoc/>
    public override Contestant? Forward(Job job)
    {
        if (Model(job.Activation) is not { } model)
            return null;
        OneNode node = new(model, job);
        return By(node.Run, node);
    }

    private static ModelProto? Model(Activation activation)
    {
        GraphProto graph = new() { Name = "activation" };
        switch (activation)
        {
            case ElementwiseActivation { Info.Name: "prelu" } prelu:
                graph.Initializer.Add(
                    new TensorProto
                    {
                        Name = Slope,
                        DataType = (int)TensorProto.Types.DataType.Float,
                        Dims = { 1 },
                        FloatData = { (float)prelu.ParameterValues[0] },
                    });
                graph.Node.Add(OnnxModel.Node("PRelu", [In, Slope], Out));
                break;
            case ElementwiseActivation elementwise when OnnxOperator.NameOf(elementwise.Info) is not null:
                graph.Node.Add(OnnxOperator.Of(elementwise, elementwise.ParameterValues, In, Out));
                break;
            case AxisActivation when OnnxOperator.NameOf(activation.Info) is { } operation:
                // Without an attribute the axis is the last one.
                graph.Node.Add(OnnxModel.Node(operation, [In], Out));
                break;
            default:
                return null;
        }
        graph.Input.Add(OnnxModel.FloatTensor(In, rank: 2));
        graph.Output.Add(OnnxModel.FloatTensor(Out, rank: 2));
        return OnnxModel.Of(graph, OperatorVersion);
    }

    private sealed class OneNode : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtIoBinding _binding;
        private readonly OrtValue _input, _output;
        private readonly RunOptions _options = new();

        public OneNode(ModelProto model, Job job)
        {
            using SessionOptions options = OnnxSession.OnOneThread();
            _session = OnnxSession.Open(model.ToByteArray(), options);
            _input = Tensor(job.X);
            _output = Tensor(job.Y);
            _binding = _session.CreateIoBinding();
            _binding.BindInput(In, _input);
            _binding.BindOutput(Out, _output);

            OrtValue Tensor(Floats floats) => OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance,
                TensorElementType.Float,
                [job.Rows, job.Columns],
                floats.Address,
                (long)floats.Length * sizeof(float));
        }

        public void Run() => _session.RunWithBinding(_options, _binding);

        public void Dispose()
        {
            _binding.Dispose();
            _input.Dispose();
            _output.Dispose();
            _options.Dispose();
            _session.Dispose();
        }
    }
}
