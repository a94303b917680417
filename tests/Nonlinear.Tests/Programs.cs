using System.Diagnostics;

namespace Nonlinear.Tests;

/// <summary>Other programs that tests need: whether they are there, and what they say.</summary>
internal static class Programs
{
    /// <summary>Whether a program would be found.</summary>
    public static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(
        string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>Publishes a project for a system into a folder; skips the test where there are no sources.</summary>
    public static void Publish(string project, string runtime, string folder, params string[] options)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Nonlinear.slnx")))
            root = root.Parent;
        Assert.SkipWhen(root is null, "The sources are not there to be compiled.");
        // Beside the sources, whose own outputs other builds may be using.
        (int exitCode, string output) = Run(
            "dotnet",
            [
                "publish", Path.Combine(root.FullName, project), "-c", "Release", "-r", runtime, "-o", folder,
                "--artifacts-path", Path.Combine(folder, "build"), "-nodeReuse:false", "-p:RunAnalyzers=false", .. options,
            ]);
        Assert.True(exitCode == 0, output);
    }
}
