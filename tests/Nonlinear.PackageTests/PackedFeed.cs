using System.Diagnostics;

namespace Nonlinear.PackageTests;

/// <summary>
/// The packages, made once, in a folder that serves as a feed; and an empty home in which they are used. Whatever a test does stays in
/// there.
/// </summary>
public sealed class PackedFeed : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("packages-").FullName;

    public PackedFeed()
    {
        foreach (string folder in (string[])[Feed, Home])
            Directory.CreateDirectory(folder);
        // Packages that are there already may be tried as well.
        string? made = Environment.GetEnvironmentVariable("NONLINEAR_PACKAGES");
        foreach (string package in made is null ? [] : Directory.GetFiles(made))
            File.Copy(package, Path.Combine(Feed, Path.GetFileName(package)));
        string[] projects = made is not null
            ? []
            : ["Nonlinear", "Nonlinear.Tensors", "Nonlinear.TorchSharp", "Nonlinear.Training", "Nonlinear.Lab", "Nonlinear.Cli"];
        foreach (string project in projects)
        {
            // The explorer's page takes half a minute, and is tested where there is a browser.
            Output += Run(
                Root, "dotnet", "pack", Path.Combine("src", project), "-c", Configuration, "-o", Feed, "-p:WithExplorer=false",
                "-nodeReuse:false");
        }
        // Ours come from the feed and from nowhere else; what others have fetched before is not fetched again.
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="ours" value="{Feed}" /></packageSources>
              <packageSourceMapping>
                <packageSource key="ours"><package pattern="Nonlinear*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
              <fallbackPackageFolders><add key="fetched" value="{Fetched}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nonlinear.slnx")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository, without its sources.");
        }
    }

    /// <summary>The folder of the packages.</summary>
    public string Feed => Path.Combine(_folder, "feed");

    /// <summary>What was said while they were made.</summary>
    public string Output { get; } = "";

    private string Home => Path.Combine(_folder, "home");

    private static string Fetched => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The one package of a name.</summary>
    public string Package(string name, string ending = ".nupkg") =>
        Directory.GetFiles(Feed, $"{name}.*{ending}").Single(path => char.IsAsciiDigit(Path.GetFileName(path)[name.Length + 1]));

    /// <summary>An empty folder outside the sources, which knows the feed.</summary>
    public string MakeFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Runs a program as a user who has nothing yet.</summary>
    /// <returns>What it printed.</returns>
    public string RunAtHome(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder };
        string tools = Path.Combine(Home, ".dotnet", "tools");
        foreach ((string name, string value) in ((string, string)[])
        [
            ("HOME", Home), ("DOTNET_CLI_HOME", Home), ("NUGET_PACKAGES", Path.Combine(Home, "packages")),
            ("PATH", $"{tools}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"),
        ])
            start.Environment[name] = value;
        return Run(start);
    }

    private static string Run(string folder, string program, params string[] arguments) =>
        Run(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });

    private static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        foreach ((string name, string value) in ((string, string)[])
        [
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1"), ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
            ("MSBUILDDISABLENODEREUSE", "1"),
        ])
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0, $"{start.FileName} {string.Join(' ', start.ArgumentList)}: {process.ExitCode}\n{output}{error.Result}");
        return output;
    }
}
