using System.Runtime.InteropServices;
using System.Text;

namespace Nonlinear.Tests.Native;

/// <summary>libnonlinear, compiled once for all tests that want it; or a finished one, whose folder NONLINEAR_NATIVE names.</summary>
public sealed class NativeLibraryFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("native-").FullName;
    private readonly Lazy<string> _library, _folderForArm;

    private readonly Lazy<IReadOnlyList<Activation>> _functions;

    public NativeLibraryFile() => (_library, _folderForArm, _functions) = (new(Make), new(MakeForArm), new(ReadCatalog));

    private delegate int Count();

    private delegate long Name(int index, byte[] buffer, long capacity);

    /// <summary>The library's file; skips the test where it cannot be made.</summary>
    public string Path => _library.Value;

    /// <summary>
    /// The functions that it has, by its own word: all, or those of FewCatalog.cs. Of all, most of the time goes into compiling the managed
    /// library just in time, and one of each route stands for the others.
    /// </summary>
    public IReadOnlyList<Activation> Functions => _functions.Value;

    /// <summary>The folder that holds it and the header.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The folder of one for 64-bit Arm, of few functions: an emulator runs them.</summary>
    public string FolderForArm => _folderForArm.Value;

    /// <summary>Compiles a C program against header and library.</summary>
    public string Compile(string source, string compiler = "clang", params string[] options) =>
        Compile(source, Folder, compiler, options);

    /// <summary>Compiles a C program against the header and the library in a folder.</summary>
    public string Compile(string source, string folder, string compiler, string[] options)
    {
        string program = System.IO.Path.Combine(
            _folder,
            $"{System.IO.Path.GetFileNameWithoutExtension(source)}.{System.IO.Path.GetFileName(folder)}.{compiler}");
        (int exitCode, string output) = Programs.Run(
            compiler,
            [
                source, "-o", program, "-O1", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", folder, "-L", folder,
                "-lnonlinear", "-lm", $"-Wl,-rpath,{folder}", .. options,
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
        Programs.Publish(
            "src/Nonlinear.Native", $"linux-{architecture}", _folder,
            "-p:NativeDebugSymbols=false", $"-p:FewFunctions={(TestCatalog.IsEveryFunctionThorough ? "false" : "true")}");
        return System.IO.Path.Combine(_folder, "libnonlinear.so");
    }

    private string MakeForArm()
    {
        string folder = System.IO.Path.Combine(_folder, "arm");
        // Without an objcopy of that processor nothing is stripped.
        Programs.Publish(
            "src/Nonlinear.Native", "linux-arm64", folder,
            "-p:NativeDebugSymbols=false", "-p:StripSymbols=false", "-p:FewFunctions=true");
        return folder;
    }

    private List<Activation> ReadCatalog()
    {
        nint library = NativeLibrary.Load(Path);
        int count = Marshal.GetDelegateForFunctionPointer<Count>(NativeLibrary.GetExport(library, "nl_catalog_count"))();
        Name name = Marshal.GetDelegateForFunctionPointer<Name>(NativeLibrary.GetExport(library, "nl_catalog_name"));
        List<Activation> functions = [Activation.Elu(0.3), Activation.Maxout(5)];
        byte[] buffer = new byte[200];
        for (int i = 0; i < count; i++)
        {
            int length = (int)name(i, buffer, buffer.Length);
            Assert.InRange(length, 1, buffer.Length - 1);
            Activation function = Activation.Parse(Encoding.UTF8.GetString(buffer, 0, length));
            if (TestCatalog.IsEveryFunctionThorough
                || function is not ElementwiseActivation
                || TestCatalog.Routes.Contains(function.Info.Name)
                || count < 20)
                functions.Add(function);
        }
        Assert.True(functions.Count > 10);
        return functions;
    }
}
