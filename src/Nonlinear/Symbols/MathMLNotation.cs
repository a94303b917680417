namespace Nonlinear.Symbols;

/// <summary>Presentation MathML, as browsers show it without help.</summary>
internal sealed class MathMLNotation : Notation
{
    private const string InvisibleTimes = "<mo>\u2062</mo>", FunctionApplication = "<mo>\u2061</mo>";
    private const string Start = """<math display="block" xmlns="http://www.w3.org/1998/Math/MathML"><mrow>""";

    public override string Formula(IEnumerable<Equation> equations) => $"{Start}{base.Formula(equations)}</mrow></math>";

    protected override string Comma => "<mo>,</mo>";
    protected override string Apart => """<mo>,</mo><mspace width="1em"/>""";

    protected override string Letter(string letter) => $"<mi>{letter}</mi>";

    protected override string SetSymbol(Symbol symbol) =>
        char.IsDigit(symbol.Text[0]) ? NumberText(symbol.Text)
        : symbol.Text.StartsWith("√(", StringComparison.Ordinal) ? $"<msqrt>{string.Concat(symbol.Text[2..^1].Select(Character))}</msqrt>"
        : Letter(symbol.Text);

    protected override string NumberText(string digits) => $"<mn>{digits}</mn>";
    protected override string Operator(string sign) => $"<mo>{(sign == "-" ? "−" : sign)}</mo>";
    protected override string Spaced(string sign) => Operator(sign);
    protected override string Parentheses(string inside) => $"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>";
    protected override string Bars(string inside) => $"<mrow><mo>|</mo>{inside}<mo>|</mo></mrow>";
    protected override string SetFraction(string numerator, string denominator) =>
        $"<mfrac><mrow>{numerator}</mrow><mrow>{denominator}</mrow></mfrac>";
    protected override string Power(string radix, string exponent) => $"<msup><mrow>{radix}</mrow><mrow>{exponent}</mrow></msup>";
    protected override string SetSquareRoot(string radicand) => $"<msqrt><mrow>{radicand}</mrow></msqrt>";
    protected override string SetIndexed(Indexed indexed) =>
        $"<msub>{Write(indexed.Symbol)}<mrow>{string.Concat(indexed.Indices.Select(Write))}</mrow></msub>";

    protected override string SetCall(Call call, string arguments, bool bare)
    {
        string name = call.Power == 1 ? Letter(call.Text) : $"<msup>{Letter(call.Text)}{NumberText($"{call.Power}")}</msup>";
        return $"<mrow>{name}{FunctionApplication}{arguments}</mrow>";
    }

    protected override string SetOver(Over over, string term) =>
        $"<munder>{(over.Text == "Σ" ? Operator("∑") : Letter(over.Text))}{Write(over.Index)}</munder>{term}";

    protected override string SetRelation(string left, char sign, string right) =>
        $"{left}<mo>{sign switch { '<' => "&lt;", '>' => "&gt;", _ => sign }}</mo>{right}";

    protected override string SetThose(string which, string condition) =>
        $"<mrow><mo>{{</mo>{which}<mo>:</mo>{condition}<mo>}}</mo></mrow>";

    protected override string SetCases(string then, string where, string otherwise) =>
        """<mrow><mo stretchy="true">{</mo><mtable columnalign="left">"""
        + Row(then, where)
        + Row(otherwise, "<mtext>else</mtext>")
        + "</mtable></mrow>";

    protected override string SetApplied(string name, int primes)
    {
        // Fonts have the prime raised already: as an exponent it would be raised twice.
        string prime = primes == 0 ? "" : $"<mo lspace=\"0\" rspace=\"0\">{new string('′', primes)}</mo>";
        return Letter(name) + prime + FunctionApplication + Parentheses(Letter("x"));
    }

    protected override string SetPartial(string of, string by) =>
        $"<mfrac><mrow><mi>∂</mi>{of}</mrow><mrow><mi>∂</mi>{by}</mrow></mfrac>";

    protected override string Beside(string left, string right, bool needsSign) =>
        left + (needsSign ? "<mo>·</mo>" : InvisibleTimes) + right;

    private static string Row(string value, string where) =>
        $"<mtr><mtd><mrow>{value}</mrow></mtd><mtd><mrow><mspace width=\"1em\"/>{where}</mrow></mtd></mtr>";

    private static string Character(char c) => char.IsDigit(c) ? $"<mn>{c}</mn>" : char.IsLetter(c) ? $"<mi>{c}</mi>" : $"<mo>{c}</mo>";
}
