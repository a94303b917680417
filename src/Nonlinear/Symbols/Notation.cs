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
            WritesOnOneLine ? Inside(fraction.Numerator, Binding.Product) : Write(fraction.Numerator),
            WritesOnOneLine ? Inside(fraction.Denominator, Binding.Atom) : Write(fraction.Denominator)),
        Raised raised => Power(Inside(raised.Base, Binding.Atom), Write(raised.Exponent)),
        Exponential exponential => SetExponential(Write(exponential.Exponent)),
        SquareRoot root => SetSquareRoot(Write(root.Radicand)),
        Indexed indexed => SetIndexed(indexed),
        Call { Text: "|" } absolute => Bars(Write(absolute.Arguments[0])),
        Call { Arguments: [Over or Those] } call => SetCall(call, Write(call.Arguments[0]), bare: true),
        Call call => SetCall(call, Parentheses(string.Join(Comma, call.Arguments.Select(WriteWhole))), bare: false),
        Over over => SetOver(over, Inside(over.Term, Binding.Product)),
        Relation relation => SetRelation(WriteWhole(relation.Left), relation.Sign, WriteWhole(relation.Right)),
        Conjunction both => Write(both.First) + And + Write(both.Second),
        Those those => SetThose(Write(those.Which), Write(those.Condition)),
        Worded worded => SetWorded(worded),
        Cases cases => SetCases(WriteWhole(cases.Then), Write(cases.Where), Write(cases.Otherwise)),
        Qualified qualified => SetQualified(Write(qualified.Value), Write(qualified.Condition)),
        Applied applied => SetApplied(applied.Name, applied.Primes),
        Partial partial => SetPartial(Write(partial.Of), Write(partial.By)),
        Equation equation => string.Join(Spaced("="), equation.Sides.Prepend(equation.Left).Select(Write)),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>A whole formula of one or more equations.</summary>
    public virtual string Formula(IEnumerable<Equation> equations) => string.Join(Apart, equations.Select(Write));

    protected abstract string Comma { get; }

    /// <summary>What stands between two equations.</summary>
    protected abstract string Apart { get; }

    /// <summary>Whether everything stands on one line, where only parentheses tell what belongs together.</summary>
    protected virtual bool WritesOnOneLine => false;

    /// <summary>What stands between two conditions.</summary>
    protected virtual string And => Comma;

    protected abstract string Letter(string letter);
    protected abstract string SetSymbol(Symbol symbol);
    protected abstract string NumberText(string digits);
    protected abstract string Operator(string sign);
    protected abstract string Parentheses(string inside);
    protected abstract string Bars(string inside);
    protected abstract string SetFraction(string numerator, string denominator);
    protected abstract string Power(string radix, string exponent);
    protected virtual string SetExponential(string exponent) => Power(Letter("e"), exponent);
    protected abstract string SetSquareRoot(string radicand);
    protected abstract string SetIndexed(Indexed indexed);

    /// <summary>Sets a function before its arguments, which are in parentheses unless they are bare.</summary>
    protected abstract string SetCall(Call call, string arguments, bool bare);
    protected abstract string SetOver(Over over, string term);
    protected abstract string SetRelation(string left, char sign, string right);
    protected abstract string SetThose(string which, string condition);
    protected virtual string SetWorded(Worded worded) => Write(worded.Condition);
    protected abstract string SetCases(string then, string where, string otherwise);
    protected virtual string SetQualified(string value, string condition) => value + Apart + condition;
    protected abstract string SetApplied(string name, int primes);
    protected abstract string SetPartial(string of, string by);

    /// <summary>Sets a factor beside the one before it.</summary>
    protected abstract string Beside(string left, string right, bool needsSign);

    // What could be read as going on behind it, on one line.
    private string WriteWhole(Node node) => WritesOnOneLine && node is Cases ? Parentheses(Write(node)) : Write(node);

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
        return factor.Base is Call call && call.Text is not ("|" or "max" or "min")
            ? Write(call with { Power = call.Power * factor.Power })
            : Power(Inside(factor.Base, Binding.Atom), power);
    }

    // Two letters may touch; a digit after a digit, and a function's name or a letter with an index after anything, may not.
    private static bool NeedsSign(Node? before, Node next) =>
        next is Call or Exponential or Indexed or SquareRoot
        || (before is Call or Exponential or SquareRoot && next is not Sum)
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
