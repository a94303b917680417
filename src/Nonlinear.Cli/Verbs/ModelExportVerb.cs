using System.CommandLine;
using Nonlinear.Lab.Onnx.Tools;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear model export: a function as an ONNX model, tried before it is written.</summary>
internal static class ModelExportVerb
{
    public static Command Create()
    {
        Argument<Activation> name = Inputs.Function();
        Option<string> output = ModelVerb.Output();
        Option<int> opset = Inputs.WholeNumber(
            "--opset", "The version of ONNX's operators.", ModelExport.UsualOpset, ModelExport.LeastOpset, ModelExport.LargestOpset);
        Option<string> type = new Option<string>("--type", "-t")
        {
            Description = "The type of its numbers.",
            DefaultValueFactory = _ => "float",
        }.AcceptOnlyFromAmong([.. ModelExport.Types]);
        Option<int> axis = Inputs.WholeNumber("--axis", "The axis of softmax and its like, and of maxout's channels.", -1, -16, 15);
        Option<string?> form = new Option<string?>("--form")
        {
            Description = "ONNX's operator, basic operations, or those of doubles; without it the first that does well.",
        }.AcceptOnlyFromAmong([.. ModelExport.Forms]);
        Option<bool> json = Inputs.Json();
        Command command = new("export", "Write a function as an ONNX model, and say how far ONNX Runtime is from exact values.")
        {
            name, output, opset, type, axis, form, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => ModelVerb.Write(
                ModelExport.Write(
                    parsed.GetRequiredValue(name), parsed.GetRequiredValue(type), parsed.GetValue(opset), parsed.GetValue(axis),
                    parsed.GetValue(form), parsed.GetRequiredValue(output), cancellation),
                parsed.GetValue(json)),
            cancellation));
        return command;
    }
}
