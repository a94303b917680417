using System.CommandLine;
using Nonlinear.Lab.Markup;
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
        Option<string> language = Inputs.Language();
        Command command = new("measure", "Measure a function: range, turns, saturation, kinks, moments, cost.") { name, json, language };
        command.SetAction(parsed =>
        {
            MeasuredActivation measured = MeasuredActivation.Of(parsed.GetRequiredValue(name));
            if (parsed.GetValue(json))
                Console.WriteLine(measured.ToJson());
            else
                WriteTable(measured, Inputs.IsChinese(parsed, language));
        });
        return command;
    }

    private static void WriteTable(MeasuredActivation measured, bool isChinese)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns(measured.Activation.ToString(), isChinese ? "实测值" : "measured");
        foreach (PropertyRow row in measured.Rows())
            table.AddRow(Terminal.Plain(Say(row.Label)), Terminal.Plain(Say(row.Value)));
        Terminal.Output.Write(table);

        string Say(Lab.Text text) => PlainText.Of(text, isChinese);
    }
}
