namespace Nonlinear.Tests.Native;

/// <summary>The native library, called from C and from Python, gives the bits of the managed one.</summary>
[Trait("Speed", "slow")]
[Collection(nameof(NativeLibraryFile))]
public sealed class NativeLibraryTests(NativeLibraryFile library) : IDisposable
{
    private static NativeJobs? _jobs;

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-").FullName;

    // Those of FewCatalog.cs.
    private static readonly Activation[] FewFunctions =
    [
        Activation.Tanh(), Activation.Relu(), Activation.Elu(0.3), Activation.Gelu(), Activation.Swiglu(), Activation.Softmax(),
        Activation.Sparsemax(), Activation.Crelu(), Activation.Maxout(5),
    ];

    private static string Sources => Path.Combine(FolderGraph.Root, "tests", "Nonlinear.Tests", "Native");

    private static string Examples => Path.Combine(FolderGraph.Root, "examples", "native");

    // Debian's own, which has Debian's NumPy.
    private static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("flush")]
    [InlineData("upward")]
    [InlineData("flush", "threads", "2")]
    public void From_C_all_functions_have_the_same_bits_however_the_thread_computes(params string[] options)
    {
        string program = library.Compile(Path.Combine(Sources, "jobs.c"));
        Compare(program, [_folder, .. options.Where(option => option.Length > 0)]);
    }

    // Beside the processor the compiler is another as well: nothing of the library is compiled just in time.
    [Theory]
    [InlineData("")]
    [InlineData("flush")]
    public void On_an_Arm_processor_they_have_the_same_bits(params string[] options)
    {
        const string Libraries = "/usr/aarch64-linux-gnu";
        Assert.SkipUnless(
            Programs.IsInstalled("qemu-aarch64") && Programs.IsInstalled("clang") && Programs.IsInstalled("ld.lld")
                && File.Exists($"{Libraries}/lib/crt1.o") && Directory.Exists("/usr/lib/gcc-cross/aarch64-linux-gnu"),
            "There is no emulator or no linking for it (apt-get install qemu-user clang lld libgcc-12-dev-arm64-cross).");
        string folder = library.FolderForArm;
        string program = library.Compile(
            Path.Combine(Sources, "jobs.c"), folder, "clang", ["--target=aarch64-linux-gnu", "-fuse-ld=lld"]);
        NativeJobs jobs = new(10_000, 2_000, FewFunctions);
        Compare(jobs, "qemu-aarch64", ["-L", Libraries, program, _folder, .. options.Where(option => option.Length > 0)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("flush")]
    public void From_Python_all_functions_have_the_same_bits(params string[] options)
    {
        Assert.SkipUnless(Programs.IsInstalled("python3"), "There is no Python (apt-get install python3-numpy).");
        Compare(Python, [Path.Combine(Sources, "jobs.py"), library.Path, _folder, .. options]);
    }

    // Loaded and closed, called wrongly, forked; and helpers go.
    [Fact]
    public void The_process_around_it_stays_as_it_was()
    {
        string program = library.Compile(Path.Combine(Sources, "host.c"), "clang", "-D_DEFAULT_SOURCE");
        (int exitCode, string output) = Programs.Run(program, [library.Path]);
        Assert.True(exitCode == 0, output);
        Assert.EndsWith("done\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_run()
    {
        string program = library.Compile(Path.Combine(Examples, "gelu.c"));
        (int exitCode, string output) = Programs.Run(program, []);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith(
            FormattableString.Invariant($"gelu(-5.5) = -1.04442591e-07, slope -5.73347222e-07\n"), output, StringComparison.Ordinal);
        Assert.Contains("jelu: There is no activation function 'jelu'", output, StringComparison.Ordinal);
        Assert.SkipUnless(
            Programs.Run(Python, ["-c", "import numpy"]).ExitCode == 0, "There is no NumPy (apt-get install python3-numpy).");
        (exitCode, output) = Programs.Run(Python, [Path.Combine(Examples, "gelu.py"), library.Path]);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("gelu(-5.5) = -1.0444259e-07 slope -5.733472e-07\n", output, StringComparison.Ordinal);
    }

    private void Compare(string program, string[] arguments) => Compare(_jobs ??= MakeJobs(library.Functions), program, arguments);

    private void Compare(NativeJobs jobs, string program, string[] arguments)
    {
        jobs.Write(_folder);
        (int exitCode, string output) = Programs.Run(program, arguments);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith(FormattableString.Invariant($"{jobs.Count} jobs"), output, StringComparison.Ordinal);
        jobs.Check(_folder);
    }

    private static NativeJobs MakeJobs(IReadOnlyList<Activation> functions) => TestCatalog.IsEveryFunctionThorough
        ? new(1_000_000, 20_000, functions)
        : new(100_000, 4_000, functions);
}
