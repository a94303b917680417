using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;
using Nonlinear.Cli.Verbs;
using Nonlinear.Lab;

namespace Nonlinear.Cli;

/// <summary>The tool: its verbs, and how what goes wrong is told.</summary>
internal static class Tool
{
    // Of a message: what somebody gave may be repeated in it.
    private const int Longest = 4000;

    // The last is a shell's status for a program that writes into a pipe which nobody reads: 128 and the number of Unix's signal for it.
    private const int Failure = 1, Misuse = 2, ClosedPipe = 141;

    // In the order of the help.
    private static readonly OrderedDictionary<string, Func<Command>> Verbs = new()
    {
        ["list"] = ListVerb.Create,
        ["show"] = ShowVerb.Create,
        ["names"] = NamesVerb.Create,
        ["measure"] = MeasureVerb.Create,
        ["eval"] = EvalVerb.Create,
        ["plot"] = PlotVerb.Create,
        ["compare"] = CompareVerb.Create,
        ["apply"] = ApplyVerb.Create,
        ["guide"] = GuideVerb.Create,
        ["study"] = StudyVerb.Create,
        ["choose"] = ChooseVerb.Create,
        ["worker"] = WorkerVerb.Create,
        ["diagnose"] = DiagnoseVerb.Create,
        ["model"] = ModelVerb.Create,
        ["verify"] = VerifyVerb.Create,
        ["references"] = ReferencesVerb.Create,
        ["explore"] = ExploreVerb.Create,
    };

    /// <summary>Runs the tool.</summary>
    /// <returns>0 for success, 1 for failure, 2 for misuse, 128 and the signal's number for an interruption.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using Interruption interruption = new();
#pragma warning disable CA2000 // The console has it until the process ends.
        if (Console.IsOutputRedirected)
            Console.SetOut(new StreamWriter(StandardOutputStream.Open(), new UTF8Encoding(false)) { AutoFlush = true });
#pragma warning restore CA2000
        Command root = CreateRoot(arguments is [var first, ..] ? first : null);
        string verbs = string.Join(", ", Verbs.Keys);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is null && parsed.Errors.Count == 0 || arguments.Count == 0)
            return Tell(Misuse, $"Name a command: {verbs}; or --help.");
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var unknown, ..])
            return Tell(Misuse, $"There is no command '{unknown}'; there are {verbs}.");
        // Help is an action of its own and comes before any error.
        if (parsed.Errors.Count > 0 && parsed.Action?.ClearsParseErrors != true)
            return Tell(Misuse, parsed.Errors[0].Message);
        try
        {
            interruption.CanStop = parsed.Action is AsynchronousCommandLineAction;
            return await parsed.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
#pragma warning disable CA1031 // Whatever goes wrong is told in a line; a stack trace helps nobody at a prompt.
        catch (Exception wrong)
#pragma warning restore CA1031
        {
            switch (Failures.Cause(wrong))
            {
                case OperationCanceledException interrupted:
                    // The framework's own says nothing of use.
                    return interruption.End(
                        interrupted.Message.StartsWith("Interrupted", StringComparison.Ordinal) ? interrupted.Message : Interruption.Word);
                // What was taken away from under the work is no news.
                case var _ when interruption.HasBegun:
                    return interruption.End(Interruption.Word);
                case ClosedPipeException:
                    return ClosedPipe;
                case var cause:
                    return Tell(cause is ArgumentException or FormatException or NotSupportedException ? Misuse : Failure,
                        Failures.Sentence(cause));
            }
        }
    }

    /// <summary>The tool as a command, with one verb or, if none has that name, with all.</summary>
    internal static Command CreateRoot(string? verb = null)
    {
        // Not a RootCommand: its help would call the tool by the name of its assembly.
        Command root = new(
            "nonlinear",
            "Activation functions: values, figures, measured properties, the guide, and a page to explore them.")
        {
            new HelpOption(),
            new VersionOption(),
        };
        // To make all verbs takes as long as what most of them do.
        IEnumerable<Func<Command>> asked = Verbs.TryGetValue(verb ?? "", out Func<Command>? only) ? [only] : Verbs.Values;
        foreach (Func<Command> create in asked)
            root.Add(create());
        return root;
    }

    /// <summary>Says on standard error, in a line, why the result is no success.</summary>
    /// <returns>The exit status of a failure.</returns>
    public static int Fail(string message) => Tell(Failure, message);

    /// <summary>Writes a line to standard error.</summary>
    public static void Say(string message)
    {
        // One line, without the parameter that exceptions of the framework name at the end.
        int end = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        if (end < 0 && message.Length > Longest)
            message = message[..Longest] + "…";
        string line = string.Join(' ', (end < 0 ? message : message[..end]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Console.Error.WriteLine($"nonlinear: {Terminal.Printable(line)}");
    }

    private static int Tell(int code, string message)
    {
        Say(message);
        return code;
    }
}
