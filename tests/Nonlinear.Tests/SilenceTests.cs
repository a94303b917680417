using System.Diagnostics;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Nonlinear.Lab.Onnx;
using Onnx;

namespace Nonlinear.Tests;

/// <summary>
/// The tool writes what it was asked for and nothing else, and talks to nobody: every system call that could is looked at, in an empty
/// home folder.
/// </summary>
[Trait("Speed", "slow")]
public sealed partial class SilenceTests : IDisposable
{
    // What .NET itself does in every process, for debuggers of the same user; no setting of a program turns it off. All of it is gone when
    // the process ends.
    private static readonly string[] OfDotnet =
    [
        @"^TMP/dotnet-diagnostic-\d+-\d+-socket$", @"^TMP/clr-debug-pipe-\d+-\d+-(in|out)$", @"^/dev/shm/sem\.clrst[0-9a-f]+$",
        // Names of threads, and places that keep nothing.
        @"^/proc/(self|\d+)/task/\d+/comm$", "^/dev/(null|tty|ptmx)$",
    ];

    // All that makes, changes or removes something that has a name; openat only if it could.
    private static readonly HashSet<string> Changing =
    [
        "open", "openat", "openat2", "creat", "mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2", "link", "linkat",
        "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "truncate", "chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchownat",
        "utime", "utimes", "utimensat", "futimesat", "setxattr", "lsetxattr", "removexattr", "mount",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("silence-").FullName;

    private string Work => Path.Combine(_root, "work");

    private string Home => Path.Combine(_root, "home");

    private string Temporary => Path.Combine(_root, "tmp");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("diagnose m.onnx --input x.npy --json")]
    [InlineData("diagnose m.onnx --input x.npy", "lab")]
    [InlineData("model show m.onnx")]
    [InlineData("model check m.onnx")]
    [InlineData("model swap m.onnx relu leaky_relu --output n.onnx --input x.npy", "n.onnx")]
    [InlineData("model export gelu --output g.onnx", "g.onnx")]
    [InlineData("choose -a relu,tanh --seeds 3 --epochs 1 --rates 0.01 --hidden 8 --save n.onnx", "lab", "n.onnx", "n.sample.npz")]
    [InlineData("plot relu gelu --output x.png", "x.png")]
    // The ways by which the guide is written: figures, pages, measurements. The guide itself takes long.
    [InlineData("measure gelu")]
    [InlineData("compare relu relu")]
    public void Nothing_is_written_but_what_was_asked_for_and_nobody_is_talked_to(string command, params string[] asked) =>
        Watch(command, asked);

    [Fact]
    public void Nor_by_the_guide()
    {
        Assert.SkipUnless(TestCatalog.IsEveryFunctionThorough, "Takes long: NONLINEAR_THOROUGH=1.");
        Watch("guide --language en --output pages", "pages");
    }

    private void Watch(string command, params string[] asked)
    {
        foreach (string folder in (string[])[Work, Home, Temporary])
            Directory.CreateDirectory(folder);
        GraphProto graph = new() { Name = "silent", Node = { OnnxModel.Node("Relu", ["x"], "y") } };
        graph.Input.Add(OnnxModel.FloatTensor("x", 2));
        graph.Output.Add(OnnxModel.FloatTensor("y", 2));
        string[] given = command.Contains("m.onnx", StringComparison.Ordinal) ? ["m.onnx", "x.npy"] : [];
        if (given.Length > 0)
        {
            File.WriteAllBytes(Path.Combine(Work, "m.onnx"), OnnxModel.Of(graph).ToByteArray());
            new ModelInputMaker("x", [400, 5]).Write(Work);
        }

        string[] trace = Trace(command.Split(' '));
        Assert.Contains(trace, line => line.Contains("Nonlinear.Lab.dll", StringComparison.Ordinal));
        string[] faults = Faults(trace);
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Home));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Temporary));
        Assert.Equal(
            asked.Concat(given).Order(StringComparer.Ordinal),
            Directory.EnumerateFileSystemEntries(Work).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("openat(AT_FDCWD, \"HOME/.cache/queue.db\", O_RDWR|O_CREAT, 0644) = 5")]
    [InlineData("mkdir(\"HOME/.cache\", 0700) = -1 EEXIST (File exists)")]
    [InlineData("openat(AT_FDCWD, \"TMP/trace\", O_WRONLY <unfinished ...>")]
    [InlineData("rename(\"WORK/a\", \"HOME/a\") = 0")]
    [InlineData("openat(AT_FDCWD, \"WORK/../b\", O_WRONLY) = 4")]
    [InlineData("socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP) = 9")]
    [InlineData("connect(9, {sa_family=AF_UNIX, sun_path=\"/var/run/nscd/socket\"}, 110) = -1 ENOENT (No such file or directory)")]
    [InlineData("bind(9, {sa_family=AF_UNIX, sun_path=\"TMP/other\"}, 110) = 0")]
    [InlineData("sendto(9, \"\\0\", 1, 0, NULL, 0) = 1")]
    public void What_writes_or_talks_is_seen_in_a_trace(string call) => Assert.Single(Faults(["12 " + Filled(call)]));

    [Theory]
    [InlineData("openat(AT_FDCWD, \"HOME/.config\", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)")]
    [InlineData("openat(AT_FDCWD, \"WORK/lab/index.html\", O_WRONLY|O_CREAT, 0644) = 5")]
    [InlineData("rename(\"WORK/a\", \"WORK/b\") = 0")]
    [InlineData("bind(11, {sa_family=AF_UNIX, sun_path=\"TMP/dotnet-diagnostic-1-2-socket\"}, 110) = 0")]
    [InlineData("<... openat resumed>) = 4")]
    [InlineData("readlink(\"/proc/self/exe\", \"/usr/bin/dotnet\", 1023) = 15")]
    public void What_only_reads_or_writes_in_its_place_is_free(string call) => Assert.Empty(Faults(["12 " + Filled(call)]));

    private string Filled(string call) => call.Replace("HOME", Home, StringComparison.Ordinal)
        .Replace("TMP", Temporary, StringComparison.Ordinal).Replace("WORK", Work, StringComparison.Ordinal);

    private string[] Faults(IEnumerable<string> trace) => [.. trace.Where(IsFault)];

    private bool IsFault(string line)
    {
        Match call = Call().Match(line);
        if (!call.Success)
            return false;
        (string name, string arguments) = (call.Groups[1].Value, call.Groups[2].Value);
        bool opens = name.StartsWith("open", StringComparison.Ordinal);
        if (Changing.Contains(name))
            return (!opens || Writing().IsMatch(arguments)) && !Strings().Matches(arguments).All(path => IsFree(path.Groups[1].Value));
        return name switch
        {
            // The one socket of .NET's own has its name in bind; an address of the internet has another family.
            "socket" => !arguments.StartsWith("AF_UNIX", StringComparison.Ordinal),
            "bind" => !Strings().Matches(arguments).All(path => IsFree(path.Groups[1].Value)),
            "connect" or "sendto" or "sendmsg" or "sendmmsg" or "recvfrom" or "recvmsg" or "recvmmsg" or "accept" or "accept4" => true,
            _ => false,
        };
    }

    private bool IsFree(string path)
    {
        string full = Path.GetFullPath(path, Work);
        return full == Work || full.StartsWith(Work + "/", StringComparison.Ordinal)
            || OfDotnet.Any(pattern => Regex.IsMatch(full, pattern.Replace("TMP", Regex.Escape(Temporary), StringComparison.Ordinal)));
    }

    private string[] Trace(string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "strace"))))
            Assert.Skip("There is no strace (apt-get install strace) to see what the tool does.");
        string trace = Path.Combine(_root, "trace");
        string tool = Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll");
        ProcessStartInfo start = new("strace", ["-f", "-o", trace, "-e", "trace=%file,%network", "dotnet", tool, .. arguments])
        {
            WorkingDirectory = Work,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // As a user has it: ONNX Runtime for one is silent where it believes that it is tested.
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Home;
        start.Environment["TMPDIR"] = Temporary;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
            start.Environment["DOTNET_ROOT"] = root;
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (error.Contains("ptrace", StringComparison.OrdinalIgnoreCase) && error.Contains("not permitted", StringComparison.Ordinal))
            Assert.Skip("strace is not permitted to trace here.");
        Assert.Equal((0, ""), (process.ExitCode, error));
        return File.ReadAllLines(trace);
    }

    [GeneratedRegex(@"^\d+ +(\w+)\((.*)$")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")]
    private static partial Regex Writing();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Strings();
}
