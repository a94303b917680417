using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nonlinear.Tests;

/// <summary>
/// ONNX Runtime starts to report to its maker with the first environment or session options that are made, so that these are made in one
/// place only, which silences it before.
/// </summary>
public class RuntimeUseTests
{
    private const string OwnPlace = "src/Nonlinear.Lab/Onnx/Runtime/OnnxSession.cs";

    private static readonly string[] Folders = ["src", "bench", "tests"];

    private static readonly string[] Loud =
        ["InferenceSession", "SessionOptions", "OrtEnv", "PrePackedWeightsContainer", "TrainingSession"];

    [Fact]
    public void Only_one_place_opens_sessions_or_makes_what_starts_the_runtime()
    {
        (string, string)[] files =
        [
            .. Folders.Select(folder => Path.Combine(FolderGraph.Root, folder))
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
                .Select(path => (Path: Path.GetRelativePath(FolderGraph.Root, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
                .Where(file => file.Text.Contains("OnnxRuntime", StringComparison.Ordinal)
                    && !file.Path.Split('/').Any(part => part is "bin" or "obj")),
        ];
        IReadOnlyList<string> uses = Uses(files);
        Assert.Contains(uses, use => use.StartsWith(OwnPlace, StringComparison.Ordinal));
        Assert.DoesNotContain(uses, use => !use.StartsWith(OwnPlace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("InferenceSession s = new(\"m.onnx\");")]
    [InlineData("object s = new Microsoft.ML.OnnxRuntime.InferenceSession(\"m.onnx\");")]
    [InlineData("using SessionOptions o = new();")]
    [InlineData("OrtEnv e = OrtEnv.Instance();")]
    [InlineData("EnvironmentCreationOptions o = default; OrtEnv.CreateInstanceWithOptions(ref o);")]
    [InlineData("SessionOptions o = SessionOptions.MakeSessionOptionWithCudaProvider();")]
    public void Every_way_to_start_the_runtime_is_seen(string code) => Assert.NotEmpty(
        Uses([("a.cs", $"using Microsoft.ML.OnnxRuntime; class A {{ void M() {{ {code} }} }}")]));

    [Fact]
    public void Other_uses_of_the_runtime_are_free() => Assert.Empty(Uses(
    [
        (
            "a.cs",
            "using Microsoft.ML.OnnxRuntime; class A { void M(InferenceSession s, SessionOptions o) { o.IntraOpNumThreads = 1; } }"),
    ]));

    // What is made of the types that start the runtime, and which of their own methods are called.
    private static IReadOnlyList<string> Uses(IReadOnlyList<(string Path, string Text)> files)
    {
        SyntaxTree[] trees = [.. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path))];
        IEnumerable<string> libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal)));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "uses", trees, libraries.Select(path => MetadataReference.CreateFromFile(path)), new(OutputKind.DynamicallyLinkedLibrary));
        return [.. trees.SelectMany(tree => Uses(tree, compilation.GetSemanticModel(tree)))];
    }

    private static IEnumerable<string> Uses(SyntaxTree tree, SemanticModel model)
    {
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax))
                continue;
            SymbolInfo found = model.GetSymbolInfo(node);
            ISymbol? symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
            bool makes = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } or IMethodSymbol { IsStatic: true };
            if (makes && symbol!.ContainingType is { ContainingNamespace.Name: "OnnxRuntime" } type && Loud.Contains(type.Name))
                yield return $"{tree.FilePath}({tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}): {node}";
        }
    }
}
