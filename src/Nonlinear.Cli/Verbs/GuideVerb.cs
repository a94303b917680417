using System.CommandLine;
using Nonlinear.Lab.Guide;
using Nonlinear.Lab.Guide.Pages;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear guide: the guide as a folder of pages.</summary>
internal static class GuideVerb
{
    public static Command Create()
    {
        Option<string> output = new("--output", "-o")
        {
            Description = "The folder to write; an older guide there is replaced.",
            HelpName = "folder",
            DefaultValueFactory = _ => "guide",
        };
        Option<string> language =
            new Option<string>("--language", "-l") { Description = "The language.", DefaultValueFactory = _ => "both" }
                .AcceptOnlyFromAmong("en", "zh", "both");
        Command command = new("guide", "Write the guide: a page for every function, with everything on it measured.") { output, language };
        command.SetAction((parsed, cancellation) =>
        {
            GuideLanguages languages = parsed.GetRequiredValue(language) switch
            {
                "en" => GuideLanguages.English,
                "zh" => GuideLanguages.Chinese,
                _ => GuideLanguages.Both,
            };
            string folder = parsed.GetRequiredValue(output);
            return Task.Run(
                () =>
                {
                    Terminal.WithProgress(
                        "Measuring and writing",
                        progress => GuideWriter.Write(folder, languages, new GuideShare(progress), cancellation: cancellation));
                    Console.WriteLine($"The guide is in {Path.Combine(folder, "index.html")}");
                },
                cancellation);
        });
        return command;
    }
}
