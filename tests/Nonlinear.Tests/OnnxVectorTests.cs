using Nonlinear.Lab.Arrays;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>The vectors by which ONNX tests its operators along an axis, from Debian's libonnx-testdata, through what apply does.</summary>
public sealed class OnnxVectorTests : IDisposable
{
    private const string Data = "/usr/share/libonnx-testdata/data/node";

    private readonly string _folder = Directory.CreateTempSubdirectory("onnx-vectors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Operators => new()
    {
        { "softmax", "Softmax" },
        { "log_softmax", "LogSoftmax" },
        { "hardmax", "Hardmax" },
    };

    [Theory]
    [MemberData(nameof(Operators))]
    public void Results_are_those_of_the_operator(string name, string operation)
    {
        Assert.SkipUnless(Directory.Exists(Data), "libonnx-testdata is not installed (apt-get install libonnx-testdata)");
        int seen = 0;
        foreach (string folder in Directory.GetDirectories(Data, $"test_{operation.ToLowerInvariant()}_*").Order())
        {
            NodeProto[] nodes = [.. ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))).Graph.Node];
            if (nodes is not [{ } node] || node.OpType != operation)
                continue; // taken apart into other operators
            seen++;
            int axis = (int)(node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? -1);
            (long[] shape, float[] x) = Read(Path.Combine(folder, "test_data_set_0", "input_0.pb"));
            (_, float[] expected) = Read(Path.Combine(folder, "test_data_set_0", "output_0.pb"));
            string input = Path.Combine(_folder, "x.npy"), output = Path.Combine(_folder, "y.npy");
            WriteNpy(input, shape, x);
            ArrayTransform.Run(
                Activation.Parse(name),
                ArrayOperation.Forward,
                input,
                null,
                output,
                axis,
                cancellation: TestContext.Current.CancellationToken);
            float[] y = [.. ReadNpy(output, x.Length)];
            for (int i = 0; i < y.Length; i++)
            {
                bool isNear = Math.Abs(expected[i] - y[i]) <= 2e-6 * Math.Max(1e-3, Math.Abs(expected[i]));
                Assert.True(isNear, $"{folder} {i}: {y[i]}, {expected[i]}");
            }
        }
        Assert.True(seen >= 5, $"{seen} of {operation}");
    }

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
