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

/// <summary>The languages that somebody asks for.</summary>
internal static class AskedLanguages
{
    /// <summary>The languages, in the order in which they are shown.</summary>
    public static IReadOnlyList<Language> Among(this GuideLanguages languages) =>
    [
        .. languages.HasFlag(GuideLanguages.English) ? [Language.English] : (Language[])[],
        .. languages.HasFlag(GuideLanguages.Chinese) ? [Language.Chinese] : (Language[])[],
    ];
}
