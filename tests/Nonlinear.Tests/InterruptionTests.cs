using System.Diagnostics;
using System.Globalization;

namespace Nonlinear.Tests;

/// <summary>The tool is told to end while it works: it says so, at once, and leaves nothing behind.</summary>
public sealed class InterruptionTests : IDisposable
{
    // What a shell adds to a signal's number.
    private const int Listening = 128;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT", Listening + 2)]
    [InlineData("TERM", Listening + 15)]
    [InlineData("HUP", Listening + 1)]
    public void Waiting_for_input_ends_with_a_word_and_the_signal_s_code(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        Assert.SkipWhen(IsIgnored(code - Listening), "Whoever started these tests ignores the signal, and so does all that they start.");
        using Process tool = _folder.Start("eval", "relu");
        // An answer shows that it listens.
        tool.StandardInput.WriteLine("2");
        Assert.Equal("2", tool.StandardOutput.ReadLine());
        (int exit, TimeSpan time) = Tell(tool, signal);
        Assert.Equal(code, exit);
        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal("nonlinear: Interrupted; nothing half-written is left.\n", tool.StandardError.ReadToEnd());
    }

    [Fact]
    public void A_guide_that_is_being_written_is_removed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Signals are Unix's.");
            return;
        }
        using Process tool = _folder.Start("guide", "--language", "en");
        SpinWait.SpinUntil(() => _folder.Files.Any(), TimeSpan.FromSeconds(60));
        string draft = Assert.Single(_folder.Files);
        Assert.EndsWith(".draft", draft, StringComparison.Ordinal);
        Assert.True(File.GetUnixFileMode(_folder.At(draft)) is (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.Equal(143, Tell(tool, "TERM").Exit);
        Assert.StartsWith("nonlinear: Interrupted", tool.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_full_draft_goes_whole_however_long_that_takes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        const int Files = 60_000;
        using Process tool = _folder.Start("guide", "--language", "en");
        string? pages = null;
        bool Begun() => (pages = Directory.EnumerateDirectories(_folder.At("."), "*.draft").FirstOrDefault()) is not null
            && Directory.Exists(Path.Combine(pages, "pages"));
        Assert.True(SpinWait.SpinUntil(Begun, TimeSpan.FromSeconds(60)));
        for (int i = 0; i < Files; i++)
            File.Create(Path.Combine(pages!, "pages", $"{i}")).Dispose();
        // The work is stopped and removes the draft, which takes longer than the tool waits for work that does not stop.
        Assert.Equal(Listening + 15, Tell(tool, "TERM").Exit);
        Assert.StartsWith("nonlinear: Interrupted", tool.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_reader_that_has_had_enough_ends_it_quietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The pipe is made by a shell that Windows has not.");
        // Without end, unless the tool sees that nobody reads.
        using Process shell = Process.Start(new ProcessStartInfo(
            "bash", ["-c", $"yes 1 2>/dev/null | dotnet '{ToolFolder.Tool}' eval relu | head -1; echo ${{PIPESTATUS[1]}}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Assert.Equal(("1\n141\n", ""), (shell.StandardOutput.ReadToEnd(), shell.StandardError.ReadToEnd()));
    }

    [Fact]
    public void Two_outputs_into_one_file_follow_one_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The file is shared by a shell that Windows has not.");
        string file = _folder.At("both.txt"), command = $"dotnet '{ToolFolder.Tool}' eval relu";
        using Process shell = Process.Start("bash", ["-c", $"({command} 1; {command} 2) > '{file}'"]);
        shell.WaitForExit();
        Assert.Equal("1\n2\n", File.ReadAllText(file));
    }

    private static (int Exit, TimeSpan Time) Tell(Process tool, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", tool.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Stopwatch watch = Stopwatch.StartNew();
        if (!tool.WaitForExit(Patience))
            tool.Kill();
        tool.WaitForExit();
        return (tool.ExitCode, watch.Elapsed);
    }

    // As in the background of a shell that has no jobs, or under nohup.
    private static bool IsIgnored(int signal)
    {
        const string Field = "SigIgn:", Status = "/proc/self/status";
        string? mask = File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))
            : null;
        if (mask is null)
            return false;
        ulong bits = ulong.Parse(mask.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ((bits >> (signal - 1)) & 1) != 0;
    }
}
