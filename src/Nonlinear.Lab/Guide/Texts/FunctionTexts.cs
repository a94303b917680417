using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Nonlinear.Lab.Guide.Texts;

/// <summary>
/// What is said about a function in words, by the guide, the tool and the explorer's page. Each function of the catalogue has a file of
/// them beside this one, NAME.md: a heading for each text, and below it a paragraph in English and one in Chinese.
/// </summary>
public sealed partial class FunctionTexts
{
    private const string Folder = "Guide/Texts";
    private const string SummaryHeading = "Summary", UseWhenHeading = "Use it", AvoidWhenHeading = "Rather not";

    private static readonly ConcurrentDictionary<string, FunctionTexts> Known = [];

    private readonly Dictionary<string, Text> _sections;

    private FunctionTexts(ActivationInfo info, Dictionary<string, Text> sections)
    {
        string[] wanted = [SummaryHeading, UseWhenHeading, AvoidWhenHeading, .. info.Parameters.Select(Heading)];
        if (wanted.FirstOrDefault(heading => !sections.ContainsKey(heading)) is { } missing)
            throw new InvalidDataException($"{File(info)} has no section \"{missing}\".");
        if (sections.Keys.FirstOrDefault(heading => !wanted.Contains(heading)) is { } unknown)
            throw new InvalidDataException($"{File(info)} has a section \"{unknown}\"; there should be: {string.Join(", ", wanted)}.");
        _sections = sections;
    }

    /// <summary>What the function is, in one or two sentences.</summary>
    public Text Summary => _sections[SummaryHeading];

    /// <summary>When it is a good choice.</summary>
    public Text UseWhen => _sections[UseWhenHeading];

    /// <summary>When it is not.</summary>
    public Text AvoidWhen => _sections[AvoidWhenHeading];

    /// <summary>What a parameter of the function does, in a sentence.</summary>
    public Text Meaning(ParameterInfo parameter) => _sections[Heading(parameter)];

    /// <summary>The texts about a function of the catalogue.</summary>
    /// <exception cref="FileNotFoundException">There is no file for it; the message says which.</exception>
    /// <exception cref="InvalidDataException">The file lacks a section or a language; the message says which.</exception>
    public static FunctionTexts Of(ActivationInfo info) => Known.GetOrAdd(info.Name, _ => Parse(info, Read(info)));

    /// <summary>Whether there are texts about a function: there are none about a formula that somebody typed.</summary>
    public static bool Exist(ActivationInfo info) => Assembly.GetExecutingAssembly().GetManifestResourceInfo(File(info)) is not null;

    /// <summary>Takes a file apart.</summary>
    internal static FunctionTexts Parse(ActivationInfo info, string markdown)
    {
        Dictionary<string, Text> sections = [];
        foreach (string section in SectionMark().Split(markdown.ReplaceLineEndings("\n")).Skip(1))
        {
            string[] parts = EmptyLine().Split(section.Trim());
            if (parts is not [string heading, string english, string chinese])
                throw new InvalidDataException(
                    $"{File(info)}, section \"{parts[0]}\": write two paragraphs, one in English and one in Chinese.");
            if (!sections.TryAdd(heading, new(OneLine(english), OneLine(chinese))))
                throw new InvalidDataException($"{File(info)} has two sections \"{heading}\".");
        }
        return new(info, sections);
    }

    private static string Read(ActivationInfo info)
    {
        Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream(File(info))
            ?? throw new FileNotFoundException($"There are no texts about {info.Name}: write {File(info)}.", File(info));
        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }

    private static string File(ActivationInfo info) => $"{Folder}/{info.Name}.md";

    private static string Heading(ParameterInfo parameter) => $"Parameter {parameter.Name}";

    // Words are parted by spaces, but Chinese has none.
    private static string OneLine(string paragraph) => BreakInChinese().Replace(paragraph, "").Replace('\n', ' ');

    [GeneratedRegex(@"^## +", RegexOptions.Multiline)]
    private static partial Regex SectionMark();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex EmptyLine();

    [GeneratedRegex(@"(?<=[\u2E80-\uFFEF])\n|\n(?=[\u2E80-\uFFEF])")]
    private static partial Regex BreakInChinese();
}
