using System.CommandLine;
using Nonlinear.Lab.Diagnosis;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear diagnose: dead, saturated and idle activations of a trained network.</summary>
internal static class DiagnoseVerb
{
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "An ONNX file: of any framework, or saved by choose --save." };
        Option<string> input = new("--input", "-i")
        {
            Description = "A NumPy file of inputs like those the network is used on; the first axis is the sample.",
            HelpName = "file",
            Required = true,
        };
        Option<bool> json = Inputs.Json();
        Option<string> output = Inputs.LabFolder();
        Command command = new("diagnose", "Find dead, saturated and idle units in a trained network.") { model, input, json, output };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                (string file, string sample) = (parsed.GetRequiredValue(model), parsed.GetRequiredValue(input));
                IReadOnlyList<ActivationDiagnosis> diagnoses = [];
                Terminal.WithProgress("Watching", progress => diagnoses = Diagnostician.Diagnose(file, sample, progress, cancellation));
                if (parsed.GetValue(json))
                    Console.WriteLine(Diagnostician.ToJson(diagnoses));
                else
                    LabOutput.Write(Diagnostician.Write(parsed.GetRequiredValue(output), file, sample, diagnoses));
            },
            cancellation));
        return command;
    }
}
