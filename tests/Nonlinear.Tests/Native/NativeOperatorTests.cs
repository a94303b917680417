using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nonlinear.Lab;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Editing;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Tools;
using Onnx;

namespace Nonlinear.Tests.Native;

/// <summary>The native library inside ONNX Runtime gives the bits of the managed one.</summary>
[Trait("Speed", "slow")]
[Collection(nameof(NativeLibraryFile))]
public sealed class NativeOperatorTests(NativeLibraryFile library) : IDisposable
{
    private const int Columns = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("operators-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void All_functions_have_the_same_bits_in_a_session(int threads, bool flush)
    {
        (int floats, int others) = TestCatalog.IsEveryFunctionThorough ? (5000, 100) : (500, 20);
        Run(new Operators<float>(library.Functions, floats, NumberType.Float, x => (float)x, float.IsNaN));
        Run(new Operators<double>(library.Functions, others, NumberType.Double, x => x, double.IsNaN));
        Run(new Operators<Half>(library.Functions, others, NumberType.Half, x => (Half)x, Half.IsNaN));
        Run(new Operators<BFloat16>(library.Functions, others, NumberType.BFloat16, x => (BFloat16)x, BFloat16.IsNaN));

        void Run<T>(Operators<T> operators)
            where T : unmanaged
        {
            using SessionOptions options = OnnxSession.OnOneThread();
            options.IntraOpNumThreads = threads;
            // The runtime then tells its threads' processors to flush subnormal numbers.
            options.AddSessionConfigEntry("session.set_denormal_as_zero", flush ? "1" : "0");
            options.RegisterCustomOpLibrary(library.Path);
            operators.Check(options);
        }
    }

    [Theory]
    [InlineData("elu", "", "needs the attribute alpha")]
    [InlineData("elu", "alpha=much", "'much', which is no number")]
    [InlineData("elu", "alpha=1e400", "alpha must be a finite number")]
    [InlineData("gelu", "tier=quick", "there are exact and fast")]
    [InlineData("softmax", "", "needs the attribute axis")]
    [InlineData("swiglu", "beta=1", "needs the attribute layout")]
    public void What_a_node_does_not_say_is_refused_and_never_guessed(string function, string attribute, string words)
    {
        NodeProto node = OnnxModel.Node(function, ["x"], "y");
        node.Domain = LibraryOperator.Domain;
        if (attribute.Split('=') is [var name, var text])
            node.Attribute.Add(new AttributeProto
            {
                Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(text),
            });
        using SessionOptions options = OnnxSession.OnOneThread();
        options.RegisterCustomOpLibrary(library.Path);
        byte[] model = Model([node], 2, NumberType.Float);
        string message = Assert.Throws<OnnxRuntimeException>(() => OnnxSession.Open(model, options)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    // As PRelu has it: a value for each channel, which lies along axis 1.
    [Fact]
    public void A_parameter_may_be_an_input_with_a_value_for_each_channel()
    {
        NodeProto node = LibraryOperator.Of(Activation.Elu(), 0, ["x", "slopes"], "y");
        node.Attribute.Clear();
        using SessionOptions options = OnnxSession.OnOneThread();
        options.RegisterCustomOpLibrary(library.Path);
        using InferenceSession session = OnnxSession.Open(Model([node], 3, NumberType.Float), options);
        float[] numbers = [.. Spans.Ordinary(2 * 3 * 5, seed: 4).Select(x => (float)x)];
        float[] slopes = [0.1f, 2, 0.5f], expected = new float[numbers.Length];
        Activation.Elu().ForwardPerChannel<float>(numbers, [2, 3, 5], slopes, expected);
        using OrtValue x = OrtValue.CreateTensorValueFromMemory(numbers, [2, 3, 5]);
        using OrtValue each = OrtValue.CreateTensorValueFromMemory(slopes, [3, 1, 1]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x", "slopes"], [x, each], ["y"]);
        Assert.Equal(expected, results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void MiniLM_keeps_its_embeddings()
    {
        string model = Path.Combine(_folder, "minilm.onnx"), output = Path.Combine(_folder, "out.onnx");
        File.WriteAllBytes(model, File.ReadAllBytes(RealModels.Named("MiniLM.onnx").File));
        string[] sample = RealModels.Named("MiniLM.onnx").WriteSample(_folder);
        ModelReport report = ModelSwap.ToOperators(
            new(model, null, output, Tier.Exact, library.Path, sample), cancellation: TestContext.Current.CancellationToken);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(report.ToJson());
        Assert.Equal(13, json.RootElement.GetProperty("swapped").GetArrayLength());
        foreach (System.Text.Json.JsonElement change in json.RootElement.GetProperty("sample").GetProperty("outputs").EnumerateArray())
        {
            // Of the sentence by itself; states of single words are larger numbers.
            Assert.InRange(
                change.GetProperty(change.GetProperty("name").GetString() == "last_hidden_state" ? "relative" : "largest").GetDouble(),
                0,
                1e-6);
            Assert.Equal(0, change.GetProperty("notFinite").GetInt64());
        }
        WireSkeleton before = new(File.ReadAllBytes(model)), after = new(File.ReadAllBytes(output));
        Assert.Equal(before.Rest, after.Rest);
        Assert.Equal(before.NodesAlsoIn(after), after.NodesAlsoIn(before));
    }

    private static byte[] Model(IReadOnlyList<NodeProto> nodes, int rank, NumberType type)
    {
        GraphProto graph = new() { Name = "g" };
        foreach (string name in nodes.SelectMany(node => node.Input).Distinct())
            graph.Input.Add(Tensor(name, rank, type));
        graph.Node.Add(nodes);
        foreach (NodeProto node in nodes)
            graph.Output.Add(Tensor(node.Output[0], rank, type));
        ModelProto model = OnnxModel.Of(graph);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = LibraryOperator.Domain, Version = 1 });
        return model.ToByteArray();
    }

    private static ValueInfoProto Tensor(string name, int rank, NumberType type)
    {
        ValueInfoProto tensor = OnnxModel.FloatTensor(name, rank);
        tensor.Type.TensorType.ElemType = OnnxNumbers.ElementType(type);
        return tensor;
    }

    // Every function as a node of one model.
    private sealed class Operators<T>(
        IReadOnlyList<Activation> functions, int rows, NumberType type, Func<double, T> from, Func<T, bool> isNaN)
        where T : unmanaged
    {
        private readonly T[] _x = [.. Spans.Mixed(rows * Columns, 1).Select(from)], _z = [.. Spans.Mixed(rows * Columns, 2).Select(from)];

        public void Check(SessionOptions options)
        {
            (Activation Function, int Axis, string[] Inputs)[] cases = [.. Cases()];
            NodeProto[] nodes =
            [
                .. cases.Select((each, i) =>
                    LibraryOperator.Of(each.Function, each.Axis, each.Inputs, FormattableString.Invariant($"y{i}"))),
            ];
            using InferenceSession session = OnnxSession.Open(Model(nodes, 2, type), options);
            using OrtValue x = Value(_x), z = Value(_z);
            using RunOptions run = new();
            using IDisposableReadOnlyCollection<OrtValue> results =
                session.Run(run, ["x", "z"], [x, z], [.. nodes.Select(node => node.Output[0])]);
            for (int i = 0; i < cases.Length; i++)
            {
                T[] expected = Expected(cases[i].Function, cases[i].Axis, cases[i].Inputs);
                Same(expected, MemoryMarshal.Cast<byte, T>(results[i].GetTensorMutableRawData()), cases[i].ToString());
            }
        }

        // The runtime has types of its own for 16 bits.
        private OrtValue Value(T[] numbers)
        {
            OrtValue value = OrtValue.CreateAllocatedTensorValue(
                OrtAllocator.DefaultInstance, (TensorElementType)OnnxNumbers.ElementType(type), [rows, Columns]);
            MemoryMarshal.AsBytes(numbers.AsSpan()).CopyTo(value.GetTensorMutableRawData());
            return value;
        }

        private IEnumerable<(Activation, int, string[])> Cases()
        {
            foreach (Activation function in functions)
            {
                foreach (Activation inTier in ((Activation[])[function, function.Fast]).Distinct())
                {
                    if (inTier is GatedActivation gated)
                    {
                        yield return (gated, 0, ["x", "z"]);
                        yield return (gated.WithLayout(GateLayout.Interleaved), -1, ["x"]);
                        yield return (gated.WithLayout(GateLayout.GateLast), 0, ["x"]);
                        continue;
                    }
                    yield return (inTier, -1, ["x"]);
                    if (inTier is not ElementwiseActivation)
                        yield return (inTier, 0, ["x"]);
                }
            }
        }

        private T[] Expected(Activation function, int axis, string[] inputs)
        {
            int[] shape = [rows, Columns];
            T[] y = new T[function.OutputsFor(_x.Length)];
            switch (function)
            {
                case GatedActivation gated when inputs.Length == 2:
                    y = new T[_x.Length];
                    gated.Forward<T>(_x, _z, y);
                    break;
                case GatedActivation gated: gated.Forward<T>(_x, y, shape, axis); break;
                case AxisActivation along: along.Forward<T>(_x, y, shape, axis); break;
                case WidenedActivation widened: widened.Forward<T>(_x, y, shape, axis); break;
                case PooledActivation pooled: pooled.Forward<T>(_x, y, new int[y.Length], shape, axis); break;
                default: function.Forward<T>(_x, y); break;
            }
            return y;
        }

        private void Same(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        {
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(
                    MemoryMarshal.AsBytes(expected.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(i, 1)))
                        || (isNaN(expected[i]) && isNaN(actual[i])),
                    $"{what} at {i}: {expected[i]}, and {actual[i]} in the session");
        }
    }
}

/// <summary>Tests that share one compiled library.</summary>
[CollectionDefinition(nameof(NativeLibraryFile))]
public sealed class SharedNativeLibrary : ICollectionFixture<NativeLibraryFile>;
