using System.CommandLine;
using Nonlinear.Lab.Figures;
using Nonlinear.Lab.Guide.Texts;
using Nonlinear.Lab.Measure;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear show: all about one function.</summary>
internal static class ShowVerb
{
    public static Command Create()
    {
        Argument<Activation> name = Inputs.Function();
        Command command = new("show", "Show a function: formula, parameters, measured properties, and a plot.") { name };
        command.SetAction(parsed => Show(parsed.GetRequiredValue(name)));
        return command;
    }

    private static void Show(Activation activation)
    {
        ActivationInfo info = activation.Info;
        FunctionTexts? texts = FunctionTexts.Exist(info) ? FunctionTexts.Of(info) : null;
        IAnsiConsole output = Terminal.Output;
        output.WriteLine();
        output.Write(Terminal.Plain(info.Title, new Style(decoration: Decoration.Bold)));
        output.WriteLine(activation.ToString() == info.Name ? "" : $"   {activation}");
        if (texts is not null)
            output.WriteLine(texts.Summary.English);

        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Section(grid, "Formula");
        foreach ((Lab.Text name, Formula formula) in FormulaNames.Of(activation))
            Row(grid, name.English, formula.Text);
        if (info.Parameters.Count > 0)
            Section(grid, "Parameters");
        foreach ((ParameterInfo parameter, double value) in info.Parameters.Zip(activation.ParameterValues))
            Row(
                grid,
                $"{parameter.Name} = {value}",
                $"{(texts is null ? "" : $"{parameter.Symbol}: {texts.Meaning(parameter).English} ")}Default "
                + $"{parameter.Default}{(parameter.Learnable ? ", usually learned" : "")}.");
        Section(grid, "Measured");
        foreach (PropertyRow row in MeasuredActivation.Of(activation).Rows())
            Row(grid, row.Label.English, row.Value.English);
        Section(grid, "Exactness");
        foreach (PropertyRow row in GuaranteeTable.Of(activation))
            Row(grid, row.Label.English, row.Value.English);
        Section(grid, "Use");
        if (texts is not null)
        {
            Row(grid, "Use it", texts.UseWhen.English);
            Row(grid, "Rather not", texts.AvoidWhen.English);
        }
        else
        {
            Row(grid, "Mind", "Exactness holds where the formula's terms do not cancel; the explorer's page shows where they do.");
        }
        foreach (Spelling spelling in activation.Spellings)
            Row(grid, spelling.Framework, spelling.Code.Length > 0 ? spelling.Code : $"– ({spelling.Remark})");
        if (info.Aliases.Count > 0)
            Row(grid, "Also known as", string.Join(", ", info.Aliases));
        Row(grid, "Source", info.Source);
        output.Write(grid);
        output.WriteLine();

        string[] legend = activation is ElementwiseActivation ? ["f(x)", "f′(x)"]
            : activation is GatedActivation ? ["f(x, 1): the gate", "its derivative by x"]
            : ["first output of (x, 0, …)", "its derivative by x"];
        Terminal.Draw((width, height) => TerminalPlot.Of(activation, width, height), legend);
    }

    private static void Section(Grid grid, string title) =>
        grid.AddEmptyRow().AddRow(Terminal.Plain(title, new Style(decoration: Decoration.Bold)), Terminal.Plain(""));

    private static void Row(Grid grid, string label, string value) =>
        grid.AddRow(Terminal.Plain("  " + label, Color.Grey), Terminal.Plain(value));
}
