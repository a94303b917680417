using System.Globalization;

namespace Nonlinear.Lab.Formulas;

/// <summary>Writes a formula as it can be typed, with no more parentheses than it needs.</summary>
internal static class FormulaText
{
    private const int Sum = 1, Product = 2, Signed = 3, Power = 4, Atom = 5;

    /// <summary>The text of a part.</summary>
    public static string Of(FormulaPart part) => part switch
    {
        NumberPart number => number.Value.ToString(CultureInfo.InvariantCulture),
        NamePart name => name.Name,
        CallPart call => $"{call.Name}({string.Join(",", call.Arguments.Select(Of))})",
        NegativePart negative => $"-{Within(negative.Of, Signed)}",
        OperatorPart { Sign: '^' } power => $"{Within(power.Left, Atom)}^{Within(power.Right, Signed)}",
        OperatorPart of => $"{Within(of.Left, Strength(of))}{of.Sign}{Within(of.Right, Strength(of) + 1)}",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string Within(FormulaPart part, int least) => Strength(part) >= least ? Of(part) : $"({Of(part)})";

    private static int Strength(FormulaPart part) => part switch
    {
        OperatorPart { Sign: '+' or '-' } => Sum,
        OperatorPart { Sign: '*' or '/' } => Product,
        OperatorPart => Power,
        NegativePart => Signed,
        _ => Atom,
    };
}
