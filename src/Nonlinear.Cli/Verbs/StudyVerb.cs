using System.CommandLine;
using Nonlinear.Lab.Studies;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear study: a question about activation functions in training, answered by measurement.</summary>
internal static class StudyVerb
{
    public static Command Create()
    {
        Argument<string> name = new Argument<string>("name")
        {
            Description = string.Join("; ", StudyRunner.Studies.Select(study => $"{study.Name}: {study.Summary}")) + ".",
        }.AcceptOnlyFromAmong([.. StudyRunner.Studies.Select(study => study.Name)]);
        Option<bool> quick = new("--quick", "-q") { Description = "A first impression within minutes: fewer seeds, smaller networks." };
        Option<string?> data = new("--data")
        {
            Description = "The folder of Fashion-MNIST's four IDX files, if Debian's dataset-fashion-mnist is not installed.",
            HelpName = "folder",
        };
        Option<string> output = Inputs.LabFolder();
        Option<int> threads = Inputs.Threads();
        Command command = new("study", "Train networks to answer a question about activation functions; goes on where it was interrupted.")
        {
            name,
            quick,
            data,
            output,
            threads,
        };
        command.SetAction((parsed, cancellation) => LabOutput.RunAsync(
            $"Study {parsed.GetRequiredValue(name)}",
            new(parsed.GetRequiredValue(output), parsed.GetRequiredValue(threads)),
            settings => StudyRunner.Run(
                parsed.GetRequiredValue(name), parsed.GetValue(quick), parsed.GetValue(data), settings, cancellation),
            cancellation));
        return command;
    }
}
