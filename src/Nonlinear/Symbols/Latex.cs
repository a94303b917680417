namespace Nonlinear.Symbols;

/// <summary>Symbols in LaTeX.</summary>
internal static class Latex
{
    private static readonly Dictionary<string, string> Letters = new()
    {
        ["α"] = @"\alpha", ["β"] = @"\beta", ["γ"] = @"\gamma", ["δ"] = @"\delta", ["θ"] = @"\theta", ["κ"] = @"\kappa",
        ["λ"] = @"\lambda", ["μ"] = @"\mu", ["σ"] = @"\sigma", ["τ"] = @"\tau", ["φ"] = @"\varphi", ["π"] = @"\pi",
        ["ε"] = @"\varepsilon", ["ω"] = @"\omega", ["αₚ"] = @"\alpha_p", ["αₙ"] = @"\alpha_n",
    };

    /// <summary>A letter, Greek or not.</summary>
    public static string Letter(string letter) => Letters.GetValueOrDefault(letter, letter);

    /// <summary>A constant such as √(2/π).</summary>
    public static string Constant(string symbol)
    {
        string latex = string.Concat(symbol.Select(c => Letter(c.ToString())));
        return latex.StartsWith("√(", StringComparison.Ordinal) && latex.EndsWith(')') ? $@"\sqrt{{{latex[2..^1]}}}" : latex;
    }
}
