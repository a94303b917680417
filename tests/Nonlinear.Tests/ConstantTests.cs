using System.Text.RegularExpressions;
using Nonlinear.Constants;

namespace Nonlinear.Tests;

public sealed partial class ConstantTests
{
    private const int MostDigits = 6;

    [Fact]
    public void Every_constant_is_what_the_program_of_constants_computes() => Compare(withSollya: false);

    [Fact]
    public void Sollya_finds_the_coefficients_again_to_the_last_bit()
    {
        Assert.SkipUnless(Sollya.IsAvailable, Sollya.WhyNot);
        Compare(withSollya: true);
    }

    [Fact]
    public void No_constant_is_typed_by_hand()
    {
        string sources = Path.Combine(FolderGraph.Root, "src", "Nonlinear"), generated = Path.Combine(FolderGraph.Root, Library.Folder);
        string[] typed =
        [
            .. Sources(sources).Where(path => !path.StartsWith(generated, StringComparison.Ordinal))
                .SelectMany(path => File.ReadLines(path)
                    .SelectMany(LongNumbers)
                    .Select(number => $"{Path.GetFileName(path)}: {number}")),
        ];
        Assert.Empty(typed);
    }

    private static void Compare(bool withSollya)
    {
        Assert.SkipUnless(Oracle.Oracle.IsAvailable, Oracle.Oracle.WhyNot);
        string folder = Path.Combine(FolderGraph.Root, Library.Folder);
        IReadOnlyDictionary<string, string> files = Library.Files(withSollya);
        Assert.Equal(files.Keys, Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(file.Value, File.ReadAllText(Path.Combine(folder, file.Key))));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    // Neither in comments nor in texts.
    private static IEnumerable<string> LongNumbers(string line) =>
        FloatingLiteral().Matches(Text().Replace(line, "").Split("//")[0]).Select(match => match.Value)
            .Where(number => Exponent().Replace(number, "").Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count() > MostDigits);

    [GeneratedRegex("""(?<![\w.])([0-9][0-9_]*\.[0-9]+([eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|[0-9][0-9_]*(?=[fFdD]\b))""")]
    private static partial Regex FloatingLiteral();

    [GeneratedRegex("[eE].*")]
    private static partial Regex Exponent();

    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """)]
    private static partial Regex Text();
}
