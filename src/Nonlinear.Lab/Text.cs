namespace Nonlinear.Lab;

/// <summary>A text in the languages of the guide.</summary>
/// <param name="English">The English text.</param>
/// <param name="Chinese">The same in Chinese.</param>
public sealed record Text(string English, string Chinese);
