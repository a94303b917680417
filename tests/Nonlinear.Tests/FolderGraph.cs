using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nonlinear.Tests;

/// <summary>That a file of one folder uses a type of another.</summary>
internal sealed record FolderUse(string From, string To, string Example);

/// <summary>
/// Which folders of a project use which, as the compiler understands the sources: a name that looks alike does not count.
/// </summary>
internal static class FolderGraph
{
    // The build adds these to every file, and the sources do not compile without.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>The folder that holds the solution.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nonlinear.slnx")))
                folder = folder.Parent;
            return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository, without its sources.");
        }
    }

    /// <summary>What the folders of a project use of each other.</summary>
    public static IReadOnlyList<FolderUse> OfProject(string project)
    {
        string root = Path.Combine(Root, project);
        IEnumerable<string> paths = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => path.Split('/')[0] is not ("bin" or "obj"));
        return OfSources(Path.GetFileName(project), paths.Select(path => (path, File.ReadAllText(Path.Combine(root, path)))));
    }

    /// <summary>What the folders use of each other in which some texts are files.</summary>
    public static IReadOnlyList<FolderUse> OfSources(string assembly, IEnumerable<(string Path, string Text)> files)
    {
        SyntaxTree[] trees = [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path))];
        // With all that the tests run with, but for the project itself; what the build generates is missing, and no folder's.
        IEnumerable<string> libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly);
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings)],
            libraries.Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. trees.SelectMany(tree => Uses(compilation.GetSemanticModel(tree))).DistinctBy(use => (use.From, use.To))];
    }

    /// <summary>The uses that close a circle of folders, or lead from one circle to another; none if there is no circle.</summary>
    /// <param name="uses">The uses.</param>
    /// <param name="depth">To what depth folders are told apart: at 1, what lies in a folder of a folder counts as the outer one's.</param>
    public static IReadOnlyList<FolderUse> Circles(IReadOnlyList<FolderUse> uses, int depth)
    {
        IEnumerable<FolderUse> outer = uses.Select(use => use with { From = Outer(use.From, depth), To = Outer(use.To, depth) });
        FolderUse[] left = [.. outer.Where(use => use.From != use.To).DistinctBy(use => (use.From, use.To))];
        int before;
        do
        {
            before = left.Length;
            // A folder that uses none of the others, or that none of them uses, is in no circle.
            left = [.. left.Where(use => left.Any(next => next.From == use.To) && left.Any(previous => previous.To == use.From))];
        }
        while (left.Length < before);
        return left;
    }

    private static string Outer(string folder, int depth) => string.Join('/', folder.Split('/').Take(depth));

    private static IEnumerable<FolderUse> Uses(SemanticModel model)
    {
        string path = model.SyntaxTree.FilePath, from = Folder(path);
        foreach (SimpleNameSyntax name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            SymbolInfo found = model.GetSymbolInfo(name);
            ISymbol? symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
            INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
            // A type in parts belongs to all folders in which there are parts of it.
            if (type is null)
                continue;
            string[] folders = [.. type.OriginalDefinition.DeclaringSyntaxReferences.Select(part => Folder(part.SyntaxTree.FilePath))];
            foreach (string to in folders.Contains(from) ? [] : folders)
                yield return new(from, to, $"{path} uses {type.Name}");
        }
    }

    private static string Folder(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : ".";
}
