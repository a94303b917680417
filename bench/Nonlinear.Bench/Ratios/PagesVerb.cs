using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Pages;
using Nonlinear.Lab;

namespace Nonlinear.Bench.Ratios;

/// <summary>bench pages: a run for each width of vectors that the processor has, and pages of all that was ever measured.</summary>
internal static class PagesVerb
{
    // Of two minutes; the rest is for starting, and for what begins before its share is over.
    private const int SecondsForRaces = 100;

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Argument<Activation[]> names = Inputs.Functions(pooled: false);
        Option<int> rounds = Inputs.Rounds(RatioCommand.UsualRounds);
        Option<string> output = new("--output", "-o")
        {
            Description = "The folder of data, figures and pages; the page about all processors lies beside it.",
            HelpName = "folder",
            DefaultValueFactory = _ => "docs/performance",
        };
        Option<bool> fromData = new("--from-data") { Description = "Measures nothing and writes the pages anew from the data." };
        Command command = new("pages", "Measures with each width of vectors that this processor has, and writes pages.")
        {
            names, rounds, output, fromData,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(fromData) && result.GetResult(names) is { Tokens.Count: > 0 })
                result.AddError("--from-data measures no functions: name none.");
            // They would take the place of all the others' measurements.
            if (result.GetResult(names) is { Tokens.Count: > 0 } && result.GetResult(output) is null or { Implicit: true })
                result.AddError("Pages of some functions need a folder of their own: name it with --output.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(output),
            parsed.GetValue(fromData) ? null : parsed.GetValue(names) ?? [],
            parsed.GetValue(rounds),
            cancellation));
        return command;
    }

    private static async Task RunAsync(string output, Activation[]? functions, int rounds, CancellationToken cancellation)
    {
        PagesFolder folder = new(output);
        if (functions is not null)
        {
            using ScratchFolder scratch = new("nonlinear-bench");
            foreach (VectorSettings width in VectorSettings.OfProcessor)
                await MeasureAsync(width, scratch.Path, functions, rounds, cancellation);
            folder.Take(scratch.Path);
        }
        foreach (string page in folder.WritePages())
            Console.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, page));
    }

    // In a process of its own: which vectors it uses is settled when it starts.
    private static async Task MeasureAsync(
        VectorSettings width, string folder, Activation[] functions, int rounds, CancellationToken cancellation)
    {
        string data = Path.Combine(folder, PagesFolder.DataOf(Processor.Name, width.Bits));
        string program = Environment.ProcessPath!;
        // By the name of the library if the runtime's own program carries it out.
        string[] library = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        ProcessStartInfo start = new(
            program,
            [
                .. library,
                .. functions.Select(function => function.ToString()),
                RatioCommand.DataOption, data,
                RatioCommand.FigureOption, PagesFolder.FigureOf(data),
                Inputs.RoundsOption, rounds.ToString(CultureInfo.InvariantCulture),
                RatioCommand.WithinOption, SecondsForRaces.ToString(CultureInfo.InvariantCulture),
            ]);
        foreach ((string name, string value) in width.Variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The run with vectors of {width.Bits} bits has failed; nothing was written.");
    }
}
