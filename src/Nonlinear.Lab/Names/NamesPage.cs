using System.Text;

namespace Nonlinear.Lab.Names;

/// <summary>What frameworks call functions and which of ours each is, as a page in Markdown.</summary>
public static class NamesPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="frameworks">The frameworks to write about.</param>
    /// <param name="introduction">Whether the page explains itself.</param>
    public static string Write(IEnumerable<Framework> frameworks, bool introduction = true)
    {
        StringBuilder page = new();
        if (introduction)
        {
            page.Append(
                """
                # Names

                What frameworks call activation functions, with their arguments and defaults, and which function of the catalogue each is,
                or why it is none. Each of these names is understood wherever a function is named, with the path to it or with the
                framework before it: `torch.nn.GELU(approximate='tanh')`, `F.leaky_relu(x, 0.2)`, `keras:leaky_relu`, `jax:gelu`. So is a
                name alone, if all frameworks that have it mean the same by it; a name of the catalogue is always the catalogue's. An
                argument that the table does not mention beside the function has no influence on it.

                The tables are `src/Nonlinear/Names/Tables`, a file a framework; a test holds this page to them
                (`NONLINEAR_ACCEPT=1 dotnet test --project tests/Nonlinear.Tests -- --filter-class "*NamesPageTests"` writes it), and others
                hold each name to the formula of its framework's documentation.

                """);
        }
        foreach (Framework framework in frameworks)
        {
            page.Append('\n').Append("## ").Append(framework).Append("\n\n");
            page.Append("Before a colon: `").Append(framework.Id).Append(":`. Checked against <").Append(framework.Source).Append(">.\n\n");
            page.Append("| there | here | |\n| --- | --- | --- |\n");
            foreach (FrameworkFunction function in framework.Functions)
                page.Append("| ").AppendJoin(" | ", There(function), Here(function), Remark(function)).Append(" |\n");
        }
        return page.ToString();
    }

    private static string There(FrameworkFunction function)
    {
        string path = function.Name[..^function.Names[0].Length];
        return string.Join(", ", function.Names.Skip(1).Select(name => $"`{path}{name}`").Prepend($"`{function.Signature}`"));
    }

    private static string Here(FrameworkFunction function) => function.Meanings.Count == 0
        ? "none"
        : string.Join("; ", function.Meanings.Select(meaning =>
            $"`{meaning}`{(meaning.When.Length > 0 ? $" if `{meaning.When}`" : "")}{(IsThere(meaning) ? "" : " (not in the catalogue)")}"));

    private static string Remark(FrameworkFunction function)
    {
        string reason = function.Meanings.Count > 0 && function.Reason.Length > 0 ? $"otherwise none: {function.Reason}" : function.Reason;
        return string.Join("; ", ((string[])[reason, function.Note]).Where(part => part.Length > 0));
    }

    private static bool IsThere(FrameworkMeaning meaning) => Catalog.All.Any(info => info.Name == meaning.Function);
}
