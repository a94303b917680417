namespace Nonlinear.Lab.Markup;

/// <summary>A language in which pages are written.</summary>
/// <param name="Folder">What it is called in options, addresses and folders.</param>
/// <param name="Tag">Its tag for browsers.</param>
/// <param name="Name">Its name in itself.</param>
internal sealed record Language(string Folder, string Tag, string Name)
{
    public static Language English { get; } = new("en", "en", "English");

    public static Language Chinese { get; } = new("zh", "zh-Hans", "中文");

    /// <summary>One of the two.</summary>
    public static Language Of(bool isChinese) => isChinese ? Chinese : English;

    /// <summary>A text in this language, typographically set.</summary>
    public string this[Text text] => this == Chinese ? Typography.Chinese(text.Chinese) : Typography.English(text.English);

    /// <summary>A label in this language: words are typographically set, and a name stays as it is.</summary>
    public string this[Label label] => label.Words is { } words ? this[words] : label.Name;

    /// <summary>
    /// A text in this language for a terminal: as it was written, but for the marks that Chinese has of its own there as well.
    /// </summary>
    public string Plain(Text text) => this == Chinese ? Typography.Chinese(text.Chinese) : text.English;

    /// <summary>A label in this language for a terminal.</summary>
    public string Plain(Label label) => label.Words is { } words ? Plain(words) : label.Name;
}
