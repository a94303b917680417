using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear diagnose: dead, saturated and idle activations of a trained network.</summary>
internal static class DiagnoseVerb
{
    private static readonly Argument<string> Model = new("model")
    {
        Description = "An ONNX file: of any framework, or saved by choose --save.",
    };

    private static readonly Option<string[]> Input = new("--input", "-i")
    {
        Description = "Inputs like those the network is used on, the first axis the sample: a .npy, .npz or .csv file. Of several inputs "
            + "each by its name (repeat the option): ids=ids.npy, sr=16000, h=zeros.",
        HelpName = "file",
        Required = true,
    };

    private static readonly Option<int?> Batch = new("--batch")
    {
        Description = "The rows that the network is given at a time; by default as many as fit.",
        HelpName = "number",
        CustomParser = ParseBatch,
    };

    private static readonly Option<string[]> Axis = new("--axis")
    {
        Description = "The axis along which units lie, where it is not found rightly: for all activations (1), or for one (name=1; repeat "
            + "the option).",
        HelpName = "number",
    };

    private static readonly Option<string?> Against = new("--against")
    {
        Description = "Another model, to compare with on the same sample: an earlier checkpoint, or the same before a change.",
        HelpName = "model",
    };

    private static readonly Option<string[]> FailOn = new("--fail-on")
    {
        Description = "Exit with 1 if something of the kind is found, for continuous integration: "
            + $"{string.Join(',', DiagnosisFaults.Names)}. "
            + "dead, rare, saturated and linear count between layers, not in outputs and gates.",
        HelpName = "faults",
        CustomParser = ParseFaults,
    };

    private static readonly Option<bool> Json = Inputs.Json();

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "Where the page appears: the folder of the lab, or a file that ends in .html.",
        HelpName = "place",
        DefaultValueFactory = _ => Lab.Studies.LabSettings.DefaultFolder,
    };

    private static readonly Option<string> Language = Inputs.Language();

    public static Command Create()
    {
        Command command = new("diagnose", "Find dead, saturated and idle units in a trained network.")
        {
            Model, Input, Batch, Axis, Against, FailOn, Json, Output, Language,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        DiagnosisOptions options = new(
            parsed.GetRequiredValue(Model),
            parsed.GetRequiredValue(Input),
            parsed.GetValue(Batch),
            parsed.GetValue(Axis) ?? [])
        {
            IsChinese = Inputs.IsChinese(parsed, Language),
        };
        bool json = parsed.GetValue(Json);
        string output = parsed.GetRequiredValue(Output);
        if (!json)
            Diagnostician.CheckOutput(output);
        ModelDiagnosis diagnosis = Watch("Watching", options, cancellation);
        DiagnosisComparison? comparison = parsed.GetValue(Against) is { } other
            ? DiagnosisComparison.Of(Watch("Watching the other", options with { Model = other }, cancellation), diagnosis)
            : null;
        if (json)
            Console.WriteLine(Diagnostician.ToJson(diagnosis, comparison));
        else
            LabOutput.Write(Diagnostician.Write(output, options, diagnosis, comparison));
        return DiagnosisFaults.Find(diagnosis, parsed.GetValue(FailOn) ?? []) is { } found ? Tool.Fail(found) : 0;
    }

    private static ModelDiagnosis Watch(string title, DiagnosisOptions options, CancellationToken cancellation)
    {
        ModelDiagnosis? diagnosis = null;
        Terminal.WithProgress(title, progress => diagnosis = Diagnostician.Diagnose(options, progress, cancellation));
        return diagnosis!;
    }

    private static int? ParseBatch(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows > 0)
            return rows;
        result.AddError($"--batch must be a whole number from 1 on, and '{result.Tokens[0].Value}' is not.");
        return null;
    }

    private static string[] ParseFaults(ArgumentResult result)
    {
        string[] faults =
        [
            .. result.Tokens.SelectMany(token => token.Value.Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        if (faults.Length == 0 || faults.FirstOrDefault(fault => !DiagnosisFaults.Names.Contains(fault)) is not null)
            result.AddError(
                $"'{faults.FirstOrDefault(fault => !DiagnosisFaults.Names.Contains(fault))}' is nothing to fail on; there are "
                + $"{string.Join(", ", DiagnosisFaults.Names)}.");
        return faults;
    }
}
