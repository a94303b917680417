using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Lab.Training;

/// <summary>
/// Matrix products of ONNX Runtime: a model of one Gemm node for each way of storing the factors, run on the caller's thread.
/// </summary>
#pragma warning disable CA1001 // The sessions live as long as the process: there is one object, and training needs it to the end.
internal sealed class OnnxMatrixProduct : MatrixProduct
#pragma warning restore CA1001
{
    private static readonly string[] Inputs = ["a", "b"], Outputs = ["c"];

    private readonly InferenceSession[] _sessions =
    [
        Session(false, false),
        Session(true, false),
        Session(false, true),
        Session(true, true),
    ];
    private readonly RunOptions _options = new();

    /// <inheritdoc/>
    public override void Multiply(
        Memory<float> a,
        Memory<float> b,
        Memory<float> c,
        int rows,
        int columns,
        int inner,
        bool transposeA = false,
        bool transposeB = false)
    {
        using OrtValue left = Matrix(a, rows, inner, transposeA),
            right = Matrix(b, inner, columns, transposeB),
            product = Matrix(c, rows, columns, false);
        _sessions[(transposeA ? 1 : 0) + (transposeB ? 2 : 0)].Run(_options, Inputs, [left, right], Outputs, [product]);
    }

    private static OrtValue Matrix(Memory<float> numbers, int rows, int columns, bool transposed) =>
        OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance,
            numbers[..(rows * columns)],
            transposed ? [columns, rows] : [rows, columns]);

    private static InferenceSession Session(bool transposeA, bool transposeB)
    {
        NodeProto node = OnnxModel.Node("Gemm", Inputs, Outputs[0]);
        node.Attribute.Add(OnnxModel.Attribute("transA", transposeA ? 1 : 0));
        node.Attribute.Add(OnnxModel.Attribute("transB", transposeB ? 1 : 0));
        GraphProto graph = new() { Name = "product", Node = { node } };
        graph.Input.Add(Inputs.Select(name => OnnxModel.FloatTensor(name, rank: 2)));
        graph.Output.Add(OnnxModel.FloatTensor(Outputs[0], rank: 2));
        using SessionOptions options = OnnxSession.OnOneThread();
        return OnnxSession.Open(OnnxModel.Of(graph).ToByteArray(), options);
    }
}
