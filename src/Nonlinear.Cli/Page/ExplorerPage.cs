using System.Diagnostics;
using Nonlinear.Lab;

namespace Nonlinear.Cli.Page;

/// <summary>The explorer's page as a folder of files: packed with the tool, or published from the sources when they are newer.</summary>
internal static class ExplorerPage
{
    private const string Project = "src/Nonlinear.Explorer", Solution = "Nonlinear.slnx", Entry = "index.html";

    /// <summary>The folder in the tool's package.</summary>
    public const string PackedFolder = "explorer";

    /// <summary>Finds the page, or publishes it.</summary>
    /// <param name="tell">Is told of work that takes a while.</param>
    /// <exception cref="FileNotFoundException">There is neither a page nor a source of one.</exception>
    /// <exception cref="InvalidOperationException">The page cannot be published; the message holds the first error.</exception>
    public static string Find(Action<string> tell)
    {
        string packed = Path.Combine(AppContext.BaseDirectory, PackedFolder);
        if (File.Exists(Path.Combine(packed, Entry)))
            return packed;
        string root = SourceRoot()
            ?? throw new FileNotFoundException(
                "The explorer's page is neither packed with this tool nor are its sources near; install the tool from its package.");
        string output = Path.Combine(root, "artifacts", "explorer"), page = Path.Combine(output, "wwwroot");
        if (IsUpToDate(root, page))
            return page;
        tell("Compiling the library for the browser; this takes about half a minute, once.");
        Publish(root, output);
        return page;
    }

    private static string? SourceRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)) && Directory.Exists(Path.Combine(folder.FullName, Project)))
                return folder.FullName;
        }
        return null;
    }

    // The page is made of the library, of the training kit, of the explorer and of the guide's words.
    private static bool IsUpToDate(string root, string page)
    {
        string entry = Path.Combine(page, Entry);
        if (!File.Exists(entry))
            return false;
        DateTime published = File.GetLastWriteTimeUtc(entry);
        string[] built =
        [
            $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}",
            $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
        ];
        return new[] { "src/Nonlinear", "src/Nonlinear.Training", Project, "src/Nonlinear.Lab/Guide/Texts" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !built.Any(part => file.Contains(part, StringComparison.Ordinal)))
            .All(file => File.GetLastWriteTimeUtc(file) <= published);
    }

    private static void Publish(string root, string output)
    {
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        string project = Path.Combine(root, Project);
        string[] arguments = ["publish", project, "-c", "Release", "-o", output, "-nodeReuse:false", "-v:quiet"];
        using Process process = new()
        {
            StartInfo = new("dotnet", arguments)
            {
                WorkingDirectory = root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        Leftover compiling = Leftovers.Begin(() => process.Start(), () => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string log = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        compiling.End(() => { });
        if (process.ExitCode != 0)
        {
            string? error = $"{log}\n{errors.Result}".Split('\n')
                .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase));
            throw new InvalidOperationException(
                $"The page could not be compiled: {error?.Trim() ?? $"dotnet publish ended with {process.ExitCode}"}");
        }
        // Published files keep the times of their sources.
        File.SetLastWriteTimeUtc(Path.Combine(output, "wwwroot", Entry), DateTime.UtcNow);
    }
}
