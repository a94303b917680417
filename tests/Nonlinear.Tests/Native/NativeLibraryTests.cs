namespace Nonlinear.Tests.Native;

/// <summary>The native library, called from C and from Python, gives the bits of the managed one.</summary>
[Trait("Speed", "slow")]
[Collection(nameof(NativeLibraryFile))]
public sealed class NativeLibraryTests(NativeLibraryFile library) : IDisposable
{
    private static readonly Lazy<NativeJobs> Jobs = new(MakeJobs);

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-").FullName;

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

    [Theory]
    [InlineData("")]
    [InlineData("flush")]
    public void From_Python_all_functions_have_the_same_bits(params string[] options)
    {
        Assert.SkipUnless(Programs.IsInstalled("python3"), "There is no Python (apt-get install python3-numpy).");
        Compare(Python, [Path.Combine(Sources, "jobs.py"), library.Path, _folder, .. options]);
    }

    private void Compare(string program, string[] arguments)
    {
        Jobs.Value.Write(_folder);
        (int exitCode, string output) = Programs.Run(program, arguments);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith(FormattableString.Invariant($"{Jobs.Value.Count} jobs"), output, StringComparison.Ordinal);
        Jobs.Value.Check(_folder);
    }

    private static NativeJobs MakeJobs() => TestCatalog.IsEveryFunctionThorough
        ? new(1_000_000, 20_000, [.. Catalog.Defaults, .. Others()])
        : new(100_000, 4_000, [.. Catalog.Defaults.Where(IsTaken), .. Others()]);

    // Most of the time goes into compiling the managed library just in time: one function of each route stands for the others.
    private static bool IsTaken(Activation activation) =>
        activation is not ElementwiseActivation || TestCatalog.Routes.Contains(activation.Info.Name);

    private static IEnumerable<Activation> Others() =>
        ((string[])["swish(beta=1.5)", "elu(alpha=0.3)", "maxout(pieces=5)", "torch.nn.LeakyReLU(0.2)"]).Select(Activation.Parse);
}
