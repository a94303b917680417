using Nonlinear.Lab.Arrays;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>The vectors by which ONNX tests its operators, from Debian's libonnx-testdata, through what apply does.</summary>
public sealed class OnnxVectorTests : IDisposable
{
    private const string Data = "/usr/share/libonnx-testdata/data/node";

    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-vectors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> AxisOperators => new()
    {
        { "softmax", "Softmax" },
        { "log_softmax", "LogSoftmax" },
        { "hardmax", "Hardmax" },
    };

    // With the number of folders that there are at least.
    public static TheoryData<string, int> Operators => new()
    {
        { "Abs", 1 }, { "Celu", 1 }, { "Clip", 8 }, { "Elu", 3 }, { "Exp", 2 }, { "HardSigmoid", 3 }, { "HardSwish", 1 }, { "Identity", 1 },
        { "LeakyRelu", 3 }, { "Relu", 1 }, { "Selu", 1 }, { "Shrink", 2 }, { "Sigmoid", 2 }, { "Softplus", 2 }, { "Softsign", 2 },
        { "Tanh", 2 }, { "ThresholdedRelu", 3 },
    };

    [Theory]
    [MemberData(nameof(AxisOperators))]
    public void Results_along_an_axis_are_those_of_the_operator(string name, string operation)
    {
        Vector[] vectors = [.. VectorsOf(operation)];
        Assert.True(vectors.Length >= 5, $"{vectors.Length} of {operation}");
        foreach (Vector vector in vectors)
        {
            AttributeProto? axis = vector.Node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis");
            AssertApplied(Activation.Parse(name), vector, (int)(axis?.I ?? -1));
        }
    }

    // The operator is spelled as ONNX has it, with the attributes of the node: its defaults are ONNX's own.
    [Theory]
    [MemberData(nameof(Operators))]
    public void Results_are_those_of_the_operator_by_its_name_in_ONNX(string operation, int least)
    {
        int applied = 0;
        foreach (Vector vector in VectorsOf(operation))
        {
            string arguments = string.Join(", ", Arguments(vector));
            if (operation == "Selu" && arguments.Length > 0)
            {
                // The constants of this test are none that make SELU normalise itself, and so have no name here.
                Assert.Throws<FormatException>(() => Activation.Parse($"onnx:Selu({arguments})"));
                continue;
            }
            applied++;
            AssertApplied(Activation.Parse(arguments.Length == 0 ? $"onnx:{operation}" : $"onnx:{operation}({arguments})"), vector, null);
        }
        Assert.True(applied >= least, $"{applied} of {operation}");
    }

    [Fact]
    public void Slopes_of_their_own_are_those_of_PRelu()
    {
        Vector[] vectors = [.. VectorsOf("PRelu")];
        Assert.True(vectors.Length >= 2);
        foreach (Vector vector in vectors)
        {
            (_, float[] slopes) = Read(Path.Combine(vector.Data, "input_1.pb"));
            float[] y = new float[vector.Input.Length];
            Activation.Prelu().ForwardPerChannel<float>(vector.Input, [vector.Input.Length / slopes.Length, slopes.Length], slopes, y);
            AssertNear(vector, y);
        }
    }

    private static IEnumerable<string> Arguments(Vector vector)
    {
        foreach (AttributeProto attribute in vector.Node.Attribute)
            yield return FormattableString.Invariant($"{attribute.Name}={attribute.F}");
        if (vector.Node.OpType != "Clip")
            yield break;
        // Without a bound it does not clip.
        (int, string, float)[] bounds = [(1, "min", float.MinValue), (2, "max", float.MaxValue)];
        foreach ((int position, string name, float otherwise) in bounds)
        {
            bool isGiven = vector.Node.Input.Count > position && vector.Node.Input[position].Length > 0;
            int file = vector.Node.Input.Take(position).Count(input => input.Length > 0);
            float bound = isGiven ? Read(Path.Combine(vector.Data, $"input_{file}.pb")).Numbers[0] : otherwise;
            yield return FormattableString.Invariant($"{name}={bound:R}");
        }
    }

    // The nodes of one operator on floats; others are taken apart into several, or are about other types.
    private static IEnumerable<Vector> VectorsOf(string operation)
    {
        Assert.SkipUnless(Directory.Exists(Data), "libonnx-testdata is not installed (apt-get install libonnx-testdata)");
        foreach (string folder in Directory.GetDirectories(Data, $"test_{operation.ToLowerInvariant()}*").Order())
        {
            GraphProto graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))).Graph;
            if (graph.Node is not [{ } node] || node.OpType != operation
                || graph.Input[0].Type.TensorType?.ElemType != (int)TensorProto.Types.DataType.Float)
                continue;
            string data = Path.Combine(folder, "test_data_set_0");
            (long[] shape, float[] input) = Read(Path.Combine(data, "input_0.pb"));
            yield return new(node, data, shape, input, Read(Path.Combine(data, "output_0.pb")).Numbers);
        }
    }

    private void AssertApplied(Activation activation, Vector vector, int? axis)
    {
        string input = Path.Combine(_folder, "x.npy"), output = Path.Combine(_folder, "y.npy");
        WriteNpy(input, vector.Shape, vector.Input);
        ArrayTransform.Run(
            activation, ArrayOperation.Forward, input, null, output, axis, cancellation: TestContext.Current.CancellationToken);
        AssertNear(vector, [.. ReadNpy(output, vector.Input.Length)]);
    }

    private static void AssertNear(Vector vector, float[] y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            // What is expected was computed in floats, by formulas that cancel.
            bool isNear = Math.Abs(vector.Expected[i] - y[i]) <= 2e-6 * Math.Max(0.2, Math.Abs(vector.Expected[i]));
            Assert.True(isNear, $"{vector.Data} {i}: {y[i]}, {vector.Expected[i]}");
        }
    }

    private sealed record Vector(NodeProto Node, string Data, long[] Shape, float[] Input, float[] Expected);

    private static (long[] Shape, float[] Numbers) Read(string path)
    {
        TensorProto tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(path));
        float[] numbers = [.. tensor.FloatData];
        if (numbers.Length == 0)
        {
            byte[] raw = tensor.RawData.ToByteArray();
            numbers = new float[raw.Length / sizeof(float)];
            Buffer.BlockCopy(raw, 0, numbers, 0, raw.Length);
        }
        return ([.. tensor.Dims], numbers);
    }

    private static void WriteNpy(string path, long[] shape, float[] numbers)
    {
        byte[] raw = new byte[numbers.Length * sizeof(float)];
        Buffer.BlockCopy(numbers, 0, raw, 0, raw.Length);
        File.WriteAllBytes(path, [.. new NpyHeader(ElementType.Float, false, false, shape).ToBytes(), .. raw]);
    }

    private static IEnumerable<float> ReadNpy(string path, int count)
    {
        byte[] file = File.ReadAllBytes(path);
        for (int i = 0; i < count; i++)
            yield return BitConverter.ToSingle(file, file.Length - ((count - i) * sizeof(float)));
    }
}
