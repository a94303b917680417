namespace Nonlinear.Symbols;

/// <summary>Makes nodes, and tidies what dual numbers leave behind: sums with 0, products with 0 and 1, repeated factors.</summary>
internal static class Algebra
{
    public static Number Zero { get; } = new(0);

    public static Node Add(Node a, Node b)
    {
        List<Node> terms = [.. Terms(a), .. Terms(b)];
        double constant = terms.OfType<Number>().Sum(number => number.Value);
        Number? first = terms.OfType<Number>().FirstOrDefault();
        List<Node> rest = [.. terms.Where(term => term is not Number)];
        if (constant != 0)
            rest.Insert(terms.IndexOf(first!) == 0 ? 0 : rest.Count, new Number(constant));
        return rest.Count switch { 0 => Zero, 1 => rest[0], _ => new Sum(rest) };
    }

    public static Node Negate(Node a) => a switch
    {
        Number number => new Number(-number.Value),
        Sum sum => new Sum([.. sum.Terms.Select(Negate)]),
        _ => Multiply(new Number(-1), a),
    };

    public static Node Multiply(Node a, Node b)
    {
        if (b is Fraction { Numerator: Number { Value: 1 } } reciprocal)
            return Divide(a, reciprocal.Denominator);
        (double coefficient, List<Factor> factors) = (1, []);
        foreach (Node node in (Node[])[a, b])
        {
            (double c, IEnumerable<Factor> more) = node switch
            {
                Number number => (number.Value, []),
                Product product => (product.Coefficient, product.Factors),
                _ => (1, [new Factor(node, 1)]),
            };
            coefficient *= c;
            foreach (Factor factor in more)
                Merge(factors, factor);
        }

        if (coefficient == 0)
            return Zero;
        if (factors.Count == 0)
            return new Number(coefficient);
        return coefficient == 1 && factors is [{ Power: 1 } only]
            ? only.Base
            : new Product(coefficient, [.. factors.OrderBy(factor => Rank(factor.Base))]);
    }

    public static Node Divide(Node a, Node b) => (a, b) switch
    {
        (Number { Value: 0 }, _) => Zero,
        (_, Number { Value: 1 }) => a,
        (Number left, Number right) => new Number(left.Value / right.Value),
        (Fraction fraction, _) => Divide(fraction.Numerator, Multiply(fraction.Denominator, b)),
        _ => new Fraction(a, b),
    };

    public static Node Select(Node mask, Node then, Node otherwise) => mask switch
    {
        Relation { Left: Number left, Right: Number right, Sign: '>' } => left.Value > right.Value ? then : otherwise,
        Relation { Left: Number left, Right: Number right, Sign: '<' } => left.Value < right.Value ? then : otherwise,
        _ when Same(then, otherwise) => then,
        _ => then is Cases inner && Same(inner.Otherwise, otherwise)
            ? new Cases(new Conjunction(mask, inner.Where), inner.Then, otherwise)
            : new Cases(mask, then, otherwise),
    };

    public static Call Call(string text, string latex, params Node[] arguments) => new(text, latex, 1, arguments);

    private static void Merge(List<Factor> factors, Factor factor)
    {
        int index = factors.FindIndex(known => Same(known.Base, factor.Base));
        if (index < 0)
            factors.Add(factor);
        else
            factors[index] = factor with { Power = factor.Power + factors[index].Power };
    }

    private static IEnumerable<Node> Terms(Node node) => node switch
    {
        Sum sum => sum.Terms,
        Number { Value: 0 } => [],
        _ => [node],
    };

    private static int Rank(Node node) => node switch
    {
        Symbol symbol => symbol.Rank,
        Indexed indexed => indexed.Symbol.Rank,
        Sum => 4,
        _ => 5,
    };

    private static bool Same(Node a, Node b) => Notation.Text.Write(a) == Notation.Text.Write(b);
}
