namespace Nonlinear.Symbols;

/// <summary>Plain text with the letters and superscripts of Unicode: x·σ(βx).</summary>
internal sealed class TextNotation : Notation
{
    private const string Plain = "0123456789+-()x", Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣ";
    private const string Indices = "0123456789ijk", Lowered = "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ";

    protected override string Comma => ", ";
    protected override string Apart => ", ";
    protected override bool WritesOnOneLine => true;
    protected override string And => " and ";

    protected override string Letter(string letter) => letter;
    protected override string SetSymbol(Symbol symbol) => symbol.Text;
    protected override string NumberText(string digits) => digits;
    protected override string Operator(string sign) => sign;
    protected override string Parentheses(string inside) => $"({inside})";
    protected override string Bars(string inside) => $"|{inside}|";
    protected override string SetFraction(string numerator, string denominator) => $"{numerator} / {denominator}";
    protected override string Power(string radix, string exponent) =>
        TryRaise(exponent) is { } raised ? radix + raised : $"{radix}^({exponent})";
    protected override string SetExponential(string exponent) => TryRaise(exponent) is { } raised ? "e" + raised : $"exp({exponent})";

    protected override string SetSquareRoot(string radicand) => $"√{Parentheses(radicand)}";

    protected override string SetIndexed(Indexed indexed)
    {
        string index = string.Concat(indexed.Indices.Select(Write));
        return Write(indexed.Symbol) + (TryLower(index) ?? "_" + index);
    }

    protected override string SetCall(Call call, string arguments, bool bare) =>
        $"{call.Text}{(call.Power == 1 ? "" : TryRaise($"{call.Power}"))}{(bare ? " " : "")}{arguments}";

    // A small letter behind a word would be taken for its last.
    protected override string SetOver(Over over, string term)
    {
        string index = Write(over.Index);
        return $"{over.Text}{(over.Text.Length > 1 ? "_" + index : TryLower(index) ?? "_" + index)} {term}";
    }

    protected override string SetRelation(string left, char sign, string right) => $"{left} {sign} {right}";
    protected override string SetThose(string which, string condition) => $"{{{which} : {condition}}}";
    protected override string SetWorded(Worded worded) => worded.Words;
    protected override string SetCases(string then, string where, string otherwise) => $"{then} if {where}, else {otherwise}";
    protected override string SetQualified(string value, string condition) => $"{value} {condition}";
    protected override string SetApplied(string name, int primes) => $"{name}{new string('′', primes)}(x)";
    protected override string SetPartial(string of, string by) => $"∂{of}/∂{by}";
    protected override string Beside(string left, string right, bool needsSign) => needsSign ? $"{left}·{right}" : left + right;

    private static string? TryRaise(string text) => Replace(text, Plain, Raised);

    private static string? TryLower(string text) => Replace(text, Indices, Lowered);

    private static string? Replace(string text, string known, string by) =>
        text.All(c => known.Contains(c, StringComparison.Ordinal))
            ? string.Concat(text.Select(c => by[known.IndexOf(c, StringComparison.Ordinal)]))
            : null;
}
