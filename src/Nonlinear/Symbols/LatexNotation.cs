namespace Nonlinear.Symbols;

/// <summary>LaTeX for mathematics mode.</summary>
internal sealed class LatexNotation : Notation
{
    protected override string Comma => ", ";
    protected override string Apart => @", \quad ";

    protected override string Letter(string letter) => letter;
    protected override string SetSymbol(Symbol symbol) => symbol.Latex;
    protected override string NumberText(string digits) => digits;
    protected override string Operator(string sign) => sign;
    protected override string Parentheses(string inside) => $@"\left({inside}\right)";
    protected override string Bars(string inside) => $@"\left|{inside}\right|";
    protected override string SetFraction(string numerator, string denominator) => $@"\frac{{{numerator}}}{{{denominator}}}";
    protected override string Power(string radix, string exponent) => $"{radix}^{{{exponent}}}";
    protected override string SetSquareRoot(string radicand) => $@"\sqrt{{{radicand}}}";
    protected override string SetIndexed(Indexed indexed) => Write(indexed.Symbol) + Index(indexed.Indices);
    protected override string SetCall(Call call, string arguments, bool bare) =>
        $"{call.Latex}{(call.Power == 1 ? "" : $"^{{{call.Power}}}")}{(bare ? " " : "")}{arguments}";

    protected override string SetOver(Over over, string term) => $"{over.Latex}{Index([over.Index])} {term}";

    protected override string SetRelation(string left, char sign, string right) => $"{left} {sign} {right}";
    protected override string SetThose(string which, string condition) => $@"\{{ {which} : {condition} \}}";
    protected override string SetCases(string then, string where, string otherwise) =>
        $@"\begin{{cases}} {then} & {where} \\ {otherwise} & \text{{else}} \end{{cases}}";

    protected override string SetApplied(string name, int primes) => $"{name}{new string('\'', primes)}(x)";
    protected override string SetPartial(string of, string by) => $@"\frac{{\partial {of}}}{{\partial {by}}}";

    protected override string Beside(string left, string right, bool needsSign) => needsSign ? $@"{left} \cdot {right}" : $"{left} {right}";

    private string Index(IReadOnlyList<Node> indices)
    {
        string index = string.Concat(indices.Select(Write));
        return index.Length > 1 ? $"_{{{index}}}" : "_" + index;
    }
}
