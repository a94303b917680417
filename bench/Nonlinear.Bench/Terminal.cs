using Nonlinear.Bench.Measuring;
using Spectre.Console;

namespace Nonlinear.Bench;

/// <summary>What is written while and after measuring.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 200;

    /// <summary>Says what is measured on, and against whom.</summary>
    public static void WriteMachine(IEnumerable<string> versions, IEnumerable<string> absent)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthOfFiles;
        foreach ((string name, string value) in Machine.Facts)
            Console.WriteLine($"{name,-10} {value}");
        string rivals = string.Join(", ", versions);
        if (rivals.Length > 0)
            Console.WriteLine($"{"rivals",-10} {rivals}");
        foreach (string line in absent)
            Console.WriteLine(line);
    }

    /// <summary>Works under a bar.</summary>
    /// <param name="work">The work; it tells what begins and which share is done.</param>
    public static T WithProgress<T>(Func<Action<string, double>, T> work) => AnsiConsole.Progress().AutoClear(true).Start(context =>
    {
        ProgressTask task = context.AddTask("begins", maxValue: 1);
        return work((title, share) =>
        {
            task.Description = Markup.Escape(title);
            task.Value = share;
        });
    });
}
