using System.Globalization;
using Nonlinear.Lab.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nonlinear.Cli;

/// <summary>What the verbs write to the terminal with.</summary>
internal static class Terminal
{
    private const int WidthOfPipe = 160, NarrowestPipe = 20, WidestPlot = 78, HeightOfPlot = 20;

    private static readonly Color[] Curves =
    [
        Color.DodgerBlue1,
        Color.DarkOrange3,
        Color.Green3,
        Color.Orchid,
        Color.Gold3,
        Color.Turquoise2,
    ];

    /// <summary>Standard output; lines in a pipe are wide, so that tables are not broken for programs.</summary>
    public static IAnsiConsole Output { get; } = CreateOutput();

    /// <summary>A text as it is, whatever brackets it holds.</summary>
    public static IRenderable Plain(string text, Style? style = null) => new Spectre.Console.Text(Printable(text), style);

    /// <summary>A text without what commands a terminal: the names in a file are its maker's, who may mean no good.</summary>
    public static string Printable(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(sign => char.IsControl(sign) ? '\uFFFD' : sign))
        : text;

    /// <summary>Draws a plot, sized to the terminal.</summary>
    /// <param name="draw">Makes the plot from a width and a height.</param>
    /// <param name="legend">The names of the curves, in their order.</param>
    public static void Draw(Func<int, int, TerminalPlot> draw, IReadOnlyList<string> legend)
    {
        TerminalPlot plot = draw(Math.Min(WidestPlot, Output.Profile.Width - 1), HeightOfPlot);
        for (int i = 0; i < legend.Count; i++)
            Output.Write(Plain($"{(i == 0 ? "──" : "╌╌")} {legend[i]}   ", Curves[i % Curves.Length]));
        Output.WriteLine();
        foreach (IReadOnlyList<TerminalCell> line in plot.Lines())
        {
            Paragraph paragraph = new();
            foreach (TerminalCell cell in line)
                paragraph.Append(cell.Glyph.ToString(), cell.Curve < 0 ? Color.Grey : Curves[cell.Curve % Curves.Length]);
            Output.Write(paragraph);
            Output.WriteLine();
        }
    }

    /// <summary>Runs work with a progress bar on standard error, if somebody is there to see it.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; it reports the share done.</param>
    /// <param name="lines">Whether a line is written from time to time if standard error is no terminal, for work of hours.</param>
    public static void WithProgress(string title, Action<IProgress<double>> work, bool lines = false)
    {
        if (Console.IsErrorRedirected)
        {
            work(lines ? ProgressLines.OnError(title) : new Progress(_ => { }));
            return;
        }
        IAnsiConsole error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        error.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
            work(new Progress(share => task.Value = share));
            task.Value = 1;
        });
    }

    // Who sets COLUMNS for a pipe means it.
    private static int? WidthAsked =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int columns)
        && columns >= NarrowestPipe
            ? columns
            : null;

    private static IAnsiConsole CreateOutput()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthAsked ?? WidthOfPipe;
        return console;
    }

    // The framework's own Progress<T> reports on other threads and out of order.
    private sealed class Progress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
