using Nonlinear.Numerics;

namespace Nonlinear.Symbols;

/// <summary>The number that is no number but the formula itself: what is shown is what is computed.</summary>
internal readonly struct Expression(Node node) : IReal<Expression>
{
    // A struct can come into being without its constructor; it is then 0, like any number.
    private readonly Node? _node = node;

    public Node Node => _node ?? Algebra.Zero;

    public static implicit operator Expression(double value) => new(new Number(value));
    public static Expression Of(Constant constant) => new(new Symbol(constant.Symbol, Latex.Constant(constant.Symbol), Symbol.Constant));

    public static Expression operator +(Expression a, Expression b) => new(Algebra.Add(a.Node, b.Node));
    public static Expression operator -(Expression a, Expression b) => new(Algebra.Add(a.Node, Algebra.Negate(b.Node)));
    public static Expression operator *(Expression a, Expression b) => new(Algebra.Multiply(a.Node, b.Node));
    public static Expression operator /(Expression a, Expression b) => new(Algebra.Divide(a.Node, b.Node));
    public static Expression operator -(Expression a) => new(Algebra.Negate(a.Node));
    public static Expression operator <(Expression a, Expression b) => new(new Relation(a.Node, '<', b.Node));
    public static Expression operator >(Expression a, Expression b) => new(new Relation(a.Node, '>', b.Node));

    public static Expression Select(Expression mask, Expression whereTrue, Expression whereFalse) =>
        new(Algebra.Select(mask.Node, whereTrue.Node, whereFalse.Node));

    public static Expression Max(Expression a, Expression b) => new(Algebra.Call("max", @"\max", a.Node, b.Node));
    public static Expression Min(Expression a, Expression b) => new(Algebra.Call("min", @"\min", a.Node, b.Node));
    public static Expression Abs(Expression x) => new(Algebra.Call("|", "|", x.Node));
    public static Expression Exp(Expression x) => new(new Exponential(x.Node));
    public static Expression Expm1(Expression x) => Exp(x) - 1;
    public static Expression Log1p(Expression x) => new(Algebra.Call("log", @"\log", (1 + x).Node));
    public static Expression Log(Expression x) => new(Algebra.Call("log", @"\log", x.Node));
    public static Expression Softplus(Expression x) => Log1p(Exp(x));
    public static Expression Sqrt(Expression x) => new(new SquareRoot(x.Node));
    public static Expression Sin(Expression x) => new(Algebra.Call("sin", @"\sin", x.Node));
    public static Expression Cos(Expression x) => new(Algebra.Call("cos", @"\cos", x.Node));
    public static Expression Erf(Expression x) => new(Algebra.Call("erf", @"\operatorname{erf}", x.Node));
    public static Expression Tanh(Expression x) => new(Algebra.Call("tanh", @"\tanh", x.Node));
    public static Expression TanhDerivative(Expression x) => new(new Call("sech", @"\operatorname{sech}", 2, [x.Node]));
    public static Expression Sigmoid(Expression x) => new(Algebra.Call("σ", @"\sigma", x.Node));
    public static Expression SigmoidDerivative(Expression x) => Sigmoid(x) * Sigmoid(-x);
    public static Expression TanhSoftplus(Expression x) => Tanh(Log1p(Exp(x)));
    public static Expression TanhSoftplusDerivative(Expression x) => TanhDerivative(Log1p(Exp(x))) * Sigmoid(x);
    public static Expression NormalCdf(Expression x) => new(Algebra.Call("Φ", @"\Phi", x.Node));
    public static Expression NormalPdf(Expression x) => new(Algebra.Call("φ", @"\varphi", x.Node));
}
