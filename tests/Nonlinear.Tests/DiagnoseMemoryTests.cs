using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Tests;

/// <summary>The memory that the tool needs for a large model.</summary>
[Trait("Speed", "slow")]
public sealed class DiagnoseMemoryTests : IDisposable
{
    // 40 images need no more than 8: nothing of an image is kept but sums. docs/models.md has the figures.
    private const int Images = 8;

    // What 1.5 GB allow, with room for a machine that works on more threads.
    private const long MostKilobytes = 800 << 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("memory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_detector_of_PP_OCR_is_diagnosed_at_full_size_in_far_less_than_its_tensors_take()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only Linux tells the peak of a process.");
        string model = RealModels.Named("ch_PP-OCRv4_det_infer.onnx").File;
        string sample = new ModelInputMaker("x", [Images, 3, 640, 640]).Write(_folder);
        string tool = Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [tool, "diagnose", model, "--input", sample, "--output", "d.html"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        // The peak only grows, and is gone with the process.
        long peak = 0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, Peak(process.Id));
        Assert.Equal((0, ""), (process.ExitCode, await error));
        Assert.Contains("hard_swish", await output, StringComparison.Ordinal);
        Assert.InRange(peak, 50 << 10, MostKilobytes);
        TestContext.Current.TestOutputHelper?.WriteLine($"{peak >> 10} MB");
    }

    private static long Peak(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                .Select(line => long.Parse(line[6..^2], CultureInfo.InvariantCulture)).FirstOrDefault();
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
