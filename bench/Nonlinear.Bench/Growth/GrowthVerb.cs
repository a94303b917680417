using System.CommandLine;
using System.Globalization;
using Nonlinear.Lab;
using Nonlinear.Lab.Figures;
using Spectre.Console;

namespace Nonlinear.Bench.Growth;

/// <summary>bench growth: the time for an element from 16 to 64 Mi elements.</summary>
internal static class GrowthVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        Argument<Activation[]> names = Inputs.Functions(pooled: true);
        Option<string?> figure = Inputs.File("--figure", "A figure, .svg or .png.", ".svg", ".png");
        Command command = new("growth", "The time for an element from 16 to 64 Mi elements, forward, beside a copy.") { names, figure };
        command.SetAction(parsed => Run(Inputs.OrAll(parsed.GetValue(names), pooled: true), parsed.GetValue(figure)));
        return command;
    }

    private static void Run(Activation[] functions, string? figure)
    {
        using WholeFile? picture = figure is null ? null : new(figure);
        Terminal.WriteMachine([], []);
        IReadOnlyList<GrowthCurve> curves = Terminal.WithProgress(progress => GrowthRun.Run(functions, progress));
        foreach (GrowthCurve curve in curves)
            Show(curve);
        if (picture is null)
            return;
        using Figure drawn = GrowthFigure.Of(curves);
        picture.Stream.Write(Inputs.Encode(drawn, figure!));
        picture.Publish();
    }

    private static void Show(GrowthCurve curve)
    {
        Table table = new Table()
            .Border(TableBorder.Simple)
            .Title($"{curve.Function}, ns an element")
            .AddColumn("elements")
            .AddColumns([.. curve.Lines.Keys]);
        foreach (int size in GrowthRun.Sizes)
        {
            string[] cells = [.. curve.Lines.Values.Select(line => line.FirstOrDefault(point => point.Elements == size))
                .Select(point => point.Elements == 0 ? "" : point.Nanoseconds.ToString("0.000", CultureInfo.InvariantCulture))];
            table.AddRow([size.ToString("N0", CultureInfo.InvariantCulture), .. cells]);
        }
        AnsiConsole.Write(table);
    }
}
