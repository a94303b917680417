using System.Text.Json;
using Google.Protobuf;
using Nonlinear.Lab.Arrays;
using Nonlinear.Lab.Data;
using Nonlinear.Lab.Diagnosis;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Graphs;
using Nonlinear.Lab.Onnx.Recognition;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Training;
using Nonlinear.Training;
using Onnx;

namespace Nonlinear.Tests;

public sealed class DiagnoseTests : IDisposable
{
    private const int Inputs = 12, Units = 40, Samples = 700;

    private readonly string _folder = Directory.CreateTempSubdirectory("diagnose-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// Ways to write activations, with the bias that plants a dead unit (0 for none) and the one that plants a saturated unit.
    /// </summary>
    public static TheoryData<string, string, float, float> Written { get; } = new()
    {
        { "Relu", "relu", -60, 0 },
        { "LeakyRelu", "leaky_relu", 0, -60 },
        { "Sigmoid", "sigmoid", 0, 60 },
        { "Tanh", "tanh", 0, -60 },
        { "Elu", "elu", 0, -60 },
        { "Selu", "selu", 0, -60 },
        { "Softplus", "softplus", 0, -60 },
        { "HardSigmoid", "hard_sigmoid(alpha=0.2, beta=0.5)", -60, 60 },
        { "HardSwish", "hard_swish", -60, 0 },
        { "Mish", "mish", 0, -60 },
        { "Clip from 0 to 6", "relu6", -60, 60 },
        { "x times sigmoid", "swish", 0, -40 },
        { "x times tanh of softplus", "mish", 0, -60 },
        { "exact GELU as five nodes", "gelu", -60, 0 },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void It_finds_all_planted_units_and_no_others(string form, string function, float deadBias, float saturatedBias)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            int[] order = new RandomStream(seed, form).Permutation(Units);
            int[] dead = deadBias == 0 ? [] : [.. order[..(2 * seed)].Order()];
            int[] saturated = saturatedBias == 0 ? [] : [.. order[10..(10 + (3 * seed))].Order()];
            float[] biases = new float[Units];
            foreach (int unit in dead)
                biases[unit] = deadBias;
            foreach (int unit in saturated)
                biases[unit] = saturatedBias;
            ActivationDiagnosis diagnosis = Assert.Single(Diagnose(Model(form, biases, seed), Sample(seed)));
            Assert.Equal(function, diagnosis.Function);
            Assert.Equal((Units, Samples), (diagnosis.Units, (int)diagnosis.Samples));
            Assert.Equal(dead, diagnosis.DeadUnits);
            Assert.Equal(saturated, diagnosis.SaturatedUnits);
        }
    }

    [Fact]
    public void The_channels_of_a_convolution_are_its_units()
    {
        const int Channels = 6;
        float[] biases = new float[Channels];
        (biases[1], biases[4]) = (-60, -60);
        RandomStream random = new(5, "convolution");
        float[] kernel = new float[Channels * 3 * 3];
        random.Fill(kernel, 0.4);
        GraphProto graph = new() { Name = "convolution" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 4));
        graph.Initializer.Add(Tensor("w", kernel, Channels, 1, 3, 3));
        graph.Initializer.Add(Tensor("b", biases, Channels));
        graph.Initializer.Add(Tensor("slopes", [.. Enumerable.Range(0, Channels).Select(channel => channel / 100f)], Channels, 1, 1));
        graph.Node.Add(OnnxModel.Node("Conv", ["x", "w", "b"], "c"));
        graph.Node.Add(OnnxModel.Node("Relu", ["c"], "r"));
        graph.Node.Add(OnnxModel.Node("PRelu", ["c", "slopes"], "p"));
        graph.Output.Add(OnnxModel.FloatTensor("r", 4));
        graph.Output.Add(OnnxModel.FloatTensor("p", 4));
        float[] pictures = new float[9 * 64];
        random.Fill(pictures, 1);
        byte[] header = new NpyHeader(ElementType.Float, false, false, [9, 1, 8, 8]).ToBytes();
        File.WriteAllBytes(InFolder("x.npy"), [.. header, .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(pictures)]);
        File.WriteAllBytes(InFolder("m.onnx"), OnnxModel.Of(graph).ToByteArray());

        IReadOnlyList<ActivationDiagnosis> diagnoses = Diagnostician.Diagnose(
            InFolder("m.onnx"), InFolder("x.npy"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["relu", "prelu(alpha=0…0.05)"], diagnoses.Select(diagnosis => diagnosis.Function));
        Assert.Equal((Channels, 9 * 36), (diagnoses[0].Units, (int)diagnoses[0].Samples));
        Assert.Equal([1, 4], diagnoses[0].DeadUnits);
        // Slopes of 0.01 and 0.04 are no zeros.
        Assert.Empty(diagnoses[1].DeadUnits);
    }

    [Fact]
    public void A_straight_line_is_told_from_a_bend()
    {
        // Sigmoids that see next to nothing of their curve, and rectifiers that see both sides.
        ActivationDiagnosis narrow = Assert.Single(Diagnose(Model("Sigmoid", new float[Units], 1, scale: 0.01f), Sample(1)));
        ActivationDiagnosis wide = Assert.Single(Diagnose(Model("Relu", new float[Units], 1), Sample(1)));
        Assert.Equal("nearly linear", narrow.Verdict);
        // For normal inputs the best line through a rectifier leaves 1 - (1/2)² / (1/2 - 1/2π) of its variance.
        Assert.Equal(1 - (0.25 / (0.5 - (1 / (2 * Math.PI)))), wide.Nonlinearity, 0.05);
        Assert.Equal(
            (0.5, 0.4), (wide.Sparsity, wide.Mean), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.05 && Math.Abs(a.Item2 - b.Item2) < 0.05);
    }

    [Fact]
    public void What_is_no_activation_is_left_alone()
    {
        // Layer normalisation written out, and scaled logits: they bend, but units do not die in them.
        GraphProto graph = new() { Name = "normalisation" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 2));
        graph.Initializer.Add(Tensor("two", [2]));
        graph.Initializer.Add(Tensor("epsilon", [1e-5f]));
        graph.Node.Add(OnnxModel.Node("ReduceMean", ["x"], "mean"));
        graph.Node.Add(OnnxModel.Node("Sub", ["x", "mean"], "centred"));
        graph.Node.Add(OnnxModel.Node("Pow", ["centred", "two"], "squares"));
        graph.Node.Add(OnnxModel.Node("ReduceMean", ["squares"], "variance"));
        graph.Node.Add(OnnxModel.Node("Add", ["variance", "epsilon"], "sum"));
        graph.Node.Add(OnnxModel.Node("Sqrt", ["sum"], "deviation"));
        graph.Node.Add(OnnxModel.Node("Div", ["centred", "deviation"], "normal"));
        graph.Node.Add(OnnxModel.Node("Relu", ["normal"], "y"));
        OnnxScope scope = OnnxScope.Of(new(InFolder("m.onnx"), OnnxModel.Of(graph)));
        Assert.Equal(["y"], ActivationFinder.Find(scope).Activations.Select(activation => activation.Name));
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("prelu")]
    [InlineData("gelu_tanh")]
    [InlineData("swish(beta=learned)")]
    [InlineData("maxout")]
    public void A_network_of_the_lab_gives_the_same_as_an_ONNX_model(string activation)
    {
        DataPart test = Digits.Data.Split(1).Test;
        Network network = new(
            new(test.Features, [20, 20], test.Outputs, HiddenActivation.Parse(activation), Initialisation.He) { Bias = 0.1 }, 1);
        File.WriteAllBytes(InFolder("net.onnx"), OnnxExport.Write(network, Digits.Data.ScalingOf(1)));
        float[] raw = Digits.Data.Inputs[..(200 * 64)];
        DataPart scaled = Digits.Data.ScalingOf(1).Apply(Digits.Data, Enumerable.Range(0, 200).ToArray());
        Pass pass = new(network, 200);
        scaled.Inputs.CopyTo(pass.Input);
        pass.Forward(200, training: false);
        using Microsoft.ML.OnnxRuntime.SessionOptions sessionOptions = OnnxSession.OnOneThread();
        using Microsoft.ML.OnnxRuntime.InferenceSession session = OnnxSession.Open(
            File.ReadAllBytes(InFolder("net.onnx")), sessionOptions);
        using Microsoft.ML.OnnxRuntime.OrtValue input = Microsoft.ML.OnnxRuntime.OrtValue.CreateTensorValueFromMemory(raw, [200, 64]);
        using Microsoft.ML.OnnxRuntime.RunOptions options = new();
        using Microsoft.ML.OnnxRuntime.IDisposableReadOnlyCollection<Microsoft.ML.OnnxRuntime.OrtValue> output =
            session.Run(options, ["x"], [input], session.OutputNames);
        Assert.All(
            pass.Output.ToArray().Zip(output[0].GetTensorDataAsSpan<float>().ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        if (activation == "maxout")
            return;
        NpyFloats.Write(InFolder("x.npy"), raw, 200);
        IReadOnlyList<ActivationDiagnosis> own = NetworkObserver.Diagnose(network, scaled);
        IReadOnlyList<ActivationDiagnosis> foreign = Diagnostician.Diagnose(
            InFolder("net.onnx"), InFolder("x.npy"), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(
            own.Select(diagnosis => (diagnosis.Name, diagnosis.Function, diagnosis.Units)),
            foreign.Select(diagnosis => (diagnosis.Name, diagnosis.Function, diagnosis.Units)));
        Assert.All(own.Zip(foreign), pair =>
        {
            Assert.Equal(pair.First.DeadUnits, pair.Second.DeadUnits);
            Assert.Equal(pair.First.Variance, pair.Second.Variance, 1e-3);
            Assert.Equal(pair.First.Nonlinearity, pair.Second.Nonlinearity, 1e-3);
        });
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        Model("Relu", new float[Units], 1);
        Sample(1);
        NpyFloats.Write(InFolder("wide.npy"), new float[30], 2);
        File.WriteAllText(InFolder("text.onnx"), "no model");
        Refuses("There is no file", InFolder("missing.onnx"), InFolder("x.npy"));
        Refuses("no ONNX model", InFolder("text.onnx"), InFolder("x.npy"));
        Refuses("is not a NumPy file", InFolder("m.onnx"), InFolder("m.onnx"));
        Refuses("cannot be run on rows", InFolder("m.onnx"), InFolder("wide.npy"));
        Refuses("names no axis", InFolder("m.onnx"), InFolder("x.npy"), "one");
        Refuses("There is no activation 'z'", InFolder("m.onnx"), InFolder("x.npy"), "z=1");

        void Refuses(string part, string model, string sample, params string[] axes) => Assert.Contains(
            part,
            Assert.ThrowsAny<Exception>(() => Diagnostician.Diagnose(
                new DiagnosisOptions(model, [sample], null, axes), cancellation: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Json_tells_units_verdict_and_advice()
    {
        float[] biases = new float[Units];
        biases[7] = -60;
        using JsonDocument json = JsonDocument.Parse(Diagnostician.ToJson(Diagnostician.Diagnose(
            new DiagnosisOptions(Model("Relu", biases, 1), [Sample(1)], null, []),
            cancellation: TestContext.Current.CancellationToken)));
        JsonElement relu = json.RootElement.GetProperty("activations")[0];
        Assert.Equal(7, relu.GetProperty("deadUnits")[0].GetInt32());
        Assert.Equal("some dead units", relu.GetProperty("verdict").GetString());
        Assert.Contains("learning rate", relu.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<ActivationDiagnosis> Diagnose(string model, string sample) =>
        Diagnostician.Diagnose(model, sample, cancellation: TestContext.Current.CancellationToken);

    private string InFolder(string name) => Path.Combine(_folder, name);

    private string Sample(int seed)
    {
        float[] values = new float[Samples * Inputs];
        new RandomStream(seed, "sample").Fill(values, 1);
        NpyFloats.Write(InFolder("x.npy"), values, Samples);
        return InFolder("x.npy");
    }

    // One dense layer whose units see mean 0 and variance scale² but for their biases, and an activation.
    private string Model(string form, float[] biases, int seed, float scale = 1)
    {
        GraphProto graph = new() { Name = "dense" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 2));
        float[] weights = new float[Inputs * Units];
        new RandomStream(seed, "weights").Fill(weights, scale / Math.Sqrt(Inputs));
        graph.Initializer.Add(Tensor("w", weights, Inputs, Units));
        graph.Initializer.Add(Tensor("b", biases, Units));
        graph.Node.Add(OnnxModel.Node("MatMul", ["x", "w"], "product"));
        graph.Node.Add(OnnxModel.Node("Add", ["product", "b"], "z"));
        graph.Node.Add(Nodes(form, graph));
        // Another layer behind: an output may be what a hidden activation may not.
        graph.Initializer.Add(Tensor("v", [.. Enumerable.Repeat(1f, Units)], Units, 1));
        graph.Node.Add(OnnxModel.Node("MatMul", ["y", "v"], "score"));
        graph.Output.Add(OnnxModel.FloatTensor("score", 2));
        File.WriteAllBytes(InFolder("m.onnx"), OnnxModel.Of(graph).ToByteArray());
        return InFolder("m.onnx");
    }

    private static NodeProto[] Nodes(string form, GraphProto graph)
    {
        void Number(string name, float value) => graph.Initializer.Add(Tensor(name, [value]));
        switch (form)
        {
            case "Clip from 0 to 6":
                graph.Initializer.Add(
                    new TensorProto { Name = "low", DataType = (int)TensorProto.Types.DataType.Float, FloatData = { 0 } });
                graph.Initializer.Add(
                    new TensorProto { Name = "high", DataType = (int)TensorProto.Types.DataType.Float, FloatData = { 6 } });
                return [OnnxModel.Node("Clip", ["z", "low", "high"], "y")];
            case "x times sigmoid":
                return [OnnxModel.Node("Sigmoid", ["z"], "gate"), OnnxModel.Node("Mul", ["z", "gate"], "y")];
            case "x times tanh of softplus":
                return [OnnxModel.Node("Softplus", ["z"], "s"), OnnxModel.Node("Tanh", ["s"], "t"), OnnxModel.Node("Mul", ["z", "t"], "y")];
            case "exact GELU as five nodes":
                Number("root two", MathF.Sqrt(2));
                Number("one", 1);
                Number("half", 0.5f);
                return
                [
                    OnnxModel.Node("Div", ["z", "root two"], "scaled"), OnnxModel.Node("Erf", ["scaled"], "erf"),
                    OnnxModel.Node("Add", ["erf", "one"], "sum"),
                    OnnxModel.Node("Mul", ["z", "sum"], "twice"), OnnxModel.Node("Mul", ["twice", "half"], "y"),
                ];
            default:
                return [OnnxModel.Node(form, ["z"], "y")];
        }
    }

    private static TensorProto Tensor(string name, float[] values, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float, FloatData = { values } };
        tensor.Dims.Add(shape);
        return tensor;
    }
}
