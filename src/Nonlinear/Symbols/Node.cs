namespace Nonlinear.Symbols;

/// <summary>A part of a formula. Nodes are immutable and simplified as they are made; two that print alike are alike.</summary>
internal abstract record Node;

/// <summary>A number.</summary>
internal sealed record Number(double Value) : Node;

/// <summary>A variable, a parameter or a constant; a lower rank stands further left in a product.</summary>
internal sealed record Symbol(string Text, string Latex, int Rank) : Node
{
    public const int Constant = 1, Parameter = 2, Variable = 3;

    public static Symbol X { get; } = Letter("x", Variable);
    public static Symbol Y { get; } = Letter("y", Variable);

    /// <summary>The dots between the first and the last of many.</summary>
    public static Symbol Dots { get; } = new("…", @"\ldots", Variable);

    /// <summary>A letter, Greek or not.</summary>
    public static Symbol Letter(string letter, int rank) => new(letter, Symbols.Latex.Letter(letter), rank);

    /// <summary>The element of a vector, or of a matrix: xᵢ, δᵢⱼ.</summary>
    public Indexed At(params IReadOnlyList<Node> indices) => new(this, indices);
}

/// <summary>A symbol with indices.</summary>
internal sealed record Indexed(Symbol Symbol, IReadOnlyList<Node> Indices) : Node;

/// <summary>Terms, added up.</summary>
internal sealed record Sum(IReadOnlyList<Node> Terms) : Node;

/// <summary>A coefficient times powers of factors.</summary>
internal sealed record Product(double Coefficient, IReadOnlyList<Factor> Factors) : Node;

/// <summary>One factor of a product, to a whole power.</summary>
internal sealed record Factor(Node Base, int Power);

/// <summary>A base to any power, which may be an expression.</summary>
internal sealed record Raised(Node Base, Node Exponent) : Node;

/// <summary>A fraction.</summary>
internal sealed record Fraction(Node Numerator, Node Denominator) : Node;

/// <summary>e to a power.</summary>
internal sealed record Exponential(Node Exponent) : Node;

/// <summary>The square root of a number.</summary>
internal sealed record SquareRoot(Node Radicand) : Node;

/// <summary>A named function of one or more arguments; a power of 2 stands behind the name, as in sech²(x).</summary>
internal sealed record Call(string Text, string Latex, int Power, IReadOnlyList<Node> Arguments) : Node;

/// <summary>What an operator makes of a term at every value of an index: Σⱼ exp(xⱼ).</summary>
internal sealed record Over(string Text, string Latex, Symbol Index, Node Term) : Node
{
    public static Over Sum(Symbol index, Node term) => new("Σ", @"\sum", index, term);
    public static Over Max(Symbol index, Node term) => new("max", @"\max", index, term);
}

/// <summary>a &lt; b, a &gt; b or a = b.</summary>
internal sealed record Relation(Node Left, char Sign, Node Right) : Node;

/// <summary>Two conditions that both hold.</summary>
internal sealed record Conjunction(Node First, Node Second) : Node;

/// <summary>All values of a symbol for which a relation holds: { j : xⱼ = y }.</summary>
internal sealed record Those(Symbol Which, Relation Condition) : Node;

/// <summary>A condition for which plain text, which has less room for signs, has words.</summary>
internal sealed record Worded(string Words, Relation Condition) : Node;

/// <summary>One value where a condition holds, another elsewhere.</summary>
internal sealed record Cases(Node Where, Node Then, Node Otherwise) : Node;

/// <summary>A value, and behind it what is to be known about a symbol in it.</summary>
internal sealed record Qualified(Node Value, Worded Condition) : Node;

/// <summary>The name of a function of x, with primes: f′(x).</summary>
internal sealed record Applied(string Name, int Primes) : Node;

/// <summary>∂of / ∂by</summary>
internal sealed record Partial(Node Of, Node By) : Node;

/// <summary>left = side = side</summary>
internal sealed record Equation(Node Left, params IReadOnlyList<Node> Sides) : Node;
