using Nonlinear.Lab.Markup;

namespace Nonlinear.Lab.Guide.Pages;

/// <summary>What the symbols in the formulas stand for.</summary>
internal static class Notation
{
    /// <summary>Each sign, as the formulas have it in plain text, and its meaning.</summary>
    public static IReadOnlyList<(string Sign, Text Meaning)> Symbols { get; } =
    [
        ("σ(", new("σ is the sigmoid, σ(x) = 1 / (1 + e⁻ˣ).", "σ 为 sigmoid 函数,σ(x) = 1 / (1 + e⁻ˣ)。")),
        ("sech", new("sech x = 2 / (eˣ + e⁻ˣ).", "sech x = 2 / (eˣ + e⁻ˣ)。")),
        ("Φ", new(
            "Φ is the distribution function of the standard normal distribution, "
            + "the probability that such a variable is below x; φ is its density.",
            "Φ 为标准正态分布的分布函数,即该变量小于 x 的概率;φ 为其密度。")),
        ("λ", new(
            $"λ = {Numbers.WriteExactly(Selu.Lambda.High)} and α = {Numbers.WriteExactly(Selu.Alpha.High)} are constants.",
            $"λ = {Numbers.WriteExactly(Selu.Lambda.High)} 与 α = {Numbers.WriteExactly(Selu.Alpha.High)} 为常数。")),
        ("δ", new("δᵢⱼ is 1 for i = j and 0 otherwise.", "δᵢⱼ 在 i = j 时为 1,否则为 0。")),
    ];
}
