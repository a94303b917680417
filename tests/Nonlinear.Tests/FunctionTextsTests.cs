using System.Text.RegularExpressions;
using Nonlinear.Lab;
using Nonlinear.Lab.Guide.Texts;

namespace Nonlinear.Tests;

public partial class FunctionTextsTests
{
    private const string Whole =
        "# Swish\n\n## Summary\n\nOne\ntwo.\n\n一，\n二。\n\n## Use it\n\nA\n\n甲\n\n## Rather not\n\nB\n\n乙\n\n## Parameter beta\n\nC\n\n丙\n";

    [Theory]
    [MemberData(nameof(TestCatalog.All), MemberType = typeof(TestCatalog))]
    public void Every_function_has_every_text_in_both_languages(string name)
    {
        ActivationInfo info = Catalog.All.Single(info => info.Name == name);
        FunctionTexts texts = FunctionTexts.Of(info);
        Assert.All([texts.Summary, texts.UseWhen, texts.AvoidWhen, .. info.Parameters.Select(texts.Meaning)], text =>
        {
            Assert.DoesNotMatch(Chinese(), text.English);
            Assert.Matches(Chinese(), text.Chinese);
            Assert.EndsWith(".", text.English, StringComparison.Ordinal);
            Assert.EndsWith("。", text.Chinese, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_text_is_of_a_function_and_names_it()
    {
        Dictionary<string, string> files = typeof(FunctionTexts).Assembly.GetManifestResourceNames()
            .Where(file => file.StartsWith("Guide/Texts/", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), Title);
        Assert.Equal(Catalog.All.ToDictionary(info => info.Name, info => $"# {info.Title}"), files);

        static string Title(string file)
        {
            using StreamReader reader = new(typeof(FunctionTexts).Assembly.GetManifestResourceStream(file)!);
            return reader.ReadLine()!;
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void A_paragraph_is_one_line_whatever_the_editor_made_of_it(string end)
    {
        FunctionTexts texts = Parse(Whole.ReplaceLineEndings(end));
        Assert.Equal(new Text("One two.", "一，二。"), texts.Summary);
        Assert.Equal(new Text("C", "丙"), texts.Meaning(Activation.Swish().Info.Parameters[0]));
    }

    [Theory]
    [InlineData("## Use it", "## Use", "Guide/Texts/swish.md has no section \"Use it\".")]
    [InlineData("\n\n乙", "", "Guide/Texts/swish.md, section \"Rather not\": write two paragraphs")]
    [InlineData(
        "丙",
        "丙\n\n## Parameter gamma\n\nD\n\n丁",
        "a section \"Parameter gamma\"; there should be: Summary, Use it, Rather not, Parameter beta.")]
    [InlineData("## Use it", "## Summary", "two sections \"Summary\"")]
    public void What_is_wrong_with_a_file_is_told(string good, string bad, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<InvalidDataException>(() => Parse(Whole.Replace(good, bad, StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "Guide/Texts/nothing.md",
            Assert.Throws<FileNotFoundException>(() => FunctionTexts.Of(new("nothing", "Nothing") { Source = "2026" })).Message,
            StringComparison.Ordinal);

    private static FunctionTexts Parse(string markdown) => FunctionTexts.Parse(Activation.Swish().Info, markdown);

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
