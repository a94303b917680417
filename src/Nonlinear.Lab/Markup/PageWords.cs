namespace Nonlinear.Lab.Markup;

/// <summary>Words that the guide's pages and the lab's have in common.</summary>
internal static class PageWords
{
    public static readonly Text SkipToContent = new("Skip to the content", "跳到正文");
    public static readonly Text AsPng = new("(as PNG)", "(PNG 格式)");
}
