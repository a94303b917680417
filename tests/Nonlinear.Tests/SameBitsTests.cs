using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nonlinear.Tests;

/// <summary>
/// Everything that the library computes has the same bits on narrower vectors, on another processor, and compiled ahead of time.
/// </summary>
[Trait("Speed", "slow")]
public sealed class SameBitsTests : IDisposable
{
    private static readonly Lazy<string> Here = new(() => Checksums("dotnet", [Program, .. Whole]));

    private readonly string _folder = Directory.CreateTempSubdirectory("bits-").FullName;

    // A run is nearly all compiling: of every function, operation, type and width. What differs from processor to processor are the routes
    // and the steps that formulas share, and these functions take every one.
    private static string[] Whole =>
        TestCatalog.IsEveryFunctionThorough ? [] : ["--only", .. TestCatalog.Routes, "softmax", "log_softmax", "maxout"];

    // An emulator compiles forty times as slowly, and ahead of time everything is compiled: a few results stand for the rest.
    private static string Few => TestCatalog.IsEveryFunctionThorough ? "-p:Few=false" : "-p:Few=true";

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Nonlinear.Checksums.dll");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // "# 256 bits, just in time, X64" is the first line: it says that the setting had an effect.
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "512")]
    [InlineData("DOTNET_EnableAVX2", "512", "256")]
    [InlineData("DOTNET_EnableAVX", "512", "256")]
    [InlineData("DOTNET_EnableHWIntrinsic", "512", "256", "128")]
    public void Narrower_vectors_give_the_same_bits(string setting, params string[] without)
    {
        Assert.SkipWhen(
            setting == "DOTNET_EnableAVX512" && !Vector512.IsHardwareAccelerated, "Nothing is narrower where AVX-512 is missing.");
        // To the kernels it is the same: vectors of 128 bits, and no fused multiplication. Only the instructions' encoding is another.
        Assert.SkipWhen(
            setting == "DOTNET_EnableAVX" && !TestCatalog.IsEveryFunctionThorough, "As without AVX2 (NONLINEAR_THOROUGH=1).");
        string narrow = Checksums("dotnet", [Program, .. Whole], (setting, "0"));
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
            Assert.All(without, width => Assert.False(narrow.StartsWith($"# {width} bits", StringComparison.Ordinal), narrow[..40]));
        AssertSame(narrow);
    }

    [Fact]
    public void Compiled_ahead_of_time_it_gives_the_same_bits()
    {
        Assert.SkipUnless(
            TestCatalog.IsEveryFunctionThorough, "The native library is held to the same bits; this one is with NONLINEAR_THOROUGH=1.");
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Programs.IsInstalled("clang") && Programs.IsInstalled("ld.lld"),
            "clang and lld are not installed (apt-get install clang lld).");
        Publish(
            $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}",
            "-p:PublishAot=true", "-p:LinkerFlavor=lld", Few);
        string native = Checksums(Path.Combine(_folder, "Nonlinear.Checksums"), []);
        Assert.Contains("ahead of time", native, StringComparison.Ordinal);
        AssertSame(native, all: TestCatalog.IsEveryFunctionThorough);
    }

    [Fact]
    public void An_Arm_processor_gives_the_same_bits()
    {
        const string Libraries = "/usr/aarch64-linux-gnu";
        Assert.SkipUnless(
            Programs.IsInstalled("qemu-aarch64") && File.Exists($"{Libraries}/lib/libstdc++.so.6"),
            "There is no emulator (apt-get install qemu-user libc6-arm64-cross libstdc++6-arm64-cross).");
        Publish("linux-arm64", "--self-contained", Few);
        string emulated = Checksums("qemu-aarch64", ["-L", Libraries, Path.Combine(_folder, "Nonlinear.Checksums")]);
        Assert.StartsWith("# 128 bits, just in time, Arm64", emulated, StringComparison.Ordinal);
        AssertSame(emulated, all: TestCatalog.IsEveryFunctionThorough);
    }

    private static void AssertSame(string checksums, bool all = true)
    {
        string[] expected = Lines(Here.Value), actual = Lines(checksums);
        Assert.True(expected.Length > 150, Here.Value);
        if (!all)
        {
            // All that is there of what is there.
            Assert.True(actual.Length > 10, checksums);
            HashSet<string> seen = [.. actual.Select(Subject)];
            expected = [.. expected.Where(line => seen.Contains(Subject(line)))];
        }
        Assert.Equal(expected, actual);
    }

    // Everything before the checksum.
    private static string Subject(string line) => line[..(line.LastIndexOf(' ') + 1)];

    private static string[] Lines(string checksums) => [.. checksums.Split('\n').Where(line => !line.StartsWith('#'))];

    private void Publish(string runtime, params string[] options) =>
        Programs.Publish("tests/Nonlinear.Checksums", runtime, _folder, options);

    private static string Checksums(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        (int exitCode, string output) = Programs.Run(program, arguments, environment);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
