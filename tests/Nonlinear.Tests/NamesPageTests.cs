using Nonlinear.Lab.Names;

namespace Nonlinear.Tests;

/// <summary>docs/names.md says what frameworks call functions; it is written from their tables and from the catalogue.</summary>
public class NamesPageTests
{
    [Fact]
    public void The_page_of_names_is_what_the_tables_say()
    {
        string page = Path.Combine(FolderGraph.Root, "docs", "names.md");
        string text = NamesPage.Write(Framework.All);
        if (Environment.GetEnvironmentVariable("NONLINEAR_ACCEPT") == "1")
            File.WriteAllText(page, text);
        Assert.Equal(text, File.ReadAllText(page).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_page_has_every_framework_with_its_version_and_every_name()
    {
        string text = NamesPage.Write(Framework.All);
        foreach (Framework framework in Framework.All)
        {
            Assert.Contains($"## {framework.Title} {framework.Version}\n", text, StringComparison.Ordinal);
            Assert.All(
                framework.Functions.SelectMany(function => function.Names), name => Assert.Contains(name, text, StringComparison.Ordinal));
        }
    }
}
