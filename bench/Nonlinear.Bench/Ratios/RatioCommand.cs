using System.CommandLine;
using Nonlinear.Bench.Rivals;
using Nonlinear.Lab;
using Nonlinear.Lab.Figures;
using Spectre.Console;

namespace Nonlinear.Bench.Ratios;

/// <summary>What the tool does without a verb: tables of ratios, a page and a figure of them.</summary>
internal static class RatioCommand
{
    private const string GrowthFigureName = "growth.svg";

    /// <summary>Adds arguments, options and action.</summary>
    public static void Define(Command command)
    {
        Argument<Activation[]> names = Inputs.Functions(pooled: false);
        Option<int[]> sizes = Inputs.Sizes(4096, 65_536);
        Option<int> rounds = Inputs.Rounds(41);
        Option<string?> output = Inputs.File("--output", "A Markdown file for machine, method and tables.", ".md");
        output.Aliases.Add("-o");
        Option<string?> figure = Inputs.File("--figure", "A figure of both tiers beside the fastest rival, .svg or .png.", ".svg", ".png");
        command.Add(names);
        foreach (Option option in (Option[])[sizes, rounds, output, figure])
            command.Add(option);
        command.SetAction(parsed => Run(
            Inputs.OrAll(parsed.GetValue(names), pooled: false),
            parsed.GetRequiredValue(sizes),
            parsed.GetValue(rounds),
            parsed.GetValue(output),
            parsed.GetValue(figure),
            parsed.Tokens.Select(token => token.Value)));
    }

    private static void Run(Activation[] functions, int[] sizes, int rounds, string? output, string? figure, IEnumerable<string> arguments)
    {
        using WholeFile? page = output is null ? null : new(output);
        using WholeFile? picture = figure is null ? null : new(figure);
        AllRivals rivals = new();
        Terminal.WriteMachine(rivals.Versions, rivals.Absent);
        IReadOnlyList<RatioTable> tables = Terminal.WithProgress(progress => new RatioRun(rivals, rounds).Run(functions, sizes, progress));
        foreach (RatioTable table in tables)
            Show(table);
        using Figure? drawn = figure is null ? null : PerformanceFigure.Of(tables);
        if (picture is not null)
        {
            picture.Stream.Write(Inputs.Encode(
                drawn ?? throw new NotSupportedException("There is no figure: nobody else computes these functions with these parameters."),
                figure!));
            picture.Publish();
        }
        if (page is not null)
        {
            page.Stream.Write(System.Text.Encoding.UTF8.GetBytes(
                PerformancePage.Write(tables, rivals, arguments, Figures(output!, figure))));
            page.Publish();
        }
    }

    // The figure of growth takes a run of its own, and is shown if it lies beside the page.
    private static IEnumerable<(string Title, string Link)> Figures(string output, string? figure)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
        if (figure is not null)
            yield return (
                "Both tiers beside the fastest rival, function by function",
                Path.GetRelativePath(folder, figure).Replace('\\', '/'));
        if (File.Exists(Path.Combine(folder, GrowthFigureName)))
            yield return ("How the time for an element changes with the number of elements", GrowthFigureName);
    }

    private static void Show(RatioTable table)
    {
        Table shown = new Table().Border(TableBorder.Simple).Title(table.Title).Caption(table.Limits).AddColumns([.. table.Columns]);
        foreach (IReadOnlyList<string> row in table.Rows)
            shown.AddRow([.. row]);
        AnsiConsole.Write(shown);
    }
}
