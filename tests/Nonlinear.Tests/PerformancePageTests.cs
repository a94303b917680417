using System.Globalization;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Pages;

namespace Nonlinear.Tests;

/// <summary>Pages about speed: they are written from data, which are read as they were written.</summary>
public sealed class PerformancePageTests : IDisposable
{
    private static readonly RaceSetting Forward = new(Direction.Forward, FunctionKind.Elementwise, 1, 4096),
        Backward = Forward with { Direction = Direction.Backward },
        Rows = new(Direction.Forward, FunctionKind.AlongAxis, 4096, 128);

    private readonly string _above = Directory.CreateTempSubdirectory("performance-").FullName;

    private string Folder => Path.Combine(_above, "performance");

    public void Dispose() => Directory.Delete(_above, recursive: true);

    [Fact]
    public void Data_are_read_as_they_were_written()
    {
        MeasuredData data = Data("Some \"Processor\", 3 GHz: fast", 512, Sigmoid(0.9, 1.2));
        MeasuredData read = MeasuredData.Read(Write("a.csv", data));
        Assert.Equal(data.Facts, read.Facts);
        Assert.Equal(512, read.VectorBits);
        Assert.Equal(data.Measurements.Select(Line), read.Measurements.Select(Line));
        // The memory and the rivals have times of their own, which no ratio stands beside.
        Assert.Contains(read.Measurements, measurement => measurement is { Part: Part.Rival, Ratios.Count: 0 });
        Assert.Contains(read.Measurements, measurement => measurement.Contestant == "fast, from y");
    }

    [Theory]
    [InlineData(",ns,", ",nanoseconds,", "no column 'ns'")]
    [InlineData("0.25", "soon", "'soon' for a number of 'ns'")]
    [InlineData("Forward", "Sideways", "'Sideways' for 'direction', which is one of Forward, Backward")]
    [InlineData("# processor", "# computer", "no line says '# processor: …'")]
    [InlineData("512 bits", "wide", "wide")]
    public void Damaged_data_are_refused_by_name_and_no_page_is_touched(string right, string wrong, string why)
    {
        Directory.CreateDirectory(Folder);
        string file = Write("performance/a.csv", Data("Some Processor", 512, Sigmoid(0.25, 1)));
        File.WriteAllText(file, File.ReadAllText(file).Replace(right, wrong, StringComparison.Ordinal));
        FormatException refused = Assert.Throws<FormatException>(() => new PagesFolder(Folder).WritePages());
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Folder + ".md"));
    }

    [Fact]
    public void A_claim_is_judged_by_the_worst_case_beside_the_fastest_and_by_the_better_form()
    {
        SpeedClaim forward = new("all", FunctionKind.Elementwise, TierNames.Fast, SpeedClaim.FastestRival, 1)
            {
                Direction = Direction.Forward,
            },
            backward = forward with { Direction = Direction.Backward, From = Saved.Either },
            fromInputs = backward with { From = Saved.Inputs },
            exact = forward with { Tier = TierNames.Exact, Beside = "libtorch", AtMost = 1.3, AtMostNarrow = 1.95 };
        Measurement[] measurements =
        [
            .. Sigmoid(fast: 0.9, exact: 1.5),
            // One tier only: it counts in both.
            Ours(Forward, "relu", TierNames.Exact, 0.97, 0.5),
            Rival(Forward, "relu", "ONNX Runtime"),
            Ours(Backward, "sigmoid", TierNames.Fast, 2.5, 2.5),
        ];
        Assert.Equal([0.9, 0.97], forward.Ratios(measurements).Select(ratio => ratio.Value));
        Assert.Equal([0.7], backward.Ratios(measurements).Select(ratio => ratio.Value));
        Assert.Equal([2.5], fromInputs.Ratios(measurements).Select(ratio => ratio.Value));
        Assert.Equal((1.3, 1.95, 1.95), (exact.Bound(512), exact.Bound(256), exact.Bound(128)));
        Assert.Empty((forward with { Except = ["sigmoid", "relu"] }).Ratios(measurements));
        Assert.Empty((forward with { Beside = "somebody else" }).Ratios(measurements));
        Assert.Empty((forward with { Kind = FunctionKind.AlongAxis }).Ratios(measurements));

        string[] lines = ClaimTable.Markdown(
            [forward, fromInputs, exact, forward with { Beside = "somebody else" }],
            [Data("A", 512, measurements), Data("A", 256, measurements)]).Split('\n');
        Assert.EndsWith("| at most | A, 512 bits | A, 256 bits |", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("| 1.00 | **0.97** relu, 4,096 | **0.97** relu, 4,096 |", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(
            "| 1.00 | 2.50 sigmoid, 4,096; 1 of 1 above | 2.50 sigmoid, 4,096; 1 of 1 above |", lines[3], StringComparison.Ordinal);
        Assert.EndsWith(
            "| 1.30; below 512 bits 1.95 | 1.50 sigmoid, 4,096; 1 of 2 above | **1.50** sigmoid, 4,096 |",
            lines[4],
            StringComparison.Ordinal);
        Assert.EndsWith("| – | – |", lines[5], StringComparison.Ordinal);
        Assert.EndsWith("| 1 of 3 | 2 of 3 |", lines[6], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_processor_has_a_page_with_its_widths_and_all_have_a_column_in_one_table()
    {
        Directory.CreateDirectory(Folder);
        Write("performance/b-256.csv", Data("B", 256, Sigmoid(1.1, 2)));
        Write("performance/b-512.csv", Data("B", 512, Sigmoid(0.9, 1.2)));
        Write("performance/arm.csv", Data("Arm64 (implementer 0x41, part 0xd4f)", 128, Sigmoid(0.8, 1)));
        File.WriteAllText(Path.Combine(Folder, "b-512.svg"), "<svg/>");
        IReadOnlyList<string> pages = new PagesFolder(Folder).WritePages();
        Assert.Equal(
            [Folder + ".md", Path.Combine(Folder, "arm64-implementer-0x41-part-0xd4f.md"), Path.Combine(Folder, "b.md")], pages);
        string[] page = File.ReadAllLines(pages[2]);
        Assert.Equal("# B", page[0]);
        Assert.Equal(
            ["## Vectors of 512 bits", "## Vectors of 256 bits"], page.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Single(page, line => line.Contains("](b-512.svg)", StringComparison.Ordinal));
        Assert.DoesNotContain(page, line => line.Contains("](b-256.svg)", StringComparison.Ordinal));
        Assert.Contains("| sigmoid | fast | 0.90 | 12.0 | 0.50 | 0.90 | 0.80 |", page);
        Assert.Contains("| sigmoid | fast | 1.10 | 12.0 | 0.50 | 1.10 | 1.00 |", page);
        Assert.Contains("copy 0.040 ns an element.", page);
        string overview = File.ReadAllText(pages[0]);
        Assert.Contains(
            "| Arm64 (implementer 0x41, part 0xd4f), 128 bits | B, 512 bits | B, 256 bits |", overview, StringComparison.Ordinal);
        Assert.Contains("| [B](performance/b.md) | 256 bits |", overview, StringComparison.Ordinal);
        Assert.Contains(
            "| **0.80** sigmoid, 4,096 | **0.90** sigmoid, 4,096 | 1.10 sigmoid, 4,096; 1 of 1 above |",
            overview,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_are_written_where_a_folder_can_be_and_of_data_that_are_there()
    {
        string nowhere = Path.Combine(_above, "a", "b");
        Assert.Contains(
            "--output", Assert.Throws<DirectoryNotFoundException>(() => new PagesFolder(nowhere)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => new PagesFolder(Folder).WritePages());
        string file = Write("a.csv", Data("A", 512, Sigmoid(1, 1)));
        Assert.Contains("is a file", Assert.Throws<IOException>(() => new PagesFolder(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_in_the_documentation_are_those_of_the_data_beside_them()
    {
        string documentation = Path.Combine(FolderGraph.Root, "docs", "performance");
        Directory.CreateDirectory(Folder);
        foreach (string file in Directory.EnumerateFiles(documentation).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        Assert.All(new PagesFolder(Folder).WritePages(), page => Assert.Equal(
            File.ReadAllText(page), File.ReadAllText(Path.Combine(documentation, "..", Path.GetRelativePath(_above, page)))));
    }

    [Fact]
    public void Functions_that_claims_name_are_in_the_catalogue() => Assert.All(
        SpeedClaims.All.SelectMany(claim => claim.Functions.Concat(claim.Except)),
        name => Assert.Equal(name, Activation.Parse(name).Info.Name));

    [Theory]
    [InlineData("Intel(R) Xeon(R)  Platinum 8481C CPU @ 2.70GHz   (family 6, model 143)",
        "Intel Xeon Platinum 8481C CPU @ 2.70GHz (family 6, model 143)",
        "intel-xeon-platinum-8481c-cpu-2-70ghz-family-6-model-143")]
    [InlineData("AMD EPYC (family 25, model 17)", "AMD EPYC (family 25, model 17)", "amd-epyc-family-25-model-17")]
    public void A_processor_is_named_without_trademarks_and_its_files_by_letters_and_digits(string said, string name, string file)
    {
        Assert.Equal(name, ProcessorName.Plain(said));
        Assert.Equal(file, ProcessorName.InFiles(name));
    }

    [Fact]
    public void A_processor_without_a_name_is_known_by_its_maker_and_part() => Assert.EndsWith(
        " (implementer 0x41, part 0xd4f)",
        ProcessorName.FromLinux(["processor\t: 0", "CPU implementer\t: 0x41", "CPU part\t: 0xd4f", "", "CPU part\t: 0xd41"]),
        StringComparison.Ordinal);

    private static MeasuredData Data(string processor, int bits, IReadOnlyList<Measurement> measurements) => new(
        [(FactNames.Processor, processor), (FactNames.Vectors, $"{bits} bits"), (FactNames.Measured, "1 May 2027")],
        measurements);

    // Forward beside two rivals and a copy; backward from outputs by way of 0.7.
    private static Measurement[] Sigmoid(double fast, double exact) =>
    [
        new(Forward, "sigmoid", Part.Limit, "copy", 0.04, new Dictionary<string, double>()),
        Ours(Forward, "sigmoid", TierNames.Exact, 0.7, exact),
        new(Forward, "sigmoid", Part.Ours, TierNames.Fast, fast, new Dictionary<string, double>
        {
            ["copy"] = 12, [TierNames.Exact] = 0.5, ["ONNX Runtime"] = fast, ["libtorch"] = Math.Round(fast - 0.1, 2),
        }),
        Rival(Forward, "sigmoid", "ONNX Runtime"),
        Rival(Forward, "sigmoid", "libtorch"),
        Ours(Backward, "sigmoid", TierNames.FastFromOutput, 0.2, 0.7),
        Rival(Backward, "sigmoid", "libtorch"),
        Ours(Rows, "softmax", TierNames.Exact, 0.3, 0.4),
    ];

    private static Measurement Ours(RaceSetting setting, string function, string tier, double onnxRuntime, double libtorch) =>
        new(setting, function, Part.Ours, tier, 0.25, new Dictionary<string, double>
        {
            ["ONNX Runtime"] = onnxRuntime, ["libtorch"] = libtorch,
        });

    private static Measurement Rival(RaceSetting setting, string function, string name) =>
        new(setting, function, Part.Rival, name, 1, new Dictionary<string, double>());

    // Records compare dictionaries by identity.
    private static string Line(Measurement measurement)
    {
        (string, string, Part, string) who = (
            measurement.Setting.Title, measurement.Function, measurement.Part, measurement.Contestant);
        string ratios = string.Join(", ", measurement.Ratios.OrderBy(ratio => ratio.Key, StringComparer.Ordinal));
        return string.Create(CultureInfo.InvariantCulture, $"{who}: {measurement.Nanoseconds}, {ratios}");
    }

    private string Write(string name, MeasuredData data)
    {
        string path = Path.Combine(_above, name);
        using FileStream stream = File.Create(path);
        data.Write(stream);
        return path;
    }
}
