using System.Runtime.InteropServices;
using Nonlinear.Attacks;
using Nonlinear.Lab.Diagnosis;
using Onnx;

namespace Nonlinear.Tests;

public sealed class ModelKindsWeightTests : ModelKinds
{
    private static readonly float[] _slopes = [0.25f, 0.25f, 0, 0.25f];

    // PReLU with slopes in another file; that of unit 2 is 0, and its inputs are below 0 throughout.
    private static SmallModel External(params (string Key, string Value)[] entries)
    {
        TensorProto slopes = new()
        {
            Name = "s", DataType = (int)TensorProto.Types.DataType.Float, Dims = { Width },
                DataLocation = TensorProto.Types.DataLocation.External,
        };
        slopes.ExternalData.Add(entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return Vector().Floats("b", [0, 0, -99, 0], Width).Node("Add", "x b", "h").Constant(slopes).Node("PRelu", "h s", "a")
            .Node("Exp", "a", "y")
            .Output("y");
    }

    private void Write(string name, int before) =>
        File.WriteAllBytes(InFolder(name), [.. new byte[before], .. MemoryMarshal.AsBytes<float>(_slopes), 1, 2, 3]);

    [Theory]
    [InlineData("s.data", 0)]
    [InlineData("s.data", 12)]
    [InlineData("weights/s.data", 5)]
    public void Weights_beside_the_model_are_read(string name, int offset)
    {
        Directory.CreateDirectory(InFolder("weights"));
        Write(name, offset);
        ActivationDiagnosis prelu = Assert.Single(Diagnose(External(("location", name), ("offset", $"{offset}"), ("length",
            "16"))).Activations);
        Assert.Equal("prelu(alpha=0…0.25)", prelu.Function);
        Assert.Equal([2], prelu.DeadUnits);
    }

    [Theory]
    [InlineData("missing.data", "no such file")]
    [InlineData("../outside.data", "outside the model's folder")]
    [InlineData("inner/../../outside.data", "outside the model's folder")]
    [InlineData("OUTSIDE", "outside the model's folder")]
    [InlineData("link.data", "out of the model's folder")]
    [InlineData("link/outside.data", "out of the model's folder")]
    [InlineData("inner", "no such file")]
    [InlineData("", "does not say where")]
    public void Nothing_is_read_outside_the_model_s_folder(string location, string said)
    {
        string outside = Path.Combine(Path.GetDirectoryName(Folder)!, $"{Path.GetFileName(Folder)}-outside");
        Directory.CreateDirectory(outside);
        try
        {
            string target = Path.Combine(outside, "outside.data");
            File.WriteAllBytes(target, new byte[16]);
            Directory.CreateDirectory(InFolder("inner"));
            File.CreateSymbolicLink(InFolder("link.data"), target);
            Directory.CreateSymbolicLink(InFolder("link"), outside);
            Exception refused = Assert.Throws<InvalidDataException>(
                () => Diagnose(External(("location", location == "OUTSIDE" ? target : location), ("length", "16"))));
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
            Assert.Contains("'s'", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_is_itself_behind_a_link_is_the_model_s_folder()
    {
        Write("s.data", 0);
        string link = Path.Combine(Folder, "..", Path.GetFileName(Folder) + "-link");
        SampleFile.Write(InFolder("x.npy"), X, Rows, Width);
        File.WriteAllBytes(InFolder("m.onnx"), External(("location", "s.data"), ("length", "16")).ToBytes());
        Directory.CreateSymbolicLink(link, Folder);
        try
        {
            Assert.Equal([2], Assert.Single(Diagnose(Path.Combine(link, "m.onnx"), [], InFolder("x.npy")).Activations).DeadUnits);
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    [Theory]
    [InlineData("offset", "-4")]
    [InlineData("offset", "1e3")]
    [InlineData("offset", "9223372036854775807")]
    [InlineData("length", "9999999999999999999999")]
    [InlineData("length", "9223372036854775807")]
    [InlineData("offset", "12")]
    public void A_file_that_is_too_short_is_refused(string key, string value)
    {
        Write("s.data", 0);
        (string, string)[] entries = [("location", "s.data"), ("length", "16"), (key, value)];
        Exception refused = Assert.Throws<InvalidDataException>(
            () => Diagnose(External([.. entries.GroupBy(entry => entry.Item1).Select(entry => entry.Last())])));
        Assert.Contains("'s'", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> HiddenPlaces { get; } =
        ["a constant's value", "a body", "a function", "a default of a function", "a sparse constant", "a sparse value", "training"];

    [Theory]
    [MemberData(nameof(HiddenPlaces))]
    public void Wherever_a_tensor_stands_its_file_is_looked_at(string place)
    {
        TensorProto outside = External(("location", "../../etc/hostname")).Graph.Initializer.Last();
        SmallModel model = Vector().Node("Relu", "x", "y").Output("y");
        SmallModel body = new SmallModel().Node("Constant", "", "c", ("value", outside)).Output("c");
        ModelProto made;
        switch (place)
        {
            case "a constant's value":
                made = model.Node("Constant", "", "c", ("value", outside)).ToModel();
                break;
            case "a body":
                made = model.Constant(new() { Name = "t", DataType = 9, Int32Data = { 1 } })
                    .Node("If", "t", "c", ("then_branch", body), ("else_branch", body))
                    .ToModel();
                break;
            case "a function":
                made = model.Function("F", "a", "c", body).ToModel();
                break;
            case "a default of a function":
                made = model.Function("F", "a", "c", body, SmallModel.Attribute("value", outside)).ToModel();
                made.Functions[0].Node.Clear();
                break;
            case "a sparse constant":
                made = model.ToModel();
                made.Graph.SparseInitializer.Add(new SparseTensorProto { Values = outside, Dims = { 9 } });
                break;
            case "a sparse value":
                made = model.Node("Constant", "", "c").ToModel();
                made.Graph.Node[^1].Attribute.Add(new AttributeProto { Name = "sparse_value", SparseTensor = new() { Indices = outside } });
                break;
            default:
                made = model.ToModel();
                made.TrainingInfo.Add(new TrainingInfoProto { Initialization = new() { Initializer = { outside } } });
                break;
        }
        File.WriteAllBytes(InFolder("m.onnx"), Google.Protobuf.MessageExtensions.ToByteArray(made));
        SampleFile.Write(InFolder("x.npy"), X, Rows, Width);
        Assert.Contains(
            "outside the model's folder",
            Assert.Throws<InvalidDataException>(() => Diagnose(InFolder("m.onnx"), [], InFolder("x.npy"))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(11)]
    public void Other_floating_point_numbers_are_taken_inside(int type)
    {
        SmallModel model = Vector().Floats("b", [0, 0, -9, 0], Width).Node("Add", "x b", "h").Node("Cast", "h", "c", ("to", type))
            .Constant(new() { Name = "s", DataType = type, Dims = { 1 } });
        TensorProto slope = model.Graph.Initializer[^1];
        if (type == 11)
            slope.DoubleData.Add(0.25);
        else
            slope.Int32Data.Add(type == 10 ? BitConverter.HalfToUInt16Bits((Half)0.25) : 0x3E80);
        // The runtime has few operators for bfloat16.
        model = type == 16 ? model.Node("Cast", "c", "d", ("to", 1)).Node("Tanh", "d", "t") : model.Node("PRelu", "c s", "p")
            .Node("Cast", "p", "t", ("to", 1));
        ActivationDiagnosis found = Assert.Single(Diagnose(model.Node("Exp", "t", "y").Output("y")).Activations);
        double[] bias = [0, 0, -9, 0];
        (double mean, double variance) = Moments(
            Enumerable.Range(0, X.Length).Select(i => (float)(X[i] + bias[i % Width])), x => type == 16 ? Math.Tanh(x) : x > 0 ? x
                : 0.25 * x);
        AssertMoments((mean, variance), found, type == 11 ? 1e-6 : 1e-2);
        Assert.Equal(type == 16 ? "tanh" : "prelu", found.Function);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public void Other_floating_point_numbers_are_taken_as_inputs(int type)
    {
        SmallModel model = new SmallModel().Input("x", (TensorProto.Types.DataType)type, "n", Width).Node("Relu", "x", "a")
            .Node("Neg", "a", "y").Output("y");
        ActivationDiagnosis relu = Assert.Single(Diagnose(model).Activations);
        AssertMoments(Moments(X, x => Math.Max(0, x)), relu, 1e-3);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(7)]
    [InlineData(400)]
    public void A_fixed_batch_loses_no_row(int batch)
    {
        // Unit 3 is active in the last rows only.
        float[] x = [.. X];
        int[] alive = [.. Enumerable.Range(Rows - 3, 3)];
        for (int row = 0; row < Rows; row++)
            x[(row * Width) + 3] = alive.Contains(row) ? 2 : -2;
        SmallModel model = new SmallModel().Input("x", batch, Width).Node("Transpose", "x", "t", ("perm", (long[])[1, 0]))
            .Node("Relu", "t", "a")
            .Node("Transpose", "a", "u", ("perm", (long[])[1, 0])).Node("Relu", "u", "y2").Node("Neg", "y2", "y").Output("y");
        ModelDiagnosis found = Diagnose(model, x, [Rows, Width]);
        Assert.Equal(Rows, found.Rows);
        ActivationDiagnosis relu = found.Activations[1];
        Assert.Empty(relu.DeadUnits);
        Assert.Equal(Rows, relu.Samples);
        AssertMoments(Moments(x, value => Math.Max(0, value)), relu);
    }
}
