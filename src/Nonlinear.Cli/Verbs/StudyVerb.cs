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
        Option<string> output = Inputs.LabFolder(), language = Inputs.Language();
        Option<int> threads = Inputs.Threads();
        Option<string?> store = Sharing.Store("Hands the runs out to the workers at a store; implies --portable.");
        Option<bool> portable = Sharing.Portable();
        Command command = new("study", "Train networks to answer a question about activation functions; goes on where it was interrupted.")
        {
            name,
            quick,
            data,
            output,
            language,
            threads,
            store,
            portable,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Sharing.With(
                parsed.GetValue(store),
                parsed.GetValue(portable),
                new(parsed.GetRequiredValue(output), parsed.GetRequiredValue(threads))
                {
                    IsChinese = Inputs.IsChinese(parsed, language),
                },
                shared => LabOutput.Run(
                    $"Study {parsed.GetRequiredValue(name)}",
                    shared,
                    settings => StudyRunner.Run(
                        parsed.GetRequiredValue(name), parsed.GetValue(quick), parsed.GetValue(data), settings, cancellation)),
                cancellation),
            cancellation));
        return command;
    }
}
