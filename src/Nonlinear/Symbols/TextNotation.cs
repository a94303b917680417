namespace Nonlinear.Symbols;

/// <summary>Plain text with the letters and superscripts of Unicode: x·σ(βx).</summary>
internal sealed class TextNotation : Notation
{
    private const string Plain = "0123456789+-()x", Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣ";

    public override string Equation(string left, IEnumerable<Node> sides) => string.Join(" = ", sides.Select(Write).Prepend(left));
    public override string Applied(string name, int primes) => $"{name}{new string('′', primes)}(x)";
    public override string Partial(string name, Symbol parameter) => $"∂{name}/∂{parameter.Text}";

    protected override string Comma => ", ";
    protected override bool WritesFractionsFlat => true;

    protected override string Letter(string letter) => letter;
    protected override string SetSymbol(Symbol symbol) => symbol.Text;
    protected override string NumberText(string digits) => digits;
    protected override string Operator(string sign) => sign;
    protected override string Parentheses(string inside) => $"({inside})";
    protected override string Bars(string inside) => $"|{inside}|";
    protected override string SetFraction(string numerator, string denominator) => $"{numerator} / {denominator}";
    protected override string Power(string radix, string exponent, bool simple) => TryRaise(exponent) is { } raised ? radix + raised : $"{radix}^({exponent})";
    protected override string SetCall(Call call, string arguments) =>
        $"{call.Text}{(call.Power == 1 ? "" : TryRaise($"{call.Power}"))}({arguments})";

    protected override string SetRelation(string left, char sign, string right) => $"{left} {sign} {right}";
    protected override string SetCases(string then, string where, string otherwise) => $"{then} if {where}, else {otherwise}";
    protected override string Beside(string left, string right, bool needsSign) => needsSign ? $"{left}·{right}" : left + right;

    private static string? TryRaise(string text) =>
        text.All(c => Plain.Contains(c, StringComparison.Ordinal)) ? string.Concat(text.Select(c => Raised[Plain.IndexOf(c, StringComparison.Ordinal)])) : null;
}
