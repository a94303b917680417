using System.Xml.Linq;

namespace Nonlinear.Tests;

public class ArchitectureTests
{
    /// <summary>What each project may refer to.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Nonlinear"] = [],
        ["Nonlinear.Oracle"] = ["Nonlinear"],
        ["Nonlinear.Tensors"] = ["Nonlinear"],
        ["Nonlinear.TorchSharp"] = ["Nonlinear"],
        ["Nonlinear.Training"] = ["Nonlinear"],
        ["Nonlinear.Lab"] = ["Nonlinear", "Nonlinear.Training"],
        ["Nonlinear.Explorer"] = ["Nonlinear", "Nonlinear.Training"],
        ["Nonlinear.Native"] = ["Nonlinear"],
        ["Nonlinear.Workers"] = ["Nonlinear.Lab"],
        ["Nonlinear.Cli"] = ["Nonlinear.Lab", "Nonlinear.Oracle", "Nonlinear.Workers"],
    };

    // What each room of the library may use. Functions and their Tuning are parts of the same types, and a function's file ends with its
    // factory.
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Numerics"] = [],
        ["Symbols"] = ["Numerics"],
        ["Description"] = ["Symbols"],
        ["Names"] = ["Description"],
        ["Functions"] = ["Tuning", "Description", "Symbols", "Numerics", "Activations"],
        ["Tuning"] = ["Functions", "Numerics"],
        ["Kernels"] = ["Functions", "Tuning", "Description", "Numerics"],
        ["Activations"] = ["Names", "Functions", "Tuning", "Description", "Symbols", "Kernels", "Numerics"],
        ["Losses"] = ["Kernels", "Description", "Numerics"],
        ["Layers"] = ["Activations", "Functions", "Description"],
    };

    [Fact]
    [Trait("Speed", "slow")]
    public void Rooms_of_the_library_use_no_others_than_they_may()
    {
        FolderUse[] uses =
        [
            .. FolderGraph.OfProject("src/Nonlinear")
                .Select(use => use with { From = use.From.Split('/')[0], To = use.To.Split('/')[0] })
                .Where(use => use.From != use.To),
        ];
        Assert.Equal(Rooms.Keys.Order(), uses.SelectMany(use => (string[])[use.From, use.To]).Distinct().Order());
        IEnumerable<FolderUse> others = uses.Where(use => !Rooms[use.From].Contains(use.To));
        string[] forbidden = [.. others.Select(use => $"{use.From} → {use.To}: {use.Example}")];
        Assert.True(forbidden.Length == 0, string.Join('\n', forbidden));
    }

    [Theory]
    [Trait("Speed", "slow")]
    [InlineData("src/Nonlinear.Lab")]
    public void No_folders_use_each_other_in_a_circle(string project)
    {
        IReadOnlyList<FolderUse> uses = FolderGraph.OfProject(project);
        Assert.NotEmpty(uses);
        string[] circles = [.. CirclesAtEveryDepth(uses)];
        Assert.True(circles.Length == 0, string.Join('\n', circles));
    }

    [Fact]
    public void A_circle_of_folders_is_found() => Assert.Equal(
        ["Data → Pages (Data/Table.cs uses Page)", "Pages → Data (Pages/Charts/Chart.cs uses Table)"],
        CirclesAtEveryDepth(FolderGraph.OfSources(
            "Example",
            [
                ("Data/Table.cs", "namespace Data; class Table { int Width => Pages.Page.Width; }"),
                ("Pages/Page.cs", "namespace Pages; class Page { public const int Width = 3; string Style => \"\"; }"),
                ("Pages/Charts/Chart.cs", "namespace Pages.Charts; class Chart(Data.Table table) { object Shown => table; int Page; }"),
                ("Program.cs", "Console.WriteLine(new Pages.Page());"),
            ])));

    [Fact]
    public void Projects_refer_to_no_others_than_they_may()
    {
        string[] projects = Directory.GetFiles(Path.Combine(FolderGraph.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(), projects.Select(path => Path.GetFileNameWithoutExtension(path)).Order());
        Assert.All(projects, path => Assert.Empty(References(path).Except(Allowed[Path.GetFileNameWithoutExtension(path)])));
    }

    private static IEnumerable<string> CirclesAtEveryDepth(IReadOnlyList<FolderUse> uses) =>
        Enumerable.Range(1, uses.Max(use => Math.Max(use.From.Split('/').Length, use.To.Split('/').Length)))
            .SelectMany(depth => FolderGraph.Circles(uses, depth))
            .Select(use => $"{use.From} → {use.To} ({use.Example})")
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
