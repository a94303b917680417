using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nonlinear.Lab.Measure;
using Nonlinear.Site;

namespace Nonlinear.Tests;

/// <summary>The documentation site.</summary>
public sealed partial class SiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("site-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_function_says_on_the_page_of_its_type_what_the_catalogue_knows()
    {
        FunctionPages.Write(_folder);
        string overview = File.ReadAllText(Path.Combine(_folder, "functions.md"));
        foreach (Activation activation in Catalog.Defaults)
        {
            string page = File.ReadAllText(Path.Combine(_folder, "functions", activation.Info.Name + ".md"));
            string type = Uid().Match(page).Groups[1].Value;
            Assert.Same(activation.Info, typeof(Activation).Assembly.GetType(type)!.GetProperty("Info")!.GetValue(null));
            Assert.Contains($"<xref href=\"{type}\"", overview, StringComparison.Ordinal);
            Assert.Contains(new XAttribute("aria-label", activation.Formula.Text).ToString(), page, StringComparison.Ordinal);
            Assert.Contains($"figures/{activation.Info.Name}.svg", page, StringComparison.Ordinal);
            Assert.All(
                GuaranteeTable.Of(activation),
                row => Assert.Contains($"<td>{row.Label.English}</td><td>{row.Value.English}</td>", page, StringComparison.Ordinal));
            // Below an empty line Markdown would begin anew.
            Assert.DoesNotContain("\n\n<", page[(page.IndexOf("<section", StringComparison.Ordinal) + 1)..], StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Speed", "slow")]
    public async Task The_site_is_built_and_no_link_in_it_is_dead()
    {
        Assert.SkipUnless(TestCatalog.IsEveryFunctionThorough, "Takes minutes: NONLINEAR_THOROUGH=1.");
        string site = Path.Combine(_folder, "site");
        ProcessStartInfo start = new("dotnet", ["run", "-c", "Release", "--project", "docs/site", "--", site])
        {
            WorkingDirectory = FolderGraph.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches(@"[1-9]\d{2,} pages, [1-9]\d{3,} links inside the site, 0 of them dead", output);
        Assert.All(Catalog.All, info =>
        {
            string page = File.ReadAllText(Path.Combine(site, "api", FunctionPages.TypeOf(info).FullName + ".html"));
            Assert.Contains("<math", page, StringComparison.Ordinal);
            Assert.Contains($"src=\"../explorer/guide/en/figures/{info.Name}.svg\"", page, StringComparison.Ordinal);
            Assert.Contains("Error bound", page, StringComparison.Ordinal);
        });
        Assert.True(File.Exists(Path.Combine(site, "explorer", "index.html")));
        string index = Path.Combine(site, "public", "offline-index.js");
        Assert.Contains(
            "Nonlinear.Gelu", await File.ReadAllTextAsync(index, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^uid: (\S+)", RegexOptions.Multiline)]
    private static partial Regex Uid();
}
