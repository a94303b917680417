using System.Text.Json;

namespace Nonlinear.Tests;

/// <summary>The verb compare, run as a process: 0 for the same, 1 for different, 2 for trouble.</summary>
public sealed class CompareVerbTests : IDisposable
{
    private readonly ToolFolder _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData(1, "0.0004732 at -2.699 and at 2.699", "gelu", "gelu_tanh")]
    [InlineData(1, "as 0.19·|x|", "keras:leaky_relu", "torch:leaky_relu")]
    [InlineData(0, "The same: both are swish", "silu", "swish")]
    [InlineData(0, "65,536 Half", "relu6", "clip(min=0, max=6)")]
    [InlineData(1, "keras.ops.gelu", "gelu", "--frameworks", "torch", "keras")]
    [InlineData(0, "is the same function wherever", "silu")]
    [InlineData(1, "on 2,000 vectors", "softmax", "sparsemax")]
    public void Compare_says_where_functions_differ(int exitCode, string part, params string[] arguments)
    {
        ToolRun run = _tool.Run(["compare", .. arguments]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Contains(part, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_writes_JSON_and_a_figure()
    {
        ToolRun pair = _tool.Run("compare", "gelu", "jax:gelu", "--json", "--output", _tool.At("a.svg"));
        JsonElement json = JsonDocument.Parse(pair.Output).RootElement;
        Assert.Equal((1, "different"), (pair.ExitCode, json.GetProperty("sameness").GetString()));
        Assert.Equal(4.73235520687285e-4, json.GetProperty("value").GetProperty("size").GetDouble(), 1e-14);
        Assert.Contains("gelu_tanh", File.ReadAllText(_tool.At("a.svg")), StringComparison.Ordinal);

        ToolRun name = _tool.Run("compare", "prelu", "--json", "--output", _tool.At("b.png"));
        JsonElement meanings = JsonDocument.Parse(name.Output).RootElement;
        Assert.False(meanings.GetProperty("areSame").GetBoolean());
        Assert.Equal("prelu(alpha=0)", meanings.GetProperty("meanings")[1].GetProperty("function").GetString());
        Assert.Equal(["a.svg", "b.png"], _tool.Files);
    }

    [Theory]
    [InlineData("The nearest names are gelu", "gellu")]
    [InlineData("'torch:gelu' is one function", "torch:gelu")]
    [InlineData("No framework has a function named 'star_relu'", "star_relu")]
    [InlineData("There is no table for 'nowhere'", "gelu", "--frameworks", "nowhere")]
    [InlineData("oneDNN has no function named 'gelu'", "gelu", "--frameworks", "onednn")]
    [InlineData("--frameworks goes with one name", "gelu", "relu", "--frameworks", "torch")]
    [InlineData("cannot be compared", "relu", "softmax")]
    [InlineData("must end in .svg, .pdf or .png", "gelu", "relu", "--output", "a.jpg")]
    [InlineData("no folder", "gelu", "relu", "--output", "missing/a.png")]
    [InlineData("no curves", "softmax", "softmin", "--output", "a.png")]
    [InlineData("no difference to draw", "silu", "--output", "a.png")]
    public void Compare_refuses_in_a_line_what_makes_no_sense(string part, params string[] arguments)
    {
        ToolRun run = _tool.Run(["compare", .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        Assert.Empty(_tool.Files);
    }
}
