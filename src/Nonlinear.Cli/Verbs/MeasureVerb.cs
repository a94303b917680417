using System.CommandLine;
using Nonlinear.Lab.Measure;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear measure: the measured properties of a function.</summary>
internal static class MeasureVerb
{
    public static Command Create()
    {
        Argument<Activation> name = Inputs.Function();
        Option<bool> json = Inputs.Json();
        Command command = new("measure", "Measure a function: range, turns, saturation, kinks, moments, cost.") { name, json };
        command.SetAction(parsed =>
        {
            MeasuredActivation measured = MeasuredActivation.Of(parsed.GetRequiredValue(name));
            if (parsed.GetValue(json))
                Console.WriteLine(measured.ToJson());
            else
                WriteTable(measured);
        });
        return command;
    }

    private static void WriteTable(MeasuredActivation measured)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns(measured.Activation.ToString(), "measured");
        foreach (PropertyRow row in measured.Rows())
            table.AddRow(Terminal.Plain(row.Label.English), Terminal.Plain(row.Value.English));
        Terminal.Output.Write(table);
    }
}
