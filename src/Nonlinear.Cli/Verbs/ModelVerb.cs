using System.CommandLine;
using Nonlinear.Lab.Onnx.Tools;
using Spectre.Console;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear model: activations in ONNX models.</summary>
internal static class ModelVerb
{
    public static Command Create() => new("model", "Export activations as ONNX models; show, check and swap those in a model.")
    {
        ModelShowVerb.CreateShow(),
        ModelShowVerb.CreateCheck(),
        ModelSwapVerb.Create(),
        ModelExportVerb.Create(),
    };

    /// <summary>The model that is looked at.</summary>
    public static Argument<string> Model() => new("model") { Description = "An ONNX file of any framework." };

    /// <summary>The file that is written.</summary>
    public static Option<string> Output() => new("--output", "-o")
    {
        Description = "The ONNX file to write.",
        HelpName = "file",
        Required = true,
    };

    /// <summary>Prints what was found.</summary>
    public static void Write(ModelReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(report.ToJson());
            return;
        }
        if (report.Rows.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Simple);
            foreach (string column in report.Columns)
                table.AddColumn(new TableColumn(Terminal.Plain(column)));
            foreach (IReadOnlyList<string> row in report.Rows)
                table.AddRow(row.Select(cell => Terminal.Plain(cell)));
            Terminal.Output.Write(table);
        }
        foreach (string line in report.Lines)
            Terminal.Output.WriteLine(line);
    }
}
