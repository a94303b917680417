using System.CommandLine;
using System.Text;
using Nonlinear.Lab;
using Nonlinear.Lab.Names;

namespace Nonlinear.Cli.Verbs;

/// <summary>nonlinear names: what frameworks call the functions.</summary>
internal static class NamesVerb
{
    public static Command Create()
    {
        Argument<string[]> frameworks = new("framework")
        {
            Description = $"One or more of {string.Join(", ", Framework.All.Select(framework => framework.Id))}; all without.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> output = new("--output", "-o") { Description = "The file to write instead.", HelpName = "file.md" };
        Command command = new("names", "Show what frameworks call functions, their defaults, and which function each is.")
        {
            frameworks,
            output,
        };
        command.SetAction(parsed => Show(parsed.GetValue(frameworks) ?? [], parsed.GetValue(output)));
        return command;
    }

    private static void Show(string[] ids, string? output)
    {
        Framework[] chosen = ids.Length == 0 ? [.. Framework.All] : [.. ids.Select(Find)];
        string page = NamesPage.Write(chosen, introduction: ids.Length == 0);
        if (output is null)
            Console.Write(page);
        else
            WholeFile.Write(output, Encoding.UTF8.GetBytes(page));
    }

    private static Framework Find(string id) =>
        Framework.All.FirstOrDefault(framework => string.Equals(framework.Id, id, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no table for '{id}'; there are {string.Join(", ", Framework.All.Select(framework => framework.Id))}.");
}
