using System.Runtime.InteropServices;

namespace Nonlinear.Tests.Native;

/// <summary>libnonlinear, compiled once for all tests that want it; or a finished one, whose folder NONLINEAR_NATIVE names.</summary>
public sealed class NativeLibraryFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("native-").FullName;
    private readonly Lazy<string> _library;

    public NativeLibraryFile() => _library = new(Make);

    /// <summary>The library's file; skips the test where it cannot be made.</summary>
    public string Path => _library.Value;

    /// <summary>The folder that holds it and the header.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Compiles a C program against header and library.</summary>
    public string Compile(string source, string compiler = "clang", params string[] options)
    {
        string program = System.IO.Path.Combine(_folder, System.IO.Path.GetFileNameWithoutExtension(source) + "." + compiler);
        (int exitCode, string output) = Programs.Run(
            compiler,
            [
                source, "-o", program, "-O1", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", Folder, "-L", Folder,
                "-lnonlinear", "-lm", $"-Wl,-rpath,{Folder}", .. options,
            ]);
        Assert.True(exitCode == 0, output);
        return program;
    }

    private string Make()
    {
        if (Environment.GetEnvironmentVariable("NONLINEAR_NATIVE") is { Length: > 0 } named)
            return System.IO.Path.Combine(System.IO.Path.GetFullPath(named), "libnonlinear.so");
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Programs.IsInstalled("clang") && Programs.IsInstalled("ld.lld"),
            "clang and lld are not installed (apt-get install clang lld zlib1g-dev).");
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        Programs.Publish("src/Nonlinear.Native", $"linux-{architecture}", _folder);
        return System.IO.Path.Combine(_folder, "libnonlinear.so");
    }
}
