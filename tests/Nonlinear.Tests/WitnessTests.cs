using System.Diagnostics;

namespace Nonlinear.Tests;

public class WitnessTests
{
    [Fact]
    [Trait("Speed", "slow")]
    public void Mpmath_gives_every_reference_value_too()
    {
        string? python = Pythons().FirstOrDefault(candidate => Run(candidate, "-c", "import mpmath").ExitCode == 0);
        Assert.SkipWhen(python is null, "No python3 with mpmath is installed (apt-get install python3-mpmath).");
        string references = Path.Combine(AppContext.BaseDirectory, "References");
        (int exitCode, string output) = Run(python, Path.Combine(references, "witness.py"), references);
        Assert.True(exitCode == 0, output);
        Assert.EndsWith("values, 0 differ", output.TrimEnd(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Pythons() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "python3"))
        .Where(File.Exists);

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
