namespace Nonlinear.Lab.Guide.Texts;

/// <summary>What formulas are called.</summary>
public static class FormulaNames
{
    /// <summary>All formulas of a function, each with its name.</summary>
    public static IEnumerable<(Text Name, Formula Formula)> Of(Activation activation) =>
    [
        (new("Function", "函数"), activation.Formula),
        (new("Derivative", "导数"), activation.DerivativeFormula),
        .. activation.FurtherFormulas.Select(further => (Name(further), further.Formula)),
    ];

    private static Text Name(NamedFormula formula) => formula.Kind switch
    {
        FormulaKind.Gradient => new($"Gradient by {formula.By}", $"对 {formula.By} 的梯度"),
        FormulaKind.AffineForm => new("Affine form", "仿射形式"),
        _ => throw new ArgumentOutOfRangeException(nameof(formula), formula.Kind, "No name is known for this formula."),
    };
}
