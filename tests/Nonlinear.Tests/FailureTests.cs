using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Nonlinear.Cli;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies.Runs;

namespace Nonlinear.Tests;

/// <summary>What goes wrong is told in sentences that help, and bounded.</summary>
public sealed partial class FailureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("failure-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_several_threads_that_failed_the_first_one_s_sentence_is_told()
    {
        AggregateException several = new(new AggregateException(new IOException("The disk is on fire.")), new IOException("Second."));
        Assert.Equal("The disk is on fire.", Failures.Sentence(Failures.Cause(several)));
    }

    [Theory]
    [InlineData(
        "Access to the path '/x/y.npy.0123456789abcdef0123456789abcdef.draft' is denied.", "'/x/y.npy' cannot be used: permission denied.")]
    [InlineData(
        "Access to the path '/x/guide.0123456789abcdef0123456789abcdef.draft/pages/en' is denied.",
        "'/x/guide/en' cannot be used: permission denied.")]
    public void The_name_of_a_draft_is_not_told(string message, string told) =>
        Assert.Equal(told, Failures.Sentence(new UnauthorizedAccessException(message)));

    [Theory]
    [InlineData("No space left on device : '/x/y'", 28)]
    [InlineData("Failed to create '/x/y' with allocation size '23489' because the disk was full.", 0)]
    public void A_full_disk_is_named_with_its_remedy(string message, int code) => Assert.Equal(
        "'/x/y' cannot be written: there is no room left on its disk. Make room, or name another place.",
        Failures.Sentence(new IOException(message, code)));

    [Fact]
    public void Where_there_is_no_native_code_it_is_named() => Assert.StartsWith(
        "That needs native code, 'libSkiaSharp', which this tool's package does not have for ",
        Failures.Sentence(new DllNotFoundException("Unable to load shared library 'libSkiaSharp' or one of its dependencies.\nMore.")),
        StringComparison.Ordinal);

    [Fact]
    public void What_only_whoever_wrote_it_understands_is_told_as_a_fault()
    {
        string told = Failures.Sentence(new KeyNotFoundException("The given key 'x' was not present."));
        Assert.StartsWith("That is a fault of this program (KeyNotFoundException", told, StringComparison.Ordinal);
        Assert.Contains("report", told, StringComparison.Ordinal);
        // The library's own words about a number that is out of range are the user's to read.
        Assert.Equal("alpha must be 1.", Failures.Sentence(new ArgumentOutOfRangeException(null, "alpha must be 1.")));
    }

    [Theory]
    [InlineData(5, "another program")]
    [InlineData(8, "permission")]
    [InlineData(13, "the disk is full")]
    [InlineData(26, "is no database of results")]
    public void What_SQLite_says_is_told_in_a_sentence(int code, string part) =>
        Assert.Contains(part, ResultStore.Sentence("lab/results.db", code, "SQLite Error."), StringComparison.Ordinal);

    [Fact]
    public void Two_runs_in_one_folder_do_not_work_at_the_same_time()
    {
        string path = Path.Combine(_folder, "results.db");
        using (ResultStore first = new(path))
        {
            IOException refused = Assert.Throws<IOException>(() => new ResultStore(path));
            Assert.Contains("Another run has been at work", refused.Message, StringComparison.Ordinal);
            first.Add("key", "study", 1, 2, 0);
        }
        Assert.Equal([path], Directory.GetFiles(_folder));
        using ResultStore second = new(path);
        Assert.True(second.TryFind("key", out int result) && result == 2);
    }

    [Fact]
    public void A_database_that_is_none_is_left_as_it_is()
    {
        string path = Path.Combine(_folder, "results.db");
        File.WriteAllText(path, new string('x', 2000));
        Assert.Throws<IOException>(() => new ResultStore(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.Equal(2000, new FileInfo(path).Length);
    }

    [Fact]
    public void A_name_of_ten_megabytes_is_refused_at_once_in_a_line()
    {
        string name = new('g', 10_000_000), call = $"gelu({new string('(', 10_000_000)}";
        Assert.False(Activation.TryParse("warm", out _));
        Stopwatch watch = Stopwatch.StartNew();
        foreach (string text in (string[])[name, call])
        {
            string message = Assert.Throws<FormatException>(() => Activation.Parse(text)).Message;
            Assert.InRange(message.Length, 1, 200);
        }
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }

    [Theory]
    [InlineData("elu(alpha=1e308)")]
    [InlineData("affine(alpha=1e308)")]
    public void A_curve_that_no_figure_has_room_for_is_refused(string name)
    {
        Activation function = Activation.Parse(name);
        string[] messages =
        [
            Assert.Throws<ArgumentException>(() => Figure.Compare([function])).Message,
            Assert.Throws<ArgumentException>(() => TerminalPlot.Compare([function], false, null, 70, 20)).Message,
        ];
        Assert.All(messages, message => Assert.Contains("too large to be drawn", message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data.csv", "data.csv")]
    [InlineData("$(rm x).csv", "'$(rm x).csv'")]
    [InlineData("it's`x`", "'it'\\''s`x`'")]
    [InlineData("swish(beta=2)", "'swish(beta=2)'")]
    [InlineData("", "''")]
    public void Words_of_a_command_on_a_page_are_quoted_for_a_shell(string word, string quoted) =>
        Assert.Equal(quoted, ShellWord.Quoted(word));

    [Fact]
    public void A_verb_that_is_named_is_made_alone()
    {
        string[] all = [.. Tool.CreateRoot().Subcommands.Select(verb => verb.Name)];
        Assert.True(all.Length > 15);
        Assert.All(all, name => Assert.Equal([name], Tool.CreateRoot(name).Subcommands.Select(verb => verb.Name)));
    }

    [Fact]
    public void Defaults_that_the_help_shows_are_taken()
    {
        int taken = 0;
        foreach (Command verb in Tool.CreateRoot().Subcommands)
        {
            using StringWriter help = new();
            verb.Parse("--help").Invoke(new() { Output = help });
            foreach (Match shown in Default().Matches(help.ToString()))
            {
                (string option, string value) = (shown.Groups["option"].Value, shown.Groups["value"].Value);
                // What is refused is quoted.
                ParseResult parsed = verb.Parse([option, value]);
                Assert.DoesNotContain(parsed.Errors, error => error.Message.Contains($"'{value}'", StringComparison.Ordinal));
                taken++;
            }
        }
        Assert.InRange(taken, 10, 1000);
    }

    [GeneratedRegex(@"(?<option>--[a-z]+) (?:(?!--).)*\[default: (?<value>[^\]]+)\]", RegexOptions.Singleline)]
    private static partial Regex Default();
}
