using System.CommandLine;
using Nonlinear.Lab.Arrays;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear apply: a function on NumPy files of any size.</summary>
internal static class ApplyVerb
{
    public static Command Create()
    {
        Argument<Activation> name = Inputs.Function();
        Option<string> input = new("--input", "-i")
        {
            Description = "A NumPy file of float16, float32 or float64; - is standard input.",
            HelpName = "file",
            Required = true,
        };
        Option<string> output = new("--output", "-o")
        {
            Description = "The file to write, which appears whole or not at all; - is standard output.",
            HelpName = "file",
            Required = true,
        };
        Option<bool> derivative = Inputs.Derivative();
        Option<string?> backward = new("--backward", "-b")
        {
            Description = "A file with the gradient by the output; the gradient by the input is written.",
            HelpName = "file",
        };
        Option<int?> axis = new("--axis", "-a")
        {
            Description = "The axis of softmax (by default the last) or maxout (dimension 1, or the only one).",
            HelpName = "number",
        };
        Option<string?> tier = Inputs.Tier("How: exact to the last bit, or fast.");
        Option<int> threads = Inputs.WholeNumber(
            "--threads",
            "How many threads compute, 0 for all cores; the numbers do not depend on it.",
            1,
            0,
            1024);
        Command command = new("apply", "Apply a function to a NumPy file, in constant memory.")
        {
            name, input, output, derivative, backward, axis, tier, threads,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(derivative) && result.GetValue(backward) is not null)
                result.AddError("--derivative and --backward exclude each other.");
            if (result.GetValue(backward) == ArrayTransform.Standard && result.GetValue(input) == ArrayTransform.Standard)
                result.AddError("Standard input can be read once: give --input or --backward a file.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            string? upstream = parsed.GetValue(backward);
            ArrayOperation operation = upstream is not null ? ArrayOperation.Backward
                : parsed.GetValue(derivative) ? ArrayOperation.Derivative
                : ArrayOperation.Forward;
            Activation activation = parsed.GetRequiredValue(name).In(Inputs.ToTier(parsed.GetValue(tier)));
            int count = parsed.GetValue(threads);
            return Task.Run(
                () => Terminal.WithProgress(activation.ToString(), progress => ArrayTransform.Run(
                    count == 0 ? activation.Parallel : activation.OnThreads(count),
                    operation,
                    parsed.GetRequiredValue(input),
                    upstream,
                    parsed.GetRequiredValue(output),
                    parsed.GetValue(axis),
                    progress,
                    cancellation)),
                cancellation);
        });
        return command;
    }
}
