using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The languages in which the guide is written.</summary>
[Flags]
public enum GuideLanguages
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>English.</summary>
    English = 1,

    /// <summary>Chinese.</summary>
    Chinese = 2,

    /// <summary>English and Chinese.</summary>
    Both = English | Chinese,
}

/// <summary>A language of the guide.</summary>
/// <param name="Flag">The same as a flag.</param>
/// <param name="Folder">The folder of its pages.</param>
/// <param name="Tag">Its tag for browsers.</param>
/// <param name="Name">Its name in itself.</param>
internal sealed record Language(GuideLanguages Flag, string Folder, string Tag, string Name)
{
    public static Language English { get; } = new(GuideLanguages.English, "en", "en", "English");

    public static Language Chinese { get; } = new(GuideLanguages.Chinese, "zh", "zh-Hans", "中文");

    /// <summary>Those that are asked for.</summary>
    public static IReadOnlyList<Language> Among(GuideLanguages languages) =>
        [.. new[] { English, Chinese }.Where(language => languages.HasFlag(language.Flag))];

    /// <summary>A text in this language, typographically set.</summary>
    public string this[Text text] => Flag == GuideLanguages.Chinese ? Typography.Chinese(text.Chinese) : Typography.English(text.English);
}
