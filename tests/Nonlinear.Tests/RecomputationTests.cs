using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Diagnosis;
using Nonlinear.Lab.Onnx.Runtime;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>
/// What is measured of activations, once more without anything that measures it in the lab: the tensors are made outputs of the model,
/// and their mean, variance and zeros are counted in two passes of plain doubles.
/// </summary>
[Trait("Speed", "slow")]
public sealed class RecomputationTests : IDisposable
{
    private const double Tolerance = 1e-6;

    private readonly string _folder = Directory.CreateTempSubdirectory("again-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ch_ppocr_mobile_v2.0_cls_infer.onnx", 43, 1)]
    [InlineData("ResNet18.onnx", 19, 1)]
    [InlineData("MiniLM.onnx", 13, -1)]
    public void Mean_variance_and_dead_units_are_those_of_the_tensors(string name, int count, int unitAxis)
    {
        RealModel model = RealModels.Named(name);
        string file = model.File;
        IReadOnlyList<ListedActivation> listed = RealModelTests.Listing(file).Activations;
        Dictionary<string, ActivationDiagnosis> measured = Diagnostician.Diagnose(
            new DiagnosisOptions(file, model.WriteSample(_folder), null, []), cancellation: TestContext.Current.CancellationToken)
            .Activations.ToDictionary(activation => activation.Name);
        Dictionary<string, List<Numbers>> tensors = Run(file, model, listed, out Dictionary<string, string> names);
        Assert.Equal((count, count), (listed.Count, measured.Count));
        foreach (ListedActivation activation in listed)
        {
            ActivationDiagnosis told = measured[names[activation.Tensor]];
            List<Numbers> inputs = tensors[activation.Input], outputs = tensors[activation.Tensor];
            double all = outputs.Sum(rows => (double)rows.Values.Length);
            double mean = outputs.Sum(rows => rows.Values.Sum(value => (double)value)) / all;
            double variance = outputs.Sum(rows => rows.Values.Sum(value => (value - mean) * (value - mean))) / all;
            Assert.Equal(variance, told.Variance, Tolerance * variance);
            Assert.Equal(mean, told.Mean, Tolerance * (Math.Abs(mean) + Math.Sqrt(variance)));
            if (told.Softmax is not null)
                continue;
            int axis = unitAxis < 0 ? outputs[0].Shape.Length + unitAxis : unitAxis;
            Assert.Equal((int)outputs[0].Shape[axis], told.Units);
            Assert.Equal(Silent(activation.Function, inputs, outputs, axis), told.DeadUnits);
        }
        // So that there was something to count.
        Assert.Equal(name != "MiniLM.onnx", measured.Values.Any(activation => activation.DeadUnits.Count > 0));
    }

    // Nothing comes out of them, and nothing changes if what goes in does so by a little.
    private static IEnumerable<int> Silent(string function, List<Numbers> inputs, List<Numbers> outputs, int axis)
    {
        bool[] alive = new bool[outputs[0].Shape[axis]];
        foreach ((Numbers x, Numbers y) in inputs.Zip(outputs))
        {
            int inner = (int)y.Shape.Skip(axis + 1).Aggregate(1L, (product, extent) => product * extent);
            for (int i = 0; i < y.Values.Length; i++)
                alive[i / inner % alive.Length] |= y.Values[i] != 0 || (x.Values[i] == 0 && function != "relu");
        }
        return Enumerable.Range(0, alive.Length).Where(unit => !alive[unit]);
    }

    // The tensors of each row of the sample, and what the nodes are called that make them.
    private static Dictionary<string, List<Numbers>> Run(
        string file, RealModel model, IReadOnlyList<ListedActivation> listed, out Dictionary<string, string> names)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
        names = proto.Graph.Node.SelectMany(node => node.Output.Select(output => (output, node)))
            .ToDictionary(made => made.output, made => made.node.Name.Length > 0 ? made.node.Name : made.output);
        string[] wanted = [.. listed.SelectMany(activation => (string[])[activation.Input, activation.Tensor]).Distinct()];
        proto.Graph.Output.Add(wanted.Except(proto.Graph.Output.Select(output => output.Name)).Select(TappedModel.Output));
        using SessionOptions options = OnnxSession.OnOneThread();
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        using InferenceSession session = OnnxSession.Open(proto.ToByteArray(), options);
        using RunOptions run = new();
        Dictionary<string, List<Numbers>> tensors = wanted.ToDictionary(tensor => tensor, _ => new List<Numbers>());
        int rows = model.Inputs[0].Shape[0];
        for (int row = 0; row < rows; row++)
        {
            Dictionary<string, OrtValue> inputs = model.Inputs.ToDictionary(input => input.Name, input => Row(input, row));
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, inputs, wanted);
            foreach ((string tensor, OrtValue value) in wanted.Zip(results))
                tensors[tensor].Add(new(value.GetTensorTypeAndShape().Shape, value.GetTensorDataAsSpan<float>().ToArray()));
            foreach (OrtValue input in inputs.Values)
                input.Dispose();
        }
        return tensors;
    }

    private static OrtValue Row(ModelInputMaker input, int row)
    {
        long[] shape = [1, .. input.Shape.Skip(1)];
        int size = (int)shape.Aggregate(1L, (product, extent) => product * extent);
        return input.Whole is null
            ? OrtValue.CreateTensorValueFromMemory(input.Floats()[(row * size)..((row + 1) * size)], shape)
            : OrtValue.CreateTensorValueFromMemory(input.Longs()[(row * size)..((row + 1) * size)], shape);
    }

    private sealed record Numbers(long[] Shape, float[] Values);
}
