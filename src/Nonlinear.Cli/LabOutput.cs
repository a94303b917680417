using Nonlinear.Lab.Markup;
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
    public static void Run(string title, LabSettings settings, Func<LabSettings, LabPage> work)
    {
        Interruption.Word = settings.WhenInterrupted;
        LabPage? page = null;
        Terminal.WithProgress(title, progress => page = work(settings with { Progress = progress }), lines: true);
        Write(page!);
    }

    /// <summary>Prints what was found.</summary>
    public static void Write(LabPage page)
    {
        Terminal.Output.WriteLine(Terminal.Printable(page.Title));
        foreach ((string caption, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) in page.Tables)
        {
            Terminal.Output.WriteLine();
            Terminal.Output.WriteLine(Terminal.Printable(caption));
            if (WidthOf(columns, rows) <= Terminal.Output.Profile.Width)
                WriteTable(columns, rows);
            else
                WriteRecords(columns, rows);
        }
        Terminal.Output.WriteLine();
        foreach (string finding in page.Findings)
            Terminal.Output.WriteLine(Terminal.Printable(finding));
        Terminal.Output.WriteLine();
        Say(page, new($"The page is {page.Path}", $"页面位于 {page.Path}"));
    }

    /// <summary>Prints something else about a page, in its language.</summary>
    public static void Say(LabPage page, Lab.Text text) =>
        Terminal.Output.WriteLine(Terminal.Printable(PlainText.Of(text, page.IsChinese)));

    // A border of two spaces and a gap of three between columns.
    private static int WidthOf(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) =>
        Enumerable.Range(0, columns.Count).Sum(i => 3 + rows.Select(row => row[i]).Append(columns[i]).Max(text => text.GetCellWidth())) + 1;

    private static void WriteTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
            table.AddColumn(new TableColumn(Terminal.Plain(column)).NoWrap());
        foreach (IReadOnlyList<string> row in rows)
            table.AddRow(row.Select(cell => Terminal.Plain(cell)));
        Terminal.Output.Write(table);
    }

    // Where a table is too wide, its rows stand one below the other, each with a line for every cell that holds something.
    private static void WriteRecords(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int width = columns.Skip(1).Max(column => column.GetCellWidth());
        foreach (IReadOnlyList<string> row in rows)
        {
            Terminal.Output.WriteLine();
            Terminal.Output.WriteLine(Terminal.Printable(row[0]));
            for (int i = 1; i < columns.Count; i++)
            {
                if (row[i].Length > 0)
                    Terminal.Output.WriteLine(Terminal.Printable($"  {Padded(columns[i], width)}  {row[i]}"));
            }
        }
    }

    // Chinese letters take two columns each.
    private static string Padded(string text, int width) => text + new string(' ', width - text.GetCellWidth());
}
