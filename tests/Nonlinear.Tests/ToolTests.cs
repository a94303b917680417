using System.Diagnostics;
using System.Text.Json;

namespace Nonlinear.Tests;

/// <summary>What a run of the tool left.</summary>
public sealed record ToolRun(int ExitCode, string Output, string Error);

/// <summary>The tool's verbs, run as processes.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void List_names_every_function()
    {
        ToolRun table = Run("list"), json = Run("list", "--json");
        string[] names =
            [.. JsonDocument.Parse(json.Output).RootElement.EnumerateArray().Select(function => function.GetProperty("name").GetString()!)];
        Assert.Equal(Catalog.All.Select(info => info.Name), names);
        Assert.All(names, name => Assert.Contains(name, table.Output, StringComparison.Ordinal));
        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
    }

    [Theory]
    [InlineData("swish(beta=2)", "x·σ(βx)", "[-0.1392323, ∞)")]
    [InlineData("softmax", "exp(xᵢ) / Σⱼ exp(xⱼ)", "Bridle")]
    [InlineData("keras:leaky_relu", "leaky_relu(alpha=0.2)", "torch.nn.LeakyReLU(negative_slope=0.2)", "darknet.relie cannot have")]
    [InlineData("maxout", "max(x₁, …, x_K)", "Goodfellow")]
    public void Show_tells_all_about_a_function_and_draws_it(string name, params string[] parts)
    {
        ToolRun run = Run("show", name);
        Assert.Equal(0, run.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Assert.Contains(run.Output, c => c is > '\u2800' and <= '\u28ff');
    }

    [Fact]
    public void Names_are_shown_by_framework_or_written_to_a_file()
    {
        ToolRun some = Run("names", "jax", "hf");
        Assert.Equal((0, ""), (some.ExitCode, some.Error));
        Assert.Contains(
            "| `jax.nn.gelu(x, approximate=True)` | `gelu_tanh` if `approximate=True`; `gelu`", some.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("torch.nn", some.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (Run("names", "--output", InFolder("names.md")).ExitCode, some.Error));
        Assert.StartsWith("# Names", File.ReadAllText(InFolder("names.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_gives_the_properties_as_a_table_or_as_JSON()
    {
        Assert.Contains("attracting", Run("measure", "selu").Output, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(Run("measure", "gelu", "--json").Output).RootElement;
        Assert.False(json.GetProperty("isMonotone").GetBoolean());
        Assert.True(json.GetProperty("cost").GetProperty("nanoseconds").GetDouble() > 0);
    }

    [Theory]
    [InlineData("-1.0444259e-07\n", "gelu", "--", "-5.5")]
    [InlineData("-1.0444259e-07\n", "gelu", "-5.5")]
    [InlineData("1.7580993\n", "selu", "--derivative", "0")]
    [InlineData("0.5\n", "sigmoid", "--type", "half", "0")]
    [InlineData("0.7310585786300049\n", "sigmoid", "--type", "double", "1")]
    [InlineData("0.73\n", "sigmoid", "--type", "bfloat16", "1")]
    [InlineData("-0.64\n", "tanh", "--curvature", "--type", "bfloat16", "1")]
    [InlineData("1\n2\n", "relu", "1", "2")]
    [InlineData("-0\nnan\ninf\n", "silu", "-inf", "nan", "inf")]
    [InlineData("0.5\n0.5\n", "softmax", "1000", "1000")]
    [InlineData("2\n7\n", "maxout", "1", "2", "7", "-1")]
    [InlineData("-0.75\n", "swish(beta=0)", "-1.5")]
    public void Eval_prints_a_shortest_number_per_line(string expected, params string[] arguments)
    {
        ToolRun run = Run(["eval", .. arguments]);
        Assert.Equal((0, expected, ""), (run.ExitCode, run.Output.ReplaceLineEndings("\n"), run.Error));
    }

    [Fact]
    public void Eval_reads_standard_input_and_answers_what_comes_before_a_mistake()
    {
        ToolRun good = RunWithInput("1 -2\n\n3\n", "eval", "relu"), bad = RunWithInput("1\nabc\n", "eval", "relu");
        ToolRun vector = RunWithInput("0\n0\n", "eval", "softmax");
        Assert.Equal("1\n0\n3\n", good.Output.ReplaceLineEndings("\n"));
        Assert.Equal((2, "1\n"), (bad.ExitCode, bad.Output.ReplaceLineEndings("\n")));
        Assert.Contains("line 2", bad.Error, StringComparison.Ordinal);
        Assert.Equal("0.5\n0.5\n", vector.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Plot_draws_in_the_terminal_or_to_a_file()
    {
        ToolRun terminal = Run("plot", "relu", "gelu", "--derivative", "--range=-3:3");
        Assert.Contains("gelu′", terminal.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("plot", "swish(beta=1.5)", "--output", InFolder("a.svg")).ExitCode);
        Assert.Equal(0, Run("plot", "softmax", "--output", InFolder("b.png")).ExitCode);
        Assert.Contains("β = 1.5", string.Concat(File.ReadAllText(InFolder("a.svg"))), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Verify_judges_results_and_keeps_what_it_found()
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        ToolRun table = Run("verify", "silu", "softmax", "--type", "bfloat16");
        ToolRun json = Run(
            "verify", "gelu", "--derivative", "--tier", "fast", "--type", "float", "--points", "1000", "--seed", "7", "--json");
        Assert.Equal((0, "", 0, ""), (table.ExitCode, table.Error, json.ExitCode, json.Error));
        Assert.Equal(4, table.Output.Split("holds").Length - 1);
        JsonElement row = Assert.Single(JsonDocument.Parse(json.Output).RootElement.EnumerateArray());
        string?[] subject = [.. ((string[])["function", "direction", "tier"]).Select(name => row.GetProperty(name).GetString())];
        Assert.Equal(["gelu", "derivative", "fast"], subject);
        Assert.True(row.GetProperty("holds").GetBoolean());
        Assert.InRange(row.GetProperty("judged").GetInt64(), 1000, 2000);

        File.WriteAllText(
            InFolder("peers.csv"),
            "# measured once\n"
            + "function,direction,type,library,judged,misrounded,lost,max_ulps,at\n"
            + "relu,forward,half,Other,65536,3,1,0.5,1\n");
        Assert.Equal(
            0, Run("verify", "relu", "--type", "half", "--peers", InFolder("peers.csv"), "--output", InFolder("page.md")).ExitCode);
        string page = File.ReadAllText(InFolder("page.md"));
        Assert.Contains("| relu | 0 | ≤ 0.5 ulp |", page, StringComparison.Ordinal);
        Assert.Contains("| relu | 0, 0.5 |  | 0.0046%, ∞ |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Eval_in_the_fast_tier_is_close()
    {
        ToolRun exact = Run("eval", "gelu", "-2.5", "1", "40"), fast = Run("eval", "gelu", "-2.5", "1", "40", "--tier", "fast");
        double[] near = Numbers(exact), nearly = Numbers(fast);
        Assert.Equal(3, nearly.Length);
        Assert.All(near.Zip(nearly), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Abs(pair.First)));

        static double[] Numbers(ToolRun run) =>
        [
            .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Guide_writes_a_language_to_a_folder()
    {
        ToolRun run = Run("guide", "--output", InFolder("guide"), "--language", "en");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.True(File.Exists(InFolder("guide/en/gelu.html")));
        Assert.False(Directory.Exists(InFolder("guide/zh")));
    }

    [Theory]
    [InlineData("softmax", "eval", "sofmax", "1")]
    [InlineData("swish has one parameter, beta", "eval", "swish(gamma=1)", "1")]
    [InlineData("'abc' is no number", "eval", "relu", "abc")]
    [InlineData("there are torch, jax", "names", "caffe")]
    [InlineData("say whose it is", "eval", "nn.gelu", "1")]
    [InlineData("'1,5' is no number", "eval", "relu", "1,5")]
    [InlineData("float", "eval", "relu", "1", "--type", "int")]
    [InlineData("exclude each other", "eval", "relu", "1", "--derivative", "--curvature")]
    [InlineData("derivative", "eval", "softmax", "1", "--derivative")]
    [InlineData("multiple", "eval", "maxout", "1", "2", "3")]
    [InlineData("There is no command 'lst'", "lst")]
    [InlineData("Name a command")]
    [InlineData("range", "plot", "relu", "--range=3:1")]
    [InlineData(".svg, .pdf or .png", "plot", "relu", "--output", "a.jpg")]
    [InlineData("no curve", "plot", "relu", "softmax", "--output", "a.png")]
    [InlineData("--output", "apply", "relu", "--input", "a.npy")]
    [InlineData(
        "--threads must be a whole number from 0 to 1024", "apply", "relu", "--input", "a.npy", "--output", "b.npy", "--threads", "-1")]
    [InlineData("zh", "guide", "--language", "fr")]
    [InlineData("exclude each other", "verify", "relu", "--forward", "--derivative")]
    [InlineData("--points", "verify", "relu", "--points", "-1")]
    [InlineData("fast", "eval", "relu", "1", "--tier", "slow")]
    [InlineData("--output", "verify", "relu", "--peers", "peers.csv")]
    [InlineData("'99999' is no port", "explore", "--port", "99999")]
    [InlineData("'nowhere' is no address", "explore", "--host", "nowhere")]
    public void Misuse_is_one_line_that_names_the_thing_and_exit_code_2(string part, params string[] arguments) =>
        Complains(2, part, arguments);

    [Theory]
    [InlineData("There is no file 'missing.npy'", "apply", "relu", "--input", "missing.npy", "--output", "out.npy")]
    [InlineData("no folder", "plot", "relu", "--output", "missing/a.png")]
    public void Failure_is_one_line_that_names_the_thing_and_exit_code_1(string part, params string[] arguments) =>
        Complains(1, part, arguments);

    private void Complains(int exitCode, string part, string[] arguments)
    {
        ToolRun run = Run(arguments);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("nonlinear: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private static string ToolPath => Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");

    private string InFolder(string path) => Path.Combine(_folder, path);

    private ToolRun Run(params string[] arguments) => RunWithInput("", arguments);

    private ToolRun RunWithInput(string input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [ToolPath, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }
}
