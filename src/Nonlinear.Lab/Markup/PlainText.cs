namespace Nonlinear.Lab.Markup;

/// <summary>Texts for a terminal.</summary>
public static class PlainText
{
    /// <summary>A text in one of the languages, as a terminal shows it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isChinese">Whether it is to be Chinese instead of English.</param>
    public static string Of(Text text, bool isChinese) => Language.Of(isChinese).Plain(text);
}
