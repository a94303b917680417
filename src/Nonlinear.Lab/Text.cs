namespace Nonlinear.Lab;

/// <summary>A text in the languages of the guide and the lab.</summary>
/// <param name="English">The English text.</param>
/// <param name="Chinese">The same in Chinese.</param>
public sealed record Text(string English, string Chinese)
{
    /// <summary>What is the same in every language: a name, a number, a formula.</summary>
    public static Text Same(string text) => new(text, text);

    /// <summary>Names in a sentence: a, b and c; or that there is none.</summary>
    internal static Text List(IReadOnlyList<string> names) => new(
        names switch
        {
            [] => "none",
            [var one] => one,
            _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        },
        names.Count == 0 ? "无" : string.Join('、', names));

    /// <summary>Several sentences, one after the other.</summary>
    internal static Text Sentences(IEnumerable<Text> sentences)
    {
        Text[] all = [.. sentences];
        return new(string.Join(' ', all.Select(text => text.English)), string.Concat(all.Select(text => text.Chinese)));
    }
}
