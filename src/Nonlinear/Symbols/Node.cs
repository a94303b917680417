namespace Nonlinear.Symbols;

/// <summary>A part of a formula. Nodes are immutable and simplified as they are made; two that print alike are alike.</summary>
internal abstract record Node;

/// <summary>A number.</summary>
internal sealed record Number(double Value) : Node;

/// <summary>A variable, a parameter or a constant; a lower rank stands further left in a product.</summary>
internal sealed record Symbol(string Text, string Latex, int Rank) : Node
{
    public const int Constant = 1, Parameter = 2, Variable = 3;

    public static Symbol X { get; } = new("x", "x", Variable);
    public static Symbol Y { get; } = new("y", "y", Variable);
}

/// <summary>Terms, added up.</summary>
internal sealed record Sum(IReadOnlyList<Node> Terms) : Node;

/// <summary>A coefficient times powers of factors.</summary>
internal sealed record Product(double Coefficient, IReadOnlyList<Factor> Factors) : Node;

/// <summary>One factor of a product, to a whole power.</summary>
internal sealed record Factor(Node Base, int Power);

/// <summary>A fraction.</summary>
internal sealed record Fraction(Node Numerator, Node Denominator) : Node;

/// <summary>e to a power.</summary>
internal sealed record Exponential(Node Exponent) : Node;

/// <summary>A named function of one or more arguments; a power of 2 stands behind the name, as in sech²(x).</summary>
internal sealed record Call(string Text, string Latex, int Power, IReadOnlyList<Node> Arguments) : Node;

/// <summary>a &lt; b or a &gt; b.</summary>
internal sealed record Relation(Node Left, char Sign, Node Right) : Node;

/// <summary>One value where a relation holds, another elsewhere.</summary>
internal sealed record Cases(Relation Where, Node Then, Node Otherwise) : Node;
