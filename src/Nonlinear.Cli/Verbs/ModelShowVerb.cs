using System.CommandLine;
using Nonlinear.Lab.Onnx.Tools;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear model show and check: which activations a model has, and how right they are.</summary>
internal static class ModelShowVerb
{
    public static Command CreateShow()
    {
        Argument<string> model = ModelVerb.Model();
        Option<bool> json = Inputs.Json();
        Command command = new("show", "List the activations of a model: where, which function, which parameters, of which nodes.")
        {
            model, json,
        };
        command.SetAction(parsed => ModelVerb.Write(ModelListing.Of(parsed.GetRequiredValue(model)), parsed.GetValue(json)));
        return command;
    }

    public static Command CreateCheck()
    {
        Argument<string> model = ModelVerb.Model();
        Option<bool> json = Inputs.Json();
        Command command = new("check", "Run each activation of a model over the whole range, and say how far it is from exact values.")
        {
            model, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                ModelReport? report = null;
                string file = parsed.GetRequiredValue(model);
                Terminal.WithProgress("Checking", progress => report = ModelCheck.Run(file, progress, cancellation));
                ModelVerb.Write(report!, parsed.GetValue(json));
            },
            cancellation));
        return command;
    }
}
