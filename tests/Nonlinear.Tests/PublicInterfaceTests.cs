using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Nonlinear.Tests;

/// <summary>
/// What the libraries offer is written down, so that a change of it is seen; and what is said of it names nothing that is hidden.
/// </summary>
public class PublicInterfaceTests
{
    public static TheoryData<string> Libraries { get; } = ["Nonlinear", "Nonlinear.Training"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_interface_is_the_one_written_down(string library)
    {
        string snapshot = Path.Combine(FolderGraph.Root, "src", library, "PublicInterface.txt");
        string actual = PublicInterface.Write(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable("NONLINEAR_ACCEPT") == "1")
            File.WriteAllText(snapshot, actual);
        string[] expected = File.ReadAllLines(snapshot), lines = actual.TrimEnd().Split('\n');
        Assert.True(
            expected.SequenceEqual(lines),
            "The public interface has changed; if that is meant, run this test with NONLINEAR_ACCEPT=1 "
                + $"and commit src/{library}/PublicInterface.txt.\n"
                + string.Join(
                    '\n', expected.Except(lines).Select(line => "- " + line).Concat(lines.Except(expected).Select(line => "+ " + line))));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Comments_for_users_name_nothing_that_users_cannot_see(string library)
    {
        XDocument comments = XDocument.Load(Path.ChangeExtension(Assembly.Load(library).Location, ".xml"));
        string[] hidden =
        [
            .. from member in comments.Descendants("member")
               let symbol = Find((string)member.Attribute("name")!)
               where symbol is not null && PublicInterface.IsPublic(symbol)
               from reference in member.Descendants().Attributes("cref")
               let target = Find(reference.Value)
               where target is not null && !PublicInterface.IsPublic(target)
               select $"{symbol.ToDisplayString()} speaks of {target.ToDisplayString()}",
        ];
        Assert.Empty(hidden);
    }

    private static ISymbol? Find(string id) => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, PublicInterface.Library);
}
