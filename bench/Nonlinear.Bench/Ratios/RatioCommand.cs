using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Nonlinear.Bench.Measuring;
using Nonlinear.Bench.Pages;
using Nonlinear.Bench.Rivals;
using Nonlinear.Lab;
using Nonlinear.Lab.Figures;
using Spectre.Console;

namespace Nonlinear.Bench.Ratios;

/// <summary>What the tool does without a verb: tables of ratios in the terminal, their data, a figure of them.</summary>
internal static class RatioCommand
{
    /// <summary>What pages are made of.</summary>
    public const string DataOption = "--data", FigureOption = "--figure", WithinOption = "--within";

    /// <summary>How often everybody has a turn, unless said otherwise.</summary>
    public const int UsualRounds = 41;

    /// <summary>Adds arguments, options and action.</summary>
    public static void Define(Command command)
    {
        Argument<Activation[]> names = Inputs.Functions(pooled: false);
        Option<int[]> sizes = Inputs.Sizes(4096, 65_536);
        Option<int> rounds = Inputs.Rounds(UsualRounds);
        Option<int?> within = new(WithinOption)
        {
            Description = "How many seconds all races take together, about; without, as many as they need.",
            HelpName = "seconds",
        };
        Option<string?> data = Inputs.File(DataOption, "A file for all that was measured, .csv.", ".csv");
        Option<string?> figure = Inputs.File(
            FigureOption, "A figure of both tiers beside the fastest rival, .svg or .png.", ".svg", ".png");
        command.Add(names);
        foreach (Option option in (Option[])[sizes, rounds, within, data, figure])
            command.Add(option);
        command.SetAction(parsed => Run(
            Inputs.OrAll(parsed.GetValue(names), pooled: false),
            parsed.GetRequiredValue(sizes),
            parsed.GetValue(rounds),
            parsed.GetValue(within) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue,
            parsed.GetValue(data),
            parsed.GetValue(figure)));
    }

    private static void Run(Activation[] functions, int[] sizes, int rounds, TimeSpan within, string? data, string? figure)
    {
        using WholeFile? file = data is null ? null : new(data);
        using WholeFile? picture = figure is null ? null : new(figure);
        AllRivals rivals = new();
        Terminal.WriteMachine(rivals.Versions, rivals.Absent);
        IReadOnlyList<RaceSet> sets = Terminal.WithProgress(
            progress => new RatioRun(rivals, rounds, within).Run(functions, sizes, progress));
        Measurement[] measurements = [.. sets.SelectMany(set => set.Measurements)];
        foreach (RatioTable table in RatioTable.Of(measurements))
            Show(table);
        using Figure? drawn = figure is null ? null : PerformanceFigure.Of(sets);
        if (picture is not null)
        {
            picture.Stream.Write(Inputs.Encode(
                drawn ?? throw new NotSupportedException("There is no figure: nobody else computes these functions with these parameters."),
                figure!));
            picture.Publish();
        }
        if (file is not null)
        {
            new MeasuredData([.. Machine.Facts, .. Facts(rivals, rounds)], measurements).Write(file.Stream);
            file.Publish();
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(AllRivals rivals, int rounds)
    {
        // The version, and after a plus sign the commit.
        string[] version = typeof(Activation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+', 2);
        yield return ("library", version[0] + (version.Length > 1 ? $", commit {version[1][..8]}" : ""));
        yield return (FactNames.Rivals, string.Join(", ", rivals.Versions));
        yield return ("rounds", string.Create(CultureInfo.InvariantCulture, $"{rounds} at most"));
        yield return ("settings", VectorSettings.Present);
        yield return (FactNames.Measured, DateTime.UtcNow.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
    }

    private static void Show(RatioTable table)
    {
        Table shown = new Table().Border(TableBorder.Simple).Title(table.Title).Caption(table.Limits).AddColumns([.. table.Columns]);
        foreach (IReadOnlyList<string> row in table.Rows)
            shown.AddRow([.. row]);
        AnsiConsole.Write(shown);
    }
}
