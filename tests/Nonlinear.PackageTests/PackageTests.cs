using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nonlinear.PackageTests;

/// <summary>What the packages hold, and that they do what their pages say, in empty folders outside the sources.</summary>
public sealed partial class PackageTests(PackedFeed packed) : IClassFixture<PackedFeed>
{
    private const long Megabyte = 1_000_000;

    private static readonly string Readme = Read("README.md");

    private static string ThisSystem => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-"
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    [Theory]
    [InlineData("Nonlinear")]
    [InlineData("Nonlinear.Tensors", "Nonlinear", "System.Numerics.Tensors")]
    [InlineData("Nonlinear.TorchSharp", "Nonlinear", "TorchSharp")]
    [InlineData("Nonlinear.Training", "Nonlinear")]
    [InlineData("Nonlinear.Lab", "Nonlinear", "Nonlinear.Training", "Microsoft.ML.OnnxRuntime", "ScottPlot")]
    public void A_library_says_what_it_is_and_brings_what_it_needs(string name, params string[] needs)
    {
        using ZipArchive package = ZipFile.OpenRead(packed.Package(name));
        XElement metadata = Nuspec(package);
        AssertDescribed(package, metadata);
        string[] dependencies =
        [
            .. metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(need => (string)need.Attribute("id")!),
        ];
        Assert.Empty(needs.Except(dependencies));
        if (name is "Nonlinear" or "Nonlinear.Training")
            Assert.Equal(needs, dependencies);
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        using ZipArchive symbols = ZipFile.OpenRead(packed.Package(name, ".snupkg"));
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
    }

    [Theory]
    [InlineData("Nonlinear", "M:Nonlinear.Activation.Forward``1(System.ReadOnlySpan{``0},System.Span{``0})")]
    [InlineData("Nonlinear.Tensors", "T:Nonlinear.Tensors.AxisTensors")]
    [InlineData("Nonlinear.TorchSharp", "P:Nonlinear.TorchSharp.LearnableActivationModule.Parameter")]
    [InlineData("Nonlinear.Training", "M:Nonlinear.Training.Trainer.Step")]
    [InlineData("Nonlinear.Lab", "P:Nonlinear.Lab.Measure.FunctionProperties.Lipschitz")]
    public void A_library_brings_comments_on_what_users_can_see_and_on_nothing_else(string name, string one)
    {
        using ZipArchive package = ZipFile.OpenRead(packed.Package(name));
        using Stream text = package.GetEntry($"lib/net10.0/{name}.xml")!.Open();
        string[] members = [.. XDocument.Load(text).Descendants("member").Select(member => (string)member.Attribute("name")!)];
        Assert.Contains(one, members);
        Compilation library = Compile(name);
        string[] hidden = [.. members.Where(id => !IsPublic(DocumentationCommentId.GetFirstSymbolForDeclarationId(id, library)))];
        Assert.True(hidden.Length == 0, string.Join('\n', hidden));
    }

    [Fact]
    public void The_tool_brings_the_native_code_of_one_system_and_is_small()
    {
        using ZipArchive pointer = ZipFile.OpenRead(packed.Package("Nonlinear.Cli"));
        AssertDescribed(pointer, Nuspec(pointer));
        Assert.DoesNotContain(pointer.Entries, entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal));

        string path = packed.Package($"Nonlinear.Cli.{ThisSystem}");
        using ZipArchive tool = ZipFile.OpenRead(path);
        Assert.InRange(new FileInfo(path).Length, Megabyte, 40 * Megabyte);
        string[] native =
        [
            .. tool.Entries.Select(entry => entry.FullName)
                .Where(name => name.Contains("onnxruntime.", StringComparison.Ordinal) && !name.EndsWith(".lib", StringComparison.Ordinal)),
        ];
        Assert.Single(native);
        Assert.DoesNotContain(tool.Entries, entry => entry.FullName.Contains("/runtimes/", StringComparison.Ordinal));
        Assert.DoesNotContain(tool.Entries, entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_warned_of() => Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_library_is_installed_as_the_README_says()
    {
        string folder = packed.MakeFolder("library");
        string[] commands = Commands("dotnet new console");
        Assert.Equal(3, commands.Length);
        string output = "";
        foreach (string command in commands)
            output = packed.RunAtHome(folder, "sh", "-c", command);
        Assert.Equal("-1.0444259356238245E-07\n", output);
    }

    [Fact]
    public void The_tool_is_installed_as_the_README_says()
    {
        string folder = packed.MakeFolder("tool");
        string[] commands = Commands("dotnet tool install");
        Assert.Equal(2, commands.Length);
        packed.RunAtHome(folder, "sh", "-c", commands[0]);
        Assert.Equal("-1.0444259e-07\n", packed.RunAtHome(folder, "sh", "-c", commands[1]));

        // Whatever is native: Skia draws, ONNX Runtime and SQLite train.
        Assert.Contains("gelu", packed.RunAtHome(folder, "sh", "-c", "nonlinear list"), StringComparison.Ordinal);
        packed.RunAtHome(folder, "sh", "-c", "nonlinear plot gelu --output gelu.png");
        Assert.Equal("PNG"u8, File.ReadAllBytes(Path.Combine(folder, "gelu.png")).AsSpan(1, 3));
        packed.RunAtHome(folder, "sh", "-c", "nonlinear choose -a relu,tanh --seeds 3 --epochs 1 --rates 0.01 --hidden 8");
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "lab"), "*.html", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_the_libraries_say_of_themselves_is_so()
    {
        string folder = packed.MakeFolder("samples");
        string[] libraries = ["Nonlinear", "Nonlinear.Tensors", "Nonlinear.Training", "Nonlinear.Lab"];
        string[] pages = [.. libraries.Select(library => Read("src", library, "README.md"))];
        File.WriteAllText(Path.Combine(folder, "samples.csproj"), Project(libraries, ""));
        for (int i = 0; i < pages.Length; i++)
            File.WriteAllText(Path.Combine(folder, $"Sample{i}.cs"), Wrapped(Block("csharp", pages[i]), i));
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"), string.Concat(pages.Select((_, i) => $"Sample{i}.Run();\nSystem.Console.WriteLine();\n")));
        string[] printed = packed.RunAtHome(folder, "dotnet", "run").Split("\n\n");
        Assert.Equal(pages.Select(page => Block("text", page).Trim()), printed[..^1].Select(text => text.Trim()));
    }

    [Fact]
    public void The_library_is_compiled_ahead_of_time()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && IsInstalled("clang") && IsInstalled("ld.lld"),
            "clang and lld are not installed (apt-get install clang lld).");
        string folder = packed.MakeFolder("native");
        File.WriteAllText(
            Path.Combine(folder, "native.csproj"),
            Project(["Nonlinear"], "<PublishAot>true</PublishAot><TreatWarningsAsErrors>true</TreatWarningsAsErrors>"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Block("csharp", Read("src", "Nonlinear", "README.md")));
        packed.RunAtHome(folder, "dotnet", "publish", "-r", ThisSystem, "-p:LinkerFlavor=lld", "-o", "out");
        Assert.Equal(
            Block("text", Read("src", "Nonlinear", "README.md")), packed.RunAtHome(folder, Path.Combine(folder, "out", "native")));
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(folder, "out")), file => file.EndsWith(".dll", StringComparison.Ordinal));
    }

    private static void AssertDescribed(ZipArchive package, XElement metadata)
    {
        string Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
        Assert.Equal("MIT", Value("license"));
        Assert.True(Value("description").Length > 40, Value("description"));
        Assert.Contains("activation-functions", Value("tags"), StringComparison.Ordinal);
        Assert.NotNull(package.GetEntry(Value("icon")));
        using StreamReader page = new(package.GetEntry(Value("readme"))!.Open());
        string text = page.ReadToEnd();
        Assert.StartsWith("# ", text, StringComparison.OrdinalIgnoreCase);
        // Beside a package lies nothing that a link could lead to.
        Assert.DoesNotMatch(@"\]\((?!https://)", text);
    }

    private static XElement Nuspec(ZipArchive package)
    {
        using Stream text = package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(text).Root!.Elements().Single();
    }

    // The library as the compiler sees it, with the one that it is made on.
    private CSharpCompilation Compile(string name)
    {
        string[] framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "comments",
            references:
            [
                .. framework.Select(path => MetadataReference.CreateFromFile(path)),
                .. new[] { "Nonlinear", name }.Distinct().Select(Reference),
            ]);
    }

    private PortableExecutableReference Reference(string name)
    {
        using ZipArchive package = ZipFile.OpenRead(packed.Package(name));
        using Stream entry = package.GetEntry($"lib/net10.0/{name}.dll")!.Open();
        using MemoryStream assembly = new();
        entry.CopyTo(assembly);
        assembly.Position = 0;
        return MetadataReference.CreateFromStream(assembly);
    }

    private static bool IsPublic(ISymbol? symbol)
    {
        if (symbol is null)
            return false;
        for (ISymbol? outer = symbol; outer is not null and not INamespaceSymbol; outer = outer.ContainingSymbol)
        {
            if (outer.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }
        return true;
    }

    // The commands of the README's block that begins with one; a command may go on in further lines.
    private static string[] Commands(string beginning)
    {
        string block = ShellBlock().Matches(Readme).Select(match => match.Groups[1].Value)
            .First(text => text.StartsWith(beginning, StringComparison.Ordinal));
        return [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Block(string language, string page) =>
        Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    // A program as a method, with its directives in front.
    private static string Wrapped(string program, int number)
    {
        ILookup<bool, string> lines = program.Split('\n').ToLookup(line => line.StartsWith("using ", StringComparison.Ordinal));
        return $"{string.Join('\n', lines[true])}\nstatic class Sample{number}\n{{\npublic static void Run()\n{{\n"
            + $"{string.Join('\n', lines[false])}\n}}\n}}\n";
    }

    private static string Project(IEnumerable<string> packages, string settings) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            {settings}
          </PropertyGroup>
          <ItemGroup>
            {string.Concat(packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{Version}\" />"))}
          </ItemGroup>
        </Project>
        """;

    private static string Version => Regex.Match(Read("Directory.Build.props"), "<Version>(.*?)</Version>").Groups[1].Value;

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([PackedFeed.Root, .. path])).ReplaceLineEndings("\n");

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
