namespace Nonlinear.Symbols;

/// <summary>LaTeX for mathematics mode.</summary>
internal sealed class LatexNotation : Notation
{
    public override string Equation(string left, IEnumerable<Node> sides) => string.Join(" = ", sides.Select(Write).Prepend(left));
    public override string Applied(string name, int primes) => $"{name}{new string('\'', primes)}(x)";
    public override string Partial(string name, Symbol parameter) => $@"\frac{{\partial {name}}}{{\partial {parameter.Latex}}}";

    protected override string Comma => ", ";

    protected override string Letter(string letter) => letter;
    protected override string SetSymbol(Symbol symbol) => symbol.Latex;
    protected override string NumberText(string digits) => digits;
    protected override string Operator(string sign) => sign;
    protected override string Parentheses(string inside) => $@"\left({inside}\right)";
    protected override string Bars(string inside) => $@"\left|{inside}\right|";
    protected override string SetFraction(string numerator, string denominator) => $@"\frac{{{numerator}}}{{{denominator}}}";
    protected override string Power(string radix, string exponent, bool simple) => $"{radix}^{{{exponent}}}";
    protected override string SetCall(Call call, string arguments) =>
        $"{call.Latex}{(call.Power == 1 ? "" : $"^{{{call.Power}}}")}{Parentheses(arguments)}";

    protected override string SetRelation(string left, char sign, string right) => $"{left} {sign} {right}";
    protected override string SetCases(string then, string where, string otherwise) =>
        $@"\begin{{cases}} {then} & {where} \\ {otherwise} & \text{{else}} \end{{cases}}";

    protected override string Beside(string left, string right, bool needsSign) => needsSign ? $@"{left} \cdot {right}" : $"{left} {right}";
}
