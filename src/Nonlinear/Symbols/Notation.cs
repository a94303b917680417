using System.Globalization;

namespace Nonlinear.Symbols;

/// <summary>A way to write formulas. What binds tighter than what is settled here; how it looks, by each notation.</summary>
internal abstract class Notation
{
    /// <summary>How tightly a node holds together when it stands inside another.</summary>
    private enum Binding
    {
        Cases,
        Sum,
        Product,
        Atom,
    }

    public static Notation Text { get; } = new TextNotation();

    public static Notation LaTeX { get; } = new LatexNotation();

    public static Notation MathML { get; } = new MathMLNotation();

    public string Write(Node node) => node switch
    {
        Number number => SetNumber(number.Value),
        Symbol symbol => SetSymbol(symbol),
        Sum sum => string.Concat(sum.Terms.Select((term, index) => Term(term, index == 0))),
        Product product => WriteProduct(product),
        Fraction fraction => SetFraction(
            WritesFractionsFlat ? Inside(fraction.Numerator, Binding.Product) : Write(fraction.Numerator),
            WritesFractionsFlat ? Inside(fraction.Denominator, Binding.Atom) : Write(fraction.Denominator)),
        Exponential exponential => Power(Letter("e"), Write(exponential.Exponent), exponential.Exponent is Symbol or Number),
        Call { Text: "|" } absolute => Bars(Write(absolute.Arguments[0])),
        Call call => SetCall(call, string.Join(Comma, call.Arguments.Select(Write))),
        Relation relation => SetRelation(Write(relation.Left), relation.Sign, Write(relation.Right)),
        Cases cases => SetCases(Write(cases.Then), Write(cases.Where), Write(cases.Otherwise)),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>left = side = side, as a whole formula.</summary>
    public abstract string Equation(string left, IEnumerable<Node> sides);

    /// <summary>The name of a function of x with primes.</summary>
    public abstract string Applied(string name, int primes);

    /// <summary>∂f/∂parameter</summary>
    public abstract string Partial(string name, Symbol parameter);

    protected abstract string Comma { get; }

    protected virtual bool WritesFractionsFlat => false;

    protected abstract string Letter(string letter);
    protected abstract string SetSymbol(Symbol symbol);
    protected abstract string NumberText(string digits);
    protected abstract string Operator(string sign);
    protected abstract string Parentheses(string inside);
    protected abstract string Bars(string inside);
    protected abstract string SetFraction(string numerator, string denominator);
    protected abstract string Power(string radix, string exponent, bool simple);
    protected abstract string SetCall(Call call, string arguments);
    protected abstract string SetRelation(string left, char sign, string right);
    protected abstract string SetCases(string then, string where, string otherwise);

    /// <summary>Sets a factor beside the one before it.</summary>
    protected abstract string Beside(string left, string right, bool needsSign);

    private string SetNumber(double value) => value < 0
        ? Operator("-") + NumberText((-value).ToString("R", CultureInfo.InvariantCulture))
        : NumberText(value.ToString("R", CultureInfo.InvariantCulture));

    private string Term(Node term, bool first)
    {
        (bool negative, Node size) = term switch
        {
            Number { Value: < 0 } number => (true, new Number(-number.Value)),
            Product { Coefficient: < 0 } product => (true, Algebra.Negate(product)),
            _ => (false, term),
        };
        string written = Inside(size, Binding.Sum);
        string sign = negative ? "-" : "+";
        return first ? (negative ? Operator("-") + written : written) : $"{Spaced(sign)}{written}";
    }

    protected virtual string Spaced(string sign) => $" {sign} ";

    private string WriteProduct(Product product)
    {
        bool negative = product.Coefficient < 0;
        double size = Math.Abs(product.Coefficient);
        string written = size == 1 ? "" : SetNumber(size);
        Node? before = size == 1 ? null : new Number(size);
        foreach (Factor factor in product.Factors)
        {
            string next = WriteFactor(factor);
            written = written.Length == 0 ? next : Beside(written, next, NeedsSign(before, factor.Base));
            before = factor.Base;
        }
        return negative ? Operator("-") + written : written;
    }

    private string WriteFactor(Factor factor)
    {
        if (factor.Power == 1)
            return Inside(factor.Base, Binding.Product);
        string power = NumberText(factor.Power.ToString(CultureInfo.InvariantCulture));
        return factor.Base is Call call && call.Text != "|"
            ? Write(call with { Power = call.Power * factor.Power })
            : Power(Inside(factor.Base, Binding.Atom), power, true);
    }

    // Two letters may touch; a digit after a digit, and a function's name after anything, may not.
    private static bool NeedsSign(Node? before, Node next) =>
        next is Call or Exponential
        || (before is Call or Exponential && next is not Sum)
        || (next is Symbol symbol && char.IsDigit(symbol.Text[0]) && before is not null);

    private string Inside(Node node, Binding around)
    {
        Binding own = node switch
        {
            Cases => Binding.Cases,
            Sum => Binding.Sum,
            Product or Fraction => Binding.Product,
            Number { Value: < 0 } => Binding.Sum,
            _ => Binding.Atom,
        };
        return own < around || (own == Binding.Cases && around != Binding.Cases) ? Parentheses(Write(node)) : Write(node);
    }
}
