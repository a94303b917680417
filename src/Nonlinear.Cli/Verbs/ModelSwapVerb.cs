using System.CommandLine;
using Nonlinear.Lab.Onnx.Tools;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear model swap: another function, or the same as one operator, in the place of activations.</summary>
internal static class ModelSwapVerb
{
    public static Command Create()
    {
        Argument<string> model = ModelVerb.Model();
        Argument<string?> from = new("from")
        {
            Description = "The activations that go: gelu, \"leaky_relu(alpha=0.1)\".",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> to = new("to")
        {
            Description = "What comes in their place; the same name makes one operator of several nodes.",
            Arity = ArgumentArity.ZeroOrOne,
        };
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
        Option<bool> operators = new("--to-operators")
        {
            Description = "Put libnonlinear's operators in their place, with the same bits on every processor: all, or those named.",
        };
        Option<string?> tier = Inputs.Tier("With --to-operators, how: exact to the last bit, or fast.");
        Option<string?> library = new("--library")
        {
            Description = "With --to-operators, the file of libnonlinear, to run the new model with.",
            HelpName = "file",
        };
        Option<bool> json = Inputs.Json();
        Command command = new("swap", "Swap activations of a model; every byte that is no part of them stays as it is.")
        {
            model, from, to, output, input, form, raise, operators, tier, library, json,
        };
        command.Validators.Add(result =>
        {
            bool toOperators = result.GetValue(operators);
            if (!toOperators && (result.GetValue(from) is null || result.GetValue(to) is null))
                result.AddError("Name which activations go and what comes in their place: nonlinear model swap MODEL gelu relu -o NEW.");
            if (toOperators && result.GetValue(to) is { } other)
                result.AddError($"With --to-operators a function stays what it is; '{other}' is one name too many.");
            if (!toOperators && (result.GetResult(library) is not null || result.GetResult(tier) is not null))
                result.AddError("--library and --tier go with --to-operators.");
            if (toOperators && (result.GetValue(raise) || result.GetResult(form) is { Implicit: false }))
                result.AddError("--as and --raise-opset are about ONNX's operators, and do not go with --to-operators.");
        });
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                string file = parsed.GetRequiredValue(model), place = parsed.GetRequiredValue(output);
                string[] sample = parsed.GetValue(input) ?? [];
                ModelReport? report = null;
                Terminal.WithProgress("Comparing", progress => report = parsed.GetValue(operators)
                    ? ModelSwap.ToOperators(
                        new(
                            file, parsed.GetValue(from), place, Inputs.ToTier(parsed.GetValue(tier)),
                            parsed.GetValue(library), sample),
                        progress,
                        cancellation)
                    : ModelSwap.Run(
                        new(
                            file, parsed.GetRequiredValue(from)!, parsed.GetRequiredValue(to)!, place, parsed.GetRequiredValue(form),
                            parsed.GetValue(raise), sample),
                        progress,
                        cancellation));
                ModelVerb.Write(report!, parsed.GetValue(json));
            },
            cancellation));
        return command;
    }
}
