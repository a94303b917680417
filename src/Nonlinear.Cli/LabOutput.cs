using Nonlinear.Lab.Reports;
using Nonlinear.Lab.Studies;
using Spectre.Console;

namespace Nonlinear.Cli;

/// <summary>How the lab's results appear in the terminal.</summary>
internal static class LabOutput
{
    /// <summary>Runs work of the lab with a progress bar, and prints what it found.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="settings">Where and how.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Task RunAsync(string title, LabSettings settings, Func<LabSettings, LabPage> work, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                Interruption.Word = settings.WhenInterrupted;
                LabPage? page = null;
                Terminal.WithProgress(title, progress => page = work(settings with { Progress = progress }));
                Write(page!);
            },
            cancellation);

    /// <summary>Prints what was found.</summary>
    public static void Write(LabPage page)
    {
        Terminal.Output.WriteLine(Terminal.Printable(page.Title));
        foreach ((string caption, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) in page.Tables)
        {
            Terminal.Output.WriteLine();
            Terminal.Output.WriteLine(Terminal.Printable(caption));
            Table table = new Table().Border(TableBorder.Simple);
            foreach (string column in columns)
                table.AddColumn(new TableColumn(Terminal.Plain(column)));
            foreach (IReadOnlyList<string> row in rows)
                table.AddRow(row.Select(cell => Terminal.Plain(cell)));
            Terminal.Output.Write(table);
        }
        Terminal.Output.WriteLine();
        foreach (string finding in page.Findings)
            Terminal.Output.WriteLine(Terminal.Printable(finding));
        Terminal.Output.WriteLine();
        Terminal.Output.WriteLine($"The page is {page.Path}");
    }
}
