using System.Diagnostics;
using Nonlinear.Lab;
using Nonlinear.Site;

// Builds the documentation site: dotnet run -c Release --project docs/site [-- FOLDER]. It says which links are dead, and fails if one is.
string root = Sources.Root(), site = Path.Combine(root, "docs", "site"), pages = Path.Combine(site, "obj", "pages");
string place = args is [string given] ? Path.GetFullPath(given) : Path.Combine(root, "artifacts", "site");
try
{
    return Build();
}
catch (Exception failure) when (failure is IOException or InvalidOperationException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

int Build()
{
    const string Mark = "nonlinear-site.txt";
    using PageFolder folder = new(place, Mark, "a documentation site");
    Run("tool", "restore");
    if (Directory.Exists(pages))
        Directory.Delete(pages, recursive: true);
    Directory.CreateDirectory(pages);
    Run(Path.Combine(AppContext.BaseDirectory, "Nonlinear.Cli.dll"), "explore", "--output", Path.Combine(pages, "explorer"));
    FunctionPages.Write(pages);
    Documents.Write(root, pages);
    string configuration = Path.Combine(site, "docfx.json");
    Run("docfx", "metadata", configuration, "--logLevel", "warning", "--warningsAsErrors");
    Run("docfx", "build", configuration, "--output", folder.Draft, "--logLevel", "warning", "--warningsAsErrors");
    FinishedPages.Finish(folder.Draft);

    LinkReport links = LinkChecker.Check(folder.Draft);
    foreach (string dead in links.Dead)
        Console.Error.WriteLine(dead);
    Console.WriteLine(
        $"{links.Pages} pages, {links.Inside} links inside the site, {links.Dead.Count} of them dead; {links.Outside} lead outside.");
    if (links.Dead.Count > 0)
        return 1;
    folder.Write(Mark, "Written by Nonlinear; replaced as a whole when the site is built again.\n");
    folder.Publish();
    Console.WriteLine($"The site is in {place}: open index.html, or put the folder on any host of files.");
    return 0;
}

void Run(params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}.");
}
