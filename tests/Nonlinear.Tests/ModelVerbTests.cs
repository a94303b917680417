using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Nonlinear.Lab.Onnx;
using Nonlinear.Lab.Onnx.Tools;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>The verbs of nonlinear model, run as processes, and what they say of models.</summary>
public sealed class ModelVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Show_tells_what_where_of_which_nodes_and_in_PyTorchs_words()
    {
        string model = Save("m.onnx", TwoLayers());
        JsonElement[] found =
            [.. Json(ModelListing.Of(model)).GetProperty("activations").EnumerateArray()];
        Assert.Equal(["leaky", "swish", "probabilities"], found.Select(each => each.GetProperty("where").GetString()));
        Assert.Equal(
            ["leaky_relu(alpha=0.2)", "swish", "softmax"], found.Select(each => each.GetProperty("what").GetString()));
        Assert.Equal(
            ["torch.nn.LeakyReLU(negative_slope=0.2)", "torch.nn.SiLU()", "torch.nn.Softmax(dim=-1)"],
            found.Select(each => each.GetProperty("pytorch").GetString()));
        Assert.Equal(["Sigmoid", "Mul"], found[1].GetProperty("operations").EnumerateArray().Select(each => each.GetString()));
        ToolRun table = Run("model", "show", model);
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("Sigmoid · Mul", table.Output, StringComparison.Ordinal);
        Assert.Contains("3 activations", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_measures_each_activation_against_the_exact_value()
    {
        JsonElement json = Json(Check(Save("m.onnx", TwoLayers())));
        JsonElement Of(string what) => json.GetProperty("functions").EnumerateArray()
            .Single(each => each.GetProperty("what").GetString() == what).GetProperty("deviation");
        Assert.InRange(Of("leaky_relu(alpha=0.2)").GetProperty("maxUlps").GetDouble(), 0, 1);
        // x σ(x) with the runtime's sigmoid, which is 0 from some -17 on.
        JsonElement swish = Of("swish");
        Assert.True(swish.GetProperty("flushed").GetInt32() > 1000);
        Assert.InRange(swish.GetProperty("maxUlpsOfOne").GetDouble(), 0.4, 32);
        Assert.True(Of("softmax").GetProperty("points").GetInt32() > 500_000);
    }

    [Fact]
    public void Which_GELU_it_is_is_told_by_what_it_computes()
    {
        GraphProto graph = new() { Name = "g" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 1));
        NodeProto exact = OnnxModel.Node("Gelu", ["x"], "exact"), tanh = OnnxModel.Node("Gelu", ["exact"], "approximate");
        tanh.Attribute.Add(new AttributeProto
        {
            Name = "approximate",
            Type = AttributeProto.Types.AttributeType.String,
            S = ByteString.CopyFromUtf8("tanh"),
        });
        graph.Node.Add([exact, tanh]);
        graph.Output.Add(OnnxModel.FloatTensor("approximate", 1));
        ModelReport report = ModelListing.Of(Save("g.onnx", OnnxModel.Of(graph, 20)));
        Assert.Equal(["gelu", "gelu_tanh"], report.Rows.Select(row => row[1]));
    }

    [Fact]
    public void Halves_are_checked_as_halves()
    {
        GraphProto graph = new() { Name = "g" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 1));
        graph.Output.Add(OnnxModel.FloatTensor("y", 1));
        foreach (ValueInfoProto tensor in graph.Input.Concat(graph.Output))
            tensor.Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float16;
        graph.Node.Add(OnnxModel.Node("Tanh", ["x"], "y"));
        JsonElement function = Json(Check(Save("h.onnx", OnnxModel.Of(graph)))).GetProperty("functions")[0];
        Assert.Equal("float16", function.GetProperty("type").GetString());
        Assert.Equal(1 << 16, function.GetProperty("deviation").GetProperty("points").GetInt32());
        Assert.InRange(function.GetProperty("deviation").GetProperty("maxUlps").GetDouble(), 0.4, 0.6);
    }

    [Fact]
    public void Export_writes_a_model_and_says_how_right_it_is()
    {
        string output = Path.Combine(_folder, "mish.onnx");
        ToolRun run = Run("model", "export", "mish", "--output", output, "--type", "float16", "--form", "composed");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("mish for float16 in opset 20: basic operations", run.Output, StringComparison.Ordinal);
        Assert.Contains("65,536 points", run.Output, StringComparison.Ordinal);
        Assert.Equal("x", ModelProto.Parser.ParseFrom(File.ReadAllBytes(output)).Graph.Input.Single().Name);
    }

    [Fact]
    public void Swap_swaps()
    {
        string model = Save("m.onnx", TwoLayers()), output = Path.Combine(_folder, "new.onnx");
        ToolRun run = Run("model", "swap", model, "swish", "hard_swish", "--output", output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("swish (Sigmoid · Mul) became hard_swish (HardSwish): swish.", run.Output, StringComparison.Ordinal);
        Assert.Equal("hard_swish", ModelListing.Of(output).Rows[1][1]);
    }

    [Theory]
    [InlineData(1, "There is no file", "model", "show", "missing.onnx")]
    [InlineData(1, "is no ONNX model", "model", "check", "text.onnx")]
    [InlineData(1, "There is no file", "model", "swap", "missing.onnx", "relu", "gelu", "--output", "o.onnx")]
    [InlineData(2, "as one operator of opset 19", "model", "export", "gelu", "--output", "o.onnx", "--opset", "19", "--form", "operator")]
    [InlineData(2, "--opset must be a whole number", "model", "export", "gelu", "--output", "o.onnx", "--opset", "12")]
    [InlineData(2, "There is no activation function", "model", "export", "nothing", "--output", "o.onnx")]
    public void What_goes_wrong_is_told_in_a_line(int exitCode, string words, params string[] arguments)
    {
        File.WriteAllText(Path.Combine(_folder, "text.onnx"), "this is a text and no model at all");
        ToolRun run = Run(arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(Path.Combine(_folder, "o.onnx")));
    }

    private static ModelProto TwoLayers()
    {
        GraphProto graph = new() { Name = "g" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 2));
        NodeProto leaky = OnnxModel.Node("LeakyRelu", ["x"], "leaky");
        NodeProto probabilities = OnnxModel.Node("Softmax", ["swish"], "probabilities");
        leaky.Attribute.Add(OnnxModel.Attribute("alpha", 0.2f));
        graph.Node.Add(
        [
            leaky, OnnxModel.Node("Sigmoid", ["leaky"], "gate"), OnnxModel.Node("Mul", ["leaky", "gate"], "swish"), probabilities,
        ]);
        graph.Output.Add(OnnxModel.FloatTensor("probabilities", 2));
        return OnnxModel.Of(graph);
    }

    private static ModelReport Check(string model) => ModelCheck.Run(model, cancellation: TestContext.Current.CancellationToken);

    private static JsonElement Json(ModelReport report) => JsonDocument.Parse(report.ToJson()).RootElement;

    private string Save(string name, ModelProto model)
    {
        string place = Path.Combine(_folder, name);
        File.WriteAllBytes(place, model.ToByteArray());
        return place;
    }

    private ToolRun Run(params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [tool, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }
}
