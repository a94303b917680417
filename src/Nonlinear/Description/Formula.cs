using Nonlinear.Symbols;

namespace Nonlinear;

/// <summary>A formula in three notations, derived from the code that computes the function.</summary>
/// <param name="Text">Plain text in Unicode: <c>f(x) = x·σ(βx)</c>.</param>
/// <param name="Latex">LaTeX for mathematics mode.</param>
/// <param name="MathML">A whole <c>math</c> element for HTML.</param>
public sealed record Formula(string Text, string Latex, string MathML)
{
    /// <summary>The formula as plain text.</summary>
    public override string ToString() => Text;

    // A formula of one or more equations.
    internal static Formula Of(params IReadOnlyList<Equation> equations) =>
        new(Notation.Text.Formula(equations), Notation.LaTeX.Formula(equations), Notation.MathML.Formula(equations));
}
