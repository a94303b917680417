using System.Diagnostics;

namespace Nonlinear.Tests;

/// <summary>An empty folder in which the tool is run as a process.</summary>
public sealed class ToolFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tool-").FullName;

    /// <summary>The names of the files in it.</summary>
    public IEnumerable<string> Files =>
        Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The path of a file in it.</summary>
    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>The tool's assembly.</summary>
    public static string Tool => Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");

    /// <summary>Runs the tool without input.</summary>
    public ToolRun Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>Starts the tool, which waits for its input.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Tool, .. arguments])
    {
        WorkingDirectory = _folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = System.Text.Encoding.UTF8,
        StandardErrorEncoding = System.Text.Encoding.UTF8,
    })!;
}
