using System.Diagnostics;
using Nonlinear.Lab;
using Nonlinear.Lab.Arrays;

namespace Nonlinear.Tests;

/// <summary>Where outputs go: through links, into pipes, whole or not at all, and with nothing left beside them.</summary>
public sealed class OutputTests : IDisposable
{
    private const string Mark = "mark.txt";

    private readonly string _folder = Directory.CreateTempSubdirectory("output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("real.svg", "real.svg")]
    [InlineData("./below/../real.svg", "real.svg")]
    [InlineData("below/real.svg", "below/real.svg")]
    public void A_relative_link_without_its_folder_is_written_through(string target, string written)
    {
        using ToolFolder tool = new();
        Directory.CreateDirectory(tool.At("below"));
        File.WriteAllText(tool.At(written), "before");
        File.CreateSymbolicLink(tool.At("link.svg"), target);
        ToolRun run = tool.Run("plot", "relu", "--output", "link.svg");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(target, new FileInfo(tool.At("link.svg")).LinkTarget);
        Assert.Contains("<svg", File.ReadAllText(tool.At(written)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_nothing_is_filled_where_it_leads()
    {
        string link = At("link");
        File.CreateSymbolicLink(link, "later");
        WholeFile.Write(link, [1, 2]);
        Assert.Equal([1, 2], File.ReadAllBytes(At("later")));
        Assert.Equal("later", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Above_a_linked_folder_is_where_the_folder_really_is()
    {
        Directory.CreateDirectory(At("a/b"));
        Directory.CreateSymbolicLink(At("short"), "a/b");
        File.CreateSymbolicLink(At("a/b/link"), "../file");
        WholeFile.Write(At("short/link"), [7]);
        Assert.Equal([7], File.ReadAllBytes(At("a/file")));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(At("one"), "two");
        File.CreateSymbolicLink(At("two"), "one");
        Assert.Contains("circle", Assert.Throws<IOException>(() => new WholeFile(At("one"))).Message, StringComparison.Ordinal);
        Assert.Equal(["one", "two"], Names());
    }

    [Fact]
    public void A_file_that_is_replaced_keeps_its_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions are Unix's.");
            return;
        }
        File.WriteAllText(At("secret"), "");
        File.SetUnixFileMode(At("secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WholeFile.Write(At("secret"), [1]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("secret")));
    }

    [Fact]
    public async Task What_a_pipe_takes_is_not_replaced_by_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes have names on Unix.");
        using ToolFolder tool = new();
        ToolRun run = tool.Run("references", "relu", "--type", "half", "--output", "/dev/stdout");
        Assert.Contains("NUMPY", run.Output, StringComparison.Ordinal);
        string pipe = At("pipe");
        await Process.Start("mkfifo", [pipe]).WaitForExitAsync(TestContext.Current.CancellationToken);
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(pipe), TestContext.Current.CancellationToken);
        WholeFile.Write(pipe, [1, 2, 3]);
        Assert.Equal([1, 2, 3], await read);
        Assert.Equal(["pipe"], Names());
    }

    [Fact]
    public void What_a_killed_writer_left_is_removed_by_the_next_and_what_another_is_writing_is_not()
    {
        string left = Drafts.NameFor(At("file"));
        File.WriteAllText(left, "left");
        string another = At("file.txt"), unlike = At("file.mine.draft");
        File.WriteAllText(unlike, "");
        using (WholeFile first = new(At("file")))
        {
            Assert.False(File.Exists(left));
            // Some come before the one in use, some behind it.
            foreach (int _ in Enumerable.Range(0, 8))
                File.WriteAllText(Drafts.NameFor(At("file")), "left");
            WholeFile.Write(At("file"), [1]);
            WholeFile.Write(another, [2]);
            first.Stream.Write([3]);
            first.Publish();
        }
        Assert.Equal([3], File.ReadAllBytes(At("file")));
        Assert.Equal(["file", "file.mine.draft", "file.txt"], Names());
    }

    [Fact]
    public async Task A_folder_is_replaced_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no call for it.");
        string place = At("guide");
        Publish(place, "0");
        using CancellationTokenSource stop = new();
        Task<int> missing = Task.Run(
            () =>
            {
                int count = 0;
                while (!stop.IsCancellationRequested)
                    count += File.Exists(Path.Combine(place, Mark)) ? 0 : 1;
                return count;
            },
            TestContext.Current.CancellationToken);
        for (int i = 1; i <= 200; i++)
            Publish(place, $"{i}");
        await stop.CancelAsync();
        Assert.Equal(0, await missing);
        string number = await File.ReadAllTextAsync(Path.Combine(place, "number.txt"), TestContext.Current.CancellationToken);
        Assert.Equal("200", number);
        Assert.Equal(["guide"], Names());
    }

    [Fact]
    public void A_folder_that_is_a_link_is_written_through_and_the_draft_of_a_killed_writer_removed()
    {
        Directory.CreateDirectory(At("real"));
        Directory.CreateSymbolicLink(At("link"), "real");
        string left = Drafts.NameFor(At("real"));
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "page.html"), "half");
        Publish(At("link"), "1");
        Assert.Equal("real", new DirectoryInfo(At("link")).LinkTarget);
        Assert.True(File.Exists(At("real/" + Mark)));
        Assert.Equal(["link", "real"], Names());
    }

    [Fact]
    public async Task Two_runs_replace_a_folder_in_turns_and_neither_takes_the_other_s_draft_for_abandoned()
    {
        string place = At("guide");
        Publish(place, "0");
        await Task.WhenAll(Enumerable.Range(1, 4).Select(run => Task.Run(
            () =>
            {
                for (int i = 0; i < 60; i++)
                    Publish(place, $"{run}");
            },
            TestContext.Current.CancellationToken)));
        Assert.Equal(["guide"], Names());
        string?[] pages = [.. Directory.EnumerateFileSystemEntries(place).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
        Assert.Equal([Mark, "number.txt"], pages);
    }

    // As a thread does that was told to stop and has not heard it yet.
    [Fact]
    public void A_draft_into_which_something_is_still_written_is_removed()
    {
        using CancellationTokenSource late = new();
        string pages;
        Thread writer;
        using (DraftFolder draft = new(At("guide")))
        {
            pages = draft.At("pages");
            Directory.CreateDirectory(pages);
            writer = new(() =>
            {
                try
                {
                    for (int i = 0; !late.IsCancellationRequested; i++)
                        File.WriteAllText(Path.Combine(pages, $"{i}"), "page");
                }
                catch (IOException)
                {
                    // The folder is gone.
                }
            });
            writer.Start();
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(pages, "100")));
            late.CancelAfter(50);
        }
        writer.Join();
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_draft_is_its_owner_s_alone_and_what_appears_has_the_usual_permissions()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions are Unix's.");
            return;
        }
        File.WriteAllText(At("usual"), "");
        using (WholeFile file = new(At("file")))
        {
            string draft = Assert.Single(Directory.GetFiles(_folder, "*.draft"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(draft));
            file.Publish();
        }
        Assert.Equal(File.GetUnixFileMode(At("usual")), File.GetUnixFileMode(At("file")));
    }

    [Fact]
    public void A_folder_that_is_replaced_keeps_its_permissions_and_its_draft_is_its_owner_s_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions are Unix's.");
            return;
        }
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string place = At("guide");
        Publish(place, "0");
        File.SetUnixFileMode(place, Owner | UnixFileMode.GroupRead);
        using (PageFolder folder = new(place, Mark, "a guide"))
        {
            Assert.Equal(Owner, File.GetUnixFileMode(Assert.Single(Directory.GetDirectories(_folder, "*.draft"))));
            folder.Write(Mark, "");
            folder.Publish();
        }
        Assert.Equal(Owner | UnixFileMode.GroupRead, File.GetUnixFileMode(place));
    }

    [Fact]
    public void A_temporary_file_has_no_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file has its name on Windows until it is closed.");
        string left = Drafts.NameFor(At("nonlinear"));
        File.WriteAllText(left, "");
        using FileStream stream = Scratch.Create(_folder);
        Assert.Empty(Names());
        stream.Write([1, 2, 3]);
        stream.Position = 1;
        Assert.Equal(2, stream.ReadByte());
    }

    [Fact]
    public void A_link_that_is_named_as_a_draft_is_left_with_what_it_leads_to()
    {
        Directory.CreateDirectory(At("precious"));
        File.WriteAllText(At("precious/" + Drafts.Lock), "");
        Directory.CreateSymbolicLink(Drafts.NameFor(At("file")), At("precious"));
        Drafts.RemoveAbandoned(At("file"));
        Assert.Equal(2, Names().Count());
        Assert.True(File.Exists(At("precious/" + Drafts.Lock)));
    }

    [Fact]
    public async Task What_is_scattered_over_the_file_goes_into_a_pipe_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes have names on Unix.");
        const int Rows = 2, Columns = 300_000;
        NpyFloats.Write(At("x.npy"), new float[Rows * Columns], Rows);
        string pipe = At("pipe");
        await Process.Start("mkfifo", [pipe]).WaitForExitAsync(TestContext.Current.CancellationToken);
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(pipe), TestContext.Current.CancellationToken);
        ArrayTransform.Run(
            Activation.Softmax(),
            ArrayOperation.Forward,
            At("x.npy"),
            null,
            pipe,
            axis: 0,
            cancellation: TestContext.Current.CancellationToken);
        byte[] result = await read;
        Assert.Equal(new FileInfo(At("x.npy")).Length, result.Length);
        Assert.Equal(0.5f, BitConverter.ToSingle(result, result.Length - sizeof(float)));
        Assert.Equal(["pipe", "x.npy"], Names());
    }

    private static void Publish(string place, string number)
    {
        using PageFolder folder = new(place, Mark, "a guide");
        folder.Write(Mark, "");
        folder.Write("number.txt", number);
        folder.Publish();
    }

    private string At(string name) => Path.Combine(_folder, name);

    private IEnumerable<string?> Names() =>
        Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
