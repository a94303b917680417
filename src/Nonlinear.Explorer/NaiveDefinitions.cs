namespace Nonlinear.Explorer;

/// <summary>By what <see cref="NaiveFloat"/> computes the names in a formula: what else is to blame, said beside the formula.</summary>
internal static class NaiveDefinitions
{
    private static readonly (string Name, string Definition)[] Known =
    [
        ("σ", "σ(z) = 1 / (1 + e⁻ᶻ)"),
        ("sech", "sech(z) = 2 / (eᶻ + e⁻ᶻ)"),
        ("Φ", "Φ(z) = (1 + erf(z / √2)) / 2"),
        ("φ", "φ(z) = exp(-z² / 2) / √(2π)"),
    ];

    /// <summary>The definitions of the names in a formula, unless it holds them itself.</summary>
    public static IEnumerable<string> In(string formula) => Known
        .Where(known => formula.Contains(known.Name + "(", StringComparison.Ordinal)
            || formula.Contains(known.Name + "²", StringComparison.Ordinal))
        .Where(known => !formula.Contains("1 / (1 + e⁻ˣ)", StringComparison.Ordinal))
        .Select(known => known.Definition);
}
