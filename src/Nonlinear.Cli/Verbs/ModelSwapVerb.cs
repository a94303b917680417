using System.CommandLine;
using Nonlinear.Lab.Onnx.Tools;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear model swap: another function, or the same as one operator, in the place of activations.</summary>
internal static class ModelSwapVerb
{
    public static Command Create()
    {
        Argument<string> model = ModelVerb.Model();
        Argument<string> from = new("from") { Description = "The activations that go: gelu, \"leaky_relu(alpha=0.1)\"." };
        Argument<string> to = new("to") { Description = "What comes in their place; the same name makes one operator of several nodes." };
        Option<string> output = ModelVerb.Output();
        Option<string[]> input = new("--input", "-i")
        {
            Description = "A sample to compare both models on, as diagnose takes it: x.npy, or ids=ids.npy for each input (repeatable).",
            HelpName = "file",
        };
        Option<string> form = new Option<string>("--as")
        {
            Description = "ONNX's operator, one that ONNX Runtime has of its own, or basic operations.",
            DefaultValueFactory = _ => "operator",
        }.AcceptOnlyFromAmong([.. ModelSwap.Forms]);
        Option<bool> raise = new("--raise-opset")
        {
            Description = "Let the model name a later version of ONNX's operators, if all other nodes mean the same in it.",
        };
        Option<bool> json = Inputs.Json();
        Command command = new("swap", "Swap activations of a model; every byte that is no part of them stays as it is.")
        {
            model, from, to, output, input, form, raise, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                SwapOptions options = new(
                    parsed.GetRequiredValue(model), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to),
                    parsed.GetRequiredValue(output), parsed.GetRequiredValue(form), parsed.GetValue(raise), parsed.GetValue(input) ?? []);
                ModelReport? report = null;
                Terminal.WithProgress("Comparing", progress => report = ModelSwap.Run(options, progress, cancellation));
                ModelVerb.Write(report!, parsed.GetValue(json));
            },
            cancellation));
        return command;
    }
}
