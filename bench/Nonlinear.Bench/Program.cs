using System.CommandLine;
using System.Globalization;
using Nonlinear;
using Nonlinear.Bench;
using Spectre.Console;
using static Nonlinear.Bench.RatioTable;

// dotnet run -c Release --project bench/Nonlinear.Bench
Argument<string[]> names = new("name") { Description = "Functions; all of the catalogue without.", Arity = ArgumentArity.ZeroOrMore };
Option<int[]> sizes = new("--size") { Description = "Numbers of elements.", DefaultValueFactory = _ => [4096, 65_536], AllowMultipleArgumentsPerToken = true };
Option<int> rounds = new("--rounds") { Description = "How often everybody has a turn.", DefaultValueFactory = _ => 41 };
Option<FileInfo?> output = new("--output", "-o") { Description = "A Markdown file for the tables." };
RootCommand command = new("Times Nonlinear beside others on floats drawn from N(0, 2), in turns, on one thread.") { names, sizes, rounds, output };
command.SetAction(parsed =>
{
    string[] wanted = parsed.GetValue(names) is { Length: > 0 } given ? given : [.. Catalog.Defaults.Where(activation => activation is not PooledActivation).Select(activation => activation.Info.Name)];
    List<RatioTable> tables = [];
    foreach (int size in parsed.GetRequiredValue(sizes))
    {
        RatioTable table = new(size);
        AnsiConsole.Progress().Start(context =>
        {
            ProgressTask task = context.AddTask(string.Create(CultureInfo.InvariantCulture, $"{size:N0} elements"), maxValue: wanted.Length);
            foreach (string name in wanted)
            {
                table.Add(name, Time(Activation.Parse(name), size, parsed.GetValue(rounds)));
                task.Increment(1);
            }
        });
        Show(table);
        tables.Add(table);
    }
    if (parsed.GetValue(output) is { } file)
        File.WriteAllText(file.FullName, string.Join('\n', tables.Select(table => table.Markdown())));
});
return command.Parse(args).Invoke();

static Race Time(Activation activation, int size, int rounds)
{
    float[] x = Normal(size, seed: 1, deviation: 2), dy = Normal(size, seed: 2, deviation: 1), y = new float[size];
    return Race.Run(
        Rivals.Forward(activation.Info.Name, x, y).Concat(
        [
            new(Exact, () => activation.Forward(x, y)),
            new(Fast, () => activation.Fast.Forward(x, y)),
            new(ExactBackward, () => activation.Backward(x, dy, y)),
            new(FastBackward, () => activation.Fast.Backward(x, dy, y)),
        ]),
        rounds);
}

static float[] Normal(int count, int seed, double deviation)
{
    double[] samples = new double[count];
    MathNet.Numerics.Distributions.Normal.Samples(new Random(seed), samples, 0, deviation);
    return [.. samples.Select(sample => (float)sample)];
}

static void Show(RatioTable table)
{
    if (Console.IsOutputRedirected)
        AnsiConsole.Profile.Width = 200;
    Table shown = new Table().Border(TableBorder.Simple).AddColumns([.. RatioTable.Columns]);
    foreach (string[] row in table.Rows)
        shown.AddRow(row);
    AnsiConsole.Write(shown);
}
