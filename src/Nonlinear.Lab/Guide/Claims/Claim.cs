namespace Nonlinear.Lab.Guide.Claims;

/// <summary>A common statement about activation functions, what it comes to, and how that is measured.</summary>
/// <param name="Id">A short name, unique among the claims; the anchor on the page.</param>
/// <param name="About">The names of the functions it is about; none for a claim about all of them.</param>
/// <param name="Verdict">What it comes to.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Measure">Measures, with the library as it is now, the figures that decide it.</param>
public sealed record Claim(string Id, IReadOnlyList<string> About, Verdict Verdict, Text Statement, Func<Evidence> Measure)
{
    /// <summary>Whether the claim is shown on the page of a function.</summary>
    public bool IsAbout(ActivationInfo info) => About.Contains(info.Name);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
