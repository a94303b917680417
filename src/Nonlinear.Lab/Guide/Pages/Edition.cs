using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>The guide in one language.</summary>
/// <param name="Language">The language.</param>
/// <param name="Others">The languages in which it is written as well.</param>
/// <param name="Measurements">What was measured.</param>
internal sealed record Edition(Language Language, IReadOnlyList<Language> Others, Measurements Measurements)
{
    /// <summary>The studies whose pages lie in a lab's folder beside the guide.</summary>
    public IReadOnlyList<string> StudyPages { get; init; } = [];

    /// <summary>The explorer's page as seen from the edition's pages, or null if they are read without one.</summary>
    public string? Explorer { get; init; }

    /// <summary>A text in the language of the edition.</summary>
    public string this[Text text] => Language[text];

    /// <summary>A text with values in its places {0}, {1}, …</summary>
    public string Fill(Text text, params object[] values) => string.Format(Numbers.Invariant, this[text], values);
}
