using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace Nonlinear.Tests;

/// <summary>Which packages of others are used is written down, with licence, reason and content.</summary>
public class SupplyChainTests
{
    // Whatever the tool brings along may be given away with it, that under the LGPL as assemblies of its own and with its text; what tests
    // use is not given away.
    private static readonly string[] Licences = ["MIT", "Apache-2.0", "BSD-3-Clause", "blessing", "PostgreSQL", "LGPL-3.0-only"],
        OfTests = [.. Licences, "MPL-2.0", "BSD-2-Clause", "ISC", "BlueOak-1.0.0"];

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string List = Path.Combine(FolderGraph.Root, "docs", "packages.csv"),
        Bill = Path.Combine(FolderGraph.Root, "docs", "sbom.cdx.json");

    [Fact]
    public void Every_package_that_was_restored_is_written_down_with_its_content()
    {
        Dictionary<string, Package> known = Known().ToDictionary(package => package.Name);
        string[] unknown =
        [
            .. Restored("src/Nonlinear.Cli").Concat(Restored("tests/Nonlinear.Tests")).Distinct()
                .Where(used => !known.TryGetValue(used.Name, out Package? package)
                    || (package.Version, package.Hash) != (used.Version, used.Hash))
                .Select(used => $"{used.Name},{used.Version},…,{used.Hash}"),
        ];
        Assert.True(unknown.Length == 0, $"docs/packages.csv does not have\n{string.Join('\n', unknown)}");
    }

    [Fact]
    public void Every_package_that_is_asked_for_is_written_down_with_a_reason_and_a_licence_that_suits()
    {
        Package[] known = Known();
        using JsonDocument tools = JsonDocument.Parse(File.ReadAllText(Path.Combine(FolderGraph.Root, ".config", "dotnet-tools.json")));
        Assert.All(
            tools.RootElement.GetProperty("tools").EnumerateObject(),
            asked => Assert.Contains(
                known, package => package.Name == asked.Name && package.Version == asked.Value.GetProperty("version").GetString()));
        Assert.All(
            XDocument.Load(Path.Combine(FolderGraph.Root, "Directory.Packages.props")).Descendants("PackageVersion"),
            asked => Assert.Contains(
                known,
                package => package.Name == (string)asked.Attribute("Include")! && package.Version == (string)asked.Attribute("Version")!));
        Assert.All(known, package =>
        {
            Assert.NotEmpty(package.Reason);
            Assert.Contains(package.Licence, package.UsedBy == "tool" ? Licences : OfTests);
        });
    }

    [Fact]
    public void What_npm_brings_to_check_the_page_is_written_down_and_comes_from_no_host_in_particular()
    {
        string place = Path.Combine(FolderGraph.Root, "tests", "page", "package-lock.json"), text = File.ReadAllText(place);
        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
        using JsonDocument locked = JsonDocument.Parse(text);
        JsonElement packages = locked.RootElement.GetProperty("packages");
        Dictionary<string, Package> known = Known().Where(package => package.UsedBy == "page checks").ToDictionary(package => package.Name);
        string[] asked = [.. packages.GetProperty("").GetProperty("devDependencies").EnumerateObject().Select(each => each.Name)];
        Assert.Equal(known.Keys.Order(StringComparer.Ordinal), asked.Select(name => "npm:" + name).Order(StringComparer.Ordinal));
        foreach (string name in asked)
        {
            JsonElement package = packages.GetProperty("node_modules/" + name);
            Assert.Equal(
                (known["npm:" + name].Version, known["npm:" + name].Licence, "sha512-" + known["npm:" + name].Hash),
                (package.GetProperty("version").GetString(), package.GetProperty("license").GetString(),
                    package.GetProperty("integrity").GetString()));
        }
        Assert.All(
            packages.EnumerateObject().Where(package => package.Name.Length > 0),
            package => Assert.Contains(package.Value.GetProperty("license").GetString(), OfTests));
    }

    [Fact]
    public void The_bill_of_materials_is_that_of_the_tool()
    {
        Package[] tool = [.. Known().Where(package => package.UsedBy == "tool")];
        Assert.Equal(
            Restored("src/Nonlinear.Cli").Select(package => package.Name).Order(StringComparer.OrdinalIgnoreCase),
            tool.Select(package => package.Name));
        string bill = JsonSerializer.Serialize(
            new
            {
                bomFormat = "CycloneDX",
                specVersion = "1.6",
                version = 1,
                metadata = new { component = new { type = "application", name = "Nonlinear.Cli" } },
                components = tool.Select(package => new Dictionary<string, object>
                {
                    ["type"] = "library",
                    ["bom-ref"] = $"pkg:nuget/{package.Name}@{package.Version}",
                    ["name"] = package.Name,
                    ["version"] = package.Version,
                    ["purl"] = $"pkg:nuget/{package.Name}@{package.Version}",
                    ["licenses"] = new[] { new { license = new { id = package.Licence } } },
                    ["hashes"] = new[]
                    {
                        new { alg = "SHA-512", content = Convert.ToHexStringLower(Convert.FromBase64String(package.Hash)) },
                    },
                }),
            },
            Indented) + "\n";
        if (Environment.GetEnvironmentVariable("NONLINEAR_ACCEPT") == "1")
            File.WriteAllText(Bill, bill);
        Assert.True(
            bill == File.ReadAllText(Bill), "docs/sbom.cdx.json is not that of docs/packages.csv: run this with NONLINEAR_ACCEPT=1.");
    }

    private static Package[] Known() =>
    [
        .. File.ReadAllLines(List).Skip(1).Select(line => line.Split(',')).Select(
            fields => new Package(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])),
    ];

    private static IEnumerable<(string Name, string Version, string Hash)> Restored(string project)
    {
        using JsonDocument assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(FolderGraph.Root, project, "obj", "project.assets.json")));
        foreach (JsonProperty library in assets.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() == "package")
                yield return (
                    library.Name.Split('/')[0], library.Name.Split('/')[1], library.Value.GetProperty("sha512").GetString()!);
        }
    }

    private sealed record Package(string Name, string Version, string Licence, string UsedBy, string Reason, string Hash);
}
