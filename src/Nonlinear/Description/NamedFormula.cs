namespace Nonlinear;

/// <summary>What a formula is of, beside the function and its derivative.</summary>
public enum FormulaKind
{
    /// <summary>The gradient by <see cref="NamedFormula.By"/>.</summary>
    Gradient,

    /// <summary>The function over affine pieces, with weights that learn.</summary>
    AffineForm,
}

/// <summary>A formula and what it is of.</summary>
/// <param name="Kind">What it is of.</param>
/// <param name="Formula">The formula.</param>
public sealed record NamedFormula(FormulaKind Kind, Formula Formula)
{
    /// <summary>
    /// What a gradient is by, in letters as the formula has them: β, or several with commas; nothing for another formula.
    /// </summary>
    public string By { get; init; } = "";

    // The formula of a gradient.
    internal static NamedFormula Gradient(string by, Formula formula) => new(FormulaKind.Gradient, formula) { By = by };
}
