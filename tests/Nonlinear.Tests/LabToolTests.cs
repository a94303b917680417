using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Nonlinear.Lab.Arrays;
using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>The verbs of the lab, run as processes.</summary>
public sealed class LabToolTests : IDisposable
{
    private static readonly string[] Choice =
        ["choose", "--activations", "relu,tanh", "--seeds", "8", "--epochs", "8", "--hidden", "16,16"];

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Speed", "slow")]
    public void What_was_killed_goes_on_and_ends_with_the_same_numbers_on_any_number_of_threads()
    {
        using (Process killed = Start([.. Choice, "--output", "interrupted", "--threads", "1"]))
        {
            Stopwatch patience = Stopwatch.StartNew();
            while (Runs("interrupted").Count < 3 && patience.Elapsed < TimeSpan.FromMinutes(2))
                Thread.Sleep(20);
            killed.Kill(entireProcessTree: true);
            killed.WaitForExit();
        }
        Dictionary<string, double> before = Runs("interrupted");
        Assert.InRange(before.Count, 3, 15);

        ToolRun goneOn = Run([.. Choice, "--output", "interrupted", "--threads", "1"]);
        ToolRun atOnce = Run([.. Choice, "--output", "whole", "--threads", "2"]);
        Assert.Equal((0, 0), (goneOn.ExitCode, atOnce.ExitCode));
        Dictionary<string, double> after = Runs("interrupted");
        // Two functions and two models without hidden layers for each seed.
        Assert.Equal(32, after.Count);
        // The time of a run that was kept is that of its first and only execution.
        Assert.All(before, run => Assert.Equal(run.Value, after[run.Key]));
        Assert.Equal(after.Keys.Order(), Runs("whole").Keys.Order());
        Assert.Equal(Numbers(goneOn.Output), Numbers(atOnce.Output));

        // The table of the ranking and the advice; times and the path differ.
        static string Numbers(string output)
        {
            IEnumerable<string> verdicts = output.Split('\n').Where(
                line => line.StartsWith("Nothing could be shown", StringComparison.Ordinal)
                    || line.StartsWith("Use ", StringComparison.Ordinal));
            return output[..output.IndexOf("Means over seeds", StringComparison.Ordinal)] + string.Join('\n', verdicts);
        }
    }

    [Fact]
    [Trait("Speed", "slow")]
    public void Choose_reads_a_table_writes_a_page_and_saves_a_network_that_diagnose_can_read()
    {
        File.WriteAllText(
            Path.Combine(_folder, "t.csv"),
            "x,z,y\n"
            + string.Concat(Enumerable.Range(0, 80).Select(i => $"{i % 7},{i % 3},{(i % 7 > 3 ? "big" : "small")}\n")));
        File.WriteAllText(Path.Combine(_folder, "net.npy"), "mine");
        ToolRun choice = Run(
            "choose", "t.csv", "--target", "y", "--activations", "relu,\"swish(beta=1.5)\"",
            "--seeds", "3", "--epochs", "2", "--rates", "0.01", "--save", "net.onnx");
        Assert.Equal((0, ""), (choice.ExitCode, choice.Error));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "net.npy")));
        Assert.Contains("swish(beta=1.5)", choice.Output, StringComparison.Ordinal);
        string place = Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "lab/choose")));
        string page = File.ReadAllText(Path.Combine(place, "index.html"));
        Assert.Contains("nonlinear choose t.csv --target y", page, StringComparison.Ordinal);
        Assert.All(Images(page), image => Assert.True(File.Exists(Path.Combine(place, image)), image));

        ToolRun table = Run("diagnose", "net.onnx", "--input", "net.sample.npz");
        ToolRun json = Run("diagnose", "net.onnx", "--input", "net.sample.npz", "--json");
        Assert.Equal((0, "", 0, ""), (table.ExitCode, table.Error, json.ExitCode, json.Error));
        Assert.Contains("hidden 2", table.Output, StringComparison.Ordinal);
        Assert.StartsWith("{", json.Output, StringComparison.Ordinal);
        Assert.Contains("hidden 2", File.ReadAllText(Path.Combine(_folder, "lab/diagnose/index.html")), StringComparison.Ordinal);

        // The same answer from the runs that were kept, for programs, and for a narrow terminal.
        string[] again = ["choose", "t.csv", "--target", "y", "--activations", "relu,\"swish(beta=1.5)\"", "--seeds", "3",
            "--epochs", "2", "--rates", "0.01"];
        using JsonDocument answer = JsonDocument.Parse(Run([.. again, "--json"]).Output);
        Assert.Equal(2, answer.RootElement.GetProperty("functions").GetArrayLength());
        Assert.Equal(80, answer.RootElement.GetProperty("data").GetProperty("rows").GetInt32());
        Assert.All(RunIn(60, again).Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 60, line));

        ToolRun alone = Run("diagnose", "net.onnx", "--input", "net.sample.npz", "--against", "net.onnx", "--output", "alone.html");
        Assert.Equal((0, ""), (alone.ExitCode, alone.Error));
        Assert.Contains("no verdict is another and no unit died", alone.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "alone.html")));
    }

    [Fact]
    public void A_fault_that_was_asked_for_sets_the_exit_status_and_others_do_not()
    {
        // Unit 1 of the rectifier receives nothing above 0; what it makes goes on, so it is no output.
        GraphProto graph = new() { Name = "two units" };
        graph.Input.Add(OnnxModel.FloatTensor("x", 2));
        TensorProto weights = new() { Name = "w", DataType = (int)TensorProto.Types.DataType.Float, FloatData = { 1, 2, 3, 4 } };
        weights.Dims.Add([2, 2]);
        graph.Initializer.Add(weights);
        graph.Node.Add(OnnxModel.Node("Relu", ["x"], "r"));
        graph.Node.Add(OnnxModel.Node("MatMul", ["r", "w"], "y"));
        graph.Output.Add(OnnxModel.FloatTensor("y", 2));
        File.WriteAllBytes(Path.Combine(_folder, "two.onnx"), OnnxModel.Of(graph).ToByteArray());
        NpyFloats.Write(Path.Combine(_folder, "x.npy"), [1, -1, -2, -3, 3, -4, -4, -1], 4);

        ToolRun found = Run("diagnose", "two.onnx", "--input", "x.npy", "--fail-on", "nan,dead", "--json");
        Assert.Equal(
            (1, "nonlinear: 'two.onnx' has dead units in 'r' (1 of 2)."),
            (found.ExitCode, found.Error.TrimEnd()));
        Assert.StartsWith("{", found.Output, StringComparison.Ordinal);
        ToolRun none = Run("diagnose", "two.onnx", "--input", "x.npy", "--fail-on", "nan", "--fail-on", "saturated", "--json");
        Assert.Equal((0, ""), (none.ExitCode, none.Error));
    }

    [Theory]
    [Trait("Speed", "slow")]
    [InlineData("learned", "PReLU's slopes start at 0.25 and end")]
    // SELU, alone among those without pieces, keeps a variance near 1.
    [InlineData("self-normalising", "lies between a half and two for selu")]
    public void A_study_writes_a_page_with_its_figures(string study, string found)
    {
        Assert.SkipUnless(study == "learned" || TestCatalog.IsEveryFunctionThorough, "Takes a minute: NONLINEAR_THOROUGH=1.");
        ToolRun run = Run("study", study, "--quick");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string page = File.ReadAllText(Path.Combine(_folder, $"lab/{study}/index.html"));
        Assert.All(Images(page), image => Assert.True(File.Exists(Path.Combine(_folder, $"lab/{study}", image)), image));
        Assert.Contains($"nonlinear study {study} --quick", page, StringComparison.Ordinal);
        Assert.Contains(found, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "depth", "study", "deep")]
    [InlineData(2, "--threads", "study", "depth", "--threads", "0")]
    [InlineData(2, "--seeds", "choose", "--seeds", "2")]
    [InlineData(2, "'5' is no time", "choose", "--budget", "5")]
    [InlineData(2, "'1' is no share", "choose", "--dropout", "1")]
    [InlineData(2, "names a Host and a Database", "choose", "--store", "Host=db")]
    [InlineData(2, "is no place for a page", "worker", "--store", "Host=db;Database=lab", "--dashboard", "here")]
    [InlineData(2, "--target", "choose", "u.csv")]
    [InlineData(2, "rulu", "choose", "--activations", "relu,rulu")]
    [InlineData(2, "at least two", "choose", "--activations", "relu")]
    [InlineData(2, "--input", "diagnose", "m.onnx")]
    [InlineData(2, "'ded' is nothing to fail on", "diagnose", "m.onnx", "--input", "x.npy", "--fail-on", "nan,ded")]
    [InlineData(2, "--batch", "diagnose", "m.onnx", "--input", "x.npy", "--batch", "0")]
    [InlineData(1, "no folder", "diagnose", "m.onnx", "--input", "x.npy", "--output", "nowhere/page.html")]
    [InlineData(1, "no folder", "choose", "--save", "nowhere/net.onnx")]
    [InlineData(1, "holds something else", "choose", "--save", "taken.onnx")]
    [InlineData(2, "learns can be saved for prelu only", "choose", "-a", "relu,swish(beta=learned-per-unit)", "--save", "n.onnx")]
    [InlineData(2, "built in", "choose", "digits", "--target", "y")]
    [InlineData(1, "is a file", "choose", "--output", "occupied/choose/note.txt")]
    [InlineData(1, "something other than a page", "choose", "--output", "occupied")]
    [InlineData(1, "no database of results", "choose", "--output", "foreign")]
    [InlineData(1, "There is no file 't.csv'", "choose", "t.csv", "--target", "y")]
    [InlineData(1, "There is no file 'm.onnx'", "diagnose", "m.onnx", "--input", "x.npy")]
    [InlineData(1, "dataset-fashion-mnist", "study", "published", "--data", "nowhere", "--output", ".")]
    public void What_is_wrong_is_one_line_that_names_the_thing(int exitCode, string part, params string[] arguments)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "occupied/choose"));
        File.WriteAllText(Path.Combine(_folder, "occupied/choose/note.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(_folder, "occupied/choose/digits"));
        File.WriteAllText(Path.Combine(_folder, "occupied/choose/digits/note.txt"), "mine");
        File.WriteAllText(Path.Combine(_folder, "taken.sample.npz"), "mine");
        File.WriteAllText(Path.Combine(_folder, "u.csv"), "x,y\n1,2\n");
        Directory.CreateDirectory(Path.Combine(_folder, "foreign"));
        File.WriteAllText(Path.Combine(_folder, "foreign/results.db"), string.Concat(Enumerable.Repeat("no database ", 20)));
        ToolRun run = Run(arguments);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.Contains(part, Assert.Single(run.Error.TrimEnd().ReplaceLineEndings("\n").Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*.html", SearchOption.AllDirectories), _ => true);
    }

    // Pages are XML but for their first line.
    private static string[] Images(string page) =>
    [
        .. XDocument.Parse(page[page.IndexOf('\n', StringComparison.Ordinal)..]).Descendants()
            .Where(element => element.Name.LocalName == "img")
            .Select(image => image.Attribute("src")!.Value),
    ];

    private Dictionary<string, double> Runs(string lab)
    {
        Dictionary<string, double> runs = [];
        string path = Path.Combine(_folder, lab, "results.db");
        if (!File.Exists(path))
            return runs;
        try
        {
            using SqliteConnection connection = new($"Data Source={path};Mode=ReadWrite;Pooling=false");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT key, seconds FROM runs";
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
                runs.Add(reader.GetString(0), reader.GetDouble(1));
        }
        catch (SqliteException)
        {
            // The table is being made.
        }
        return runs;
    }

    private Process Start(string[] arguments, int? columns = null)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");
        ProcessStartInfo start = new("dotnet", [tool, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        if (columns is { } width)
            start.Environment["COLUMNS"] = width.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private ToolRun Run(params string[] arguments) => RunIn(columns: null, arguments);

    private ToolRun RunIn(int? columns, string[] arguments)
    {
        using Process process = Start(arguments, columns);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // On a busy machine work takes long enough for a word about its progress.
        string lines = string.Concat(error.Result.Split('\n').Where(line => !line.Contains("% done", StringComparison.Ordinal))
            .Select(line => line.Length == 0 ? "" : line + "\n"));
        return new(process.ExitCode, output, lines);
    }
}
