using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Bench.Measuring;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Bench.Rivals;

/// <summary>ONNX Runtime: a model of a node or two on the caller's thread, bound to arrays that stay where they are.</summary>
internal sealed class OnnxRuntimeRival() : Rival("ONNX Runtime")
{
    private const string In = "x", Out = "y", Slope = "slope", Value = "value", Opened = "opened";

    // The first that knows Swish.
    private const int OperatorVersion = 24;

    /// <inheritdoc/>
    public override string Version { get; } = OnnxSession.RuntimeVersion;

    /// <inheritdoc/>
    public override Contestant? Forward(Job job)
    {
        if (Model(GateOf(job) is { } gate ? Activation.Parse(gate) : job.Activation, job.Activation is GatedActivation) is not { } model)
            return null;
        BoundModel node = new(model, job);
        return By(node.Run, node);
    }

    // Of a gated function, two nodes: the function of its gates, and a product.
    private static ModelProto? Model(Activation activation, bool isGated)
    {
        GraphProto graph = new() { Name = "activation" };
        string output = isGated ? Opened : Out;
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
                graph.Node.Add(OnnxModel.Node("PRelu", [In, Slope], output));
                break;
            case ElementwiseActivation elementwise when OnnxOperator.Suits(elementwise):
                graph.Node.Add(OnnxOperator.Of(elementwise, elementwise.ParameterValues, In, output));
                break;
            case AxisActivation when OnnxOperator.NameOf(activation.Info) is { } operation:
                // Without an attribute the axis is the last one.
                graph.Node.Add(OnnxModel.Node(operation, [In], output));
                break;
            default:
                return null;
        }
        graph.Input.Add(OnnxModel.FloatTensor(In, rank: 2));
        if (isGated)
        {
            graph.Node.Add(OnnxModel.Node("Mul", [Opened, Value], Out));
            graph.Input.Add(OnnxModel.FloatTensor(Value, rank: 2));
        }
        graph.Output.Add(OnnxModel.FloatTensor(Out, rank: 2));
        return OnnxModel.Of(graph, OperatorVersion);
    }

    private sealed class BoundModel : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtIoBinding _binding;
        private readonly OrtValue _input, _value, _output;
        private readonly RunOptions _options = new();

        public BoundModel(ModelProto model, Job job)
        {
            using SessionOptions options = OnnxSession.OnOneThread();
            _session = OnnxSession.Open(model.ToByteArray(), options);
            _input = Tensor(job.X);
            _value = Tensor(job.Value);
            _output = Tensor(job.Y);
            _binding = _session.CreateIoBinding();
            _binding.BindInput(In, _input);
            if (job.Activation is GatedActivation)
                _binding.BindInput(Value, _value);
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
            _value.Dispose();
            _output.Dispose();
            _options.Dispose();
            _session.Dispose();
        }
    }
}
