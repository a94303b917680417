using Nonlinear.Numerics;

namespace Nonlinear.Lab.Onnx.Export;

/// <summary>
/// The number that is a tensor of a graph being built: a formula evaluated over it becomes basic operations, in forms that neither overflow
/// nor cancel anywhere. ONNX's own function bodies do both.
/// </summary>
internal readonly struct ComposedNumber : IReal<ComposedNumber>
{
    private readonly GraphComposer? _graph;
    private readonly string? _tensor;
    private readonly double _value;

    /// <summary>A tensor of a graph.</summary>
    public ComposedNumber(GraphComposer graph, string tensor) => (_graph, _tensor) = (graph, tensor);

    private ComposedNumber(double value) => _value = value;

    private bool IsNumber => _graph is null;

    /// <summary>Its tensor in a graph.</summary>
    public string In(GraphComposer graph) => _tensor ?? graph.Constant(_value);

    public static implicit operator ComposedNumber(double value) => new(value);
    public static ComposedNumber Of(Constant constant) => new(constant.High);

    public static ComposedNumber operator +(ComposedNumber a, ComposedNumber b) =>
        Both(a, b) is { } graph ? Node(graph, "Add", a, b) : a._value + b._value;

    public static ComposedNumber operator -(ComposedNumber a, ComposedNumber b) =>
        Both(a, b) is { } graph ? Node(graph, "Sub", a, b) : a._value - b._value;

    public static ComposedNumber operator *(ComposedNumber a, ComposedNumber b)
    {
        if (a.IsNumber && a._value == 1)
            return b;
        if (b.IsNumber && b._value == 1)
            return a;
        return Both(a, b) is { } graph ? Node(graph, "Mul", a, b) : a._value * b._value;
    }

    public static ComposedNumber operator /(ComposedNumber a, ComposedNumber b) =>
        Both(a, b) is { } graph ? Node(graph, "Div", a, b) : a._value / b._value;

    public static ComposedNumber operator -(ComposedNumber a) => a._graph is { } graph ? Node(graph, "Neg", a) : -a._value;

    public static ComposedNumber operator <(ComposedNumber a, ComposedNumber b) =>
        Both(a, b) is { } graph ? Node(graph, "Less", a, b) : a._value < b._value ? 1 : 0;

    public static ComposedNumber operator >(ComposedNumber a, ComposedNumber b) =>
        Both(a, b) is { } graph ? Node(graph, "Greater", a, b) : a._value > b._value ? 1 : 0;

    // Of numbers alone it is known which.
    public static ComposedNumber Select(ComposedNumber mask, ComposedNumber whereTrue, ComposedNumber whereFalse) =>
        mask._graph is { } graph ? Node(graph, "Where", mask, whereTrue, whereFalse) : mask._value != 0 ? whereTrue : whereFalse;

    // A sum of the two carries a NaN of either.
    public static ComposedNumber Max(ComposedNumber a, ComposedNumber b) => Select(a > b, a, Select(a < b, b, a + b - a));

    public static ComposedNumber Min(ComposedNumber a, ComposedNumber b) => Select(a < b, a, Select(a > b, b, a + b - a));

    /// <summary>The larger of x and 0; the operator that every runtime has, and fuses.</summary>
    public static ComposedNumber PositivePart(ComposedNumber x) => Select(0 > x, 0, x);

    public static ComposedNumber Abs(ComposedNumber x) => x._graph is { } graph ? Node(graph, "Abs", x) : Math.Abs(x._value);

    public static ComposedNumber Exp(ComposedNumber x) => Node(x._graph!, "Exp", x);

    // 2t / (1 - t) with t = tanh(x/2): nothing cancels. The exponential itself above, where t would round to 1.
    public static ComposedNumber Expm1(ComposedNumber x)
    {
        ComposedNumber t = Node(x._graph!, "Tanh", 0.5 * x);
        return Select(x > 1, Exp(x) - 1, Select(Abs(x) < Tiny(x), x, 2 * t / (1 - t)));
    }

    // What 1 + x loses in rounding comes back as a term of first order.
    public static ComposedNumber Log1p(ComposedNumber x)
    {
        ComposedNumber sum = 1 + x;
        return Node(x._graph!, "Log", sum) + (x - (sum - 1)) / sum;
    }

    public static ComposedNumber Log(ComposedNumber x) => Node(x._graph!, "Log", x);

    public static ComposedNumber Sqrt(ComposedNumber x) => x._graph is { } graph ? Node(graph, "Sqrt", x) : Math.Sqrt(x._value);

    public static ComposedNumber Sin(ComposedNumber x) => Node(x._graph!, "Sin", x);

    public static ComposedNumber Cos(ComposedNumber x) => Node(x._graph!, "Cos", x);

    // About 0 by a series of one sign, 2/√π e^(-x²) (x + 2x³/3 + 4x⁵/15 + …); further out by what the tail leaves of 1.
    public static ComposedNumber Erf(ComposedNumber x)
    {
        ComposedNumber size = Abs(x), z = Select(size < 0.5, x * x, 0.25), sum = 1;
        for (int n = 12; n > 0; n--)
            sum = 1 + sum * z * (2.0 / (2 * n + 1));
        ComposedNumber outside = 1 - 2 * NormalCdf(-Math.Sqrt(2) * size);
        return Select(size < 0.5, x * (2 / Math.Sqrt(Math.PI)) * Exp(-z) * sum, Select(x < 0, -outside, outside));
    }

    // The runtime's own loses the digits of the smallest numbers.
    public static ComposedNumber Tanh(ComposedNumber x) => Select(Abs(x) < Tiny(x), x, Node(x._graph!, "Tanh", x));

    public static ComposedNumber TanhDerivative(ComposedNumber x) => 4 * SigmoidDerivative(2 * x);

    public static ComposedNumber Sigmoid(ComposedNumber x)
    {
        ComposedNumber e = Exp(-Abs(x));
        return Select(x < 0, e, 1) / (1 + e);
    }

    public static ComposedNumber SigmoidDerivative(ComposedNumber x)
    {
        ComposedNumber e = Exp(-Abs(x)), sum = 1 + e;
        return e / (sum * sum);
    }

    public static ComposedNumber TanhSoftplus(ComposedNumber x) => TimesTanhSoftplus(1, x);

    public static ComposedNumber TanhSoftplusDerivative(ComposedNumber x)
    {
        ComposedNumber e = Exp(-Abs(x)), below = 2 + 2 * e + e * e, above = 1 + 2 * e + 2 * e * e;
        return 4 * e * (1 + e) * Select(x < 0, 1 / (below * below), e / (above * above));
    }

    public static ComposedNumber NormalCdf(ComposedNumber x) => TimesNormalCdf(1, x);

    public static ComposedNumber NormalPdf(ComposedNumber x) => Exp(-0.5 * x * x) * (1 / Math.Sqrt(2 * Math.PI));

    // The exponential as the square of its root, one factor at a time: so the product is right where the exponential has vanished.
    public static ComposedNumber TimesSigmoid(ComposedNumber x, ComposedNumber z)
    {
        ComposedNumber root = Exp(-0.5 * Abs(z));
        return Select(z < 0, Finite(x) * root * root, x) / (1 + root * root);
    }

    public static ComposedNumber TimesTanhSoftplus(ComposedNumber x, ComposedNumber z)
    {
        ComposedNumber root = Exp(-0.5 * Abs(z)), e = root * root, square = e * e;
        ComposedNumber below = Finite(x) * root * root * ((2 + e) / (2 + 2 * e + square));
        return Select(z < 0, below, x * ((1 + 2 * e) / (1 + 2 * e + 2 * square)));
    }

    public static ComposedNumber TimesNormalCdf(ComposedNumber x, ComposedNumber z)
    {
        GraphComposer graph = Graph(x, z);
        NormalTail tail = NormalTail.Of(graph.Type);
        ComposedNumber t = Abs(z), bounded = Select(t > tail.End, tail.End, t);
        // e^(-t²/2) from a t of so few bits that its square is exact, and from what it lacks.
        ComposedNumber coarse = new(graph, graph.Cast(graph.Cast(bounded.In(graph), Shorter(graph.Type)), graph.Type));
        ComposedNumber decay = Exp(-0.5 * (coarse * coarse)), rest = Exp(-0.5 * ((bounded - coarse) * (bounded + coarse)));
        ComposedNumber ratio = tail.Ratio(bounded) * rest;
        return Select(z < 0, Finite(x) * ratio * decay, x * (1 - decay * ratio));
    }

    // Below this tanh x and eˣ - 1 are x.
    private static double Tiny(ComposedNumber x) => Math.ScaleB(1, x._graph!.Type == NumberType.Double ? -60 : -30);

    private static NumberType Shorter(NumberType type) => type == NumberType.Double ? NumberType.Float : NumberType.Half;

    // An infinite x times a vanished factor would be NaN.
    private static ComposedNumber Finite(ComposedNumber x)
    {
        if (x._graph is not { } graph)
            return x;
        double largest = graph.Type == NumberType.Double ? double.MaxValue : float.MaxValue;
        return Select(x < -largest, -largest, x);
    }

    private static GraphComposer? Both(ComposedNumber a, ComposedNumber b) => a._graph ?? b._graph;

    private static GraphComposer Graph(ComposedNumber a, ComposedNumber b) => Both(a, b)
        ?? throw new NotSupportedException("Numbers alone make no graph.");

    private static ComposedNumber Node(GraphComposer graph, string operation, params ReadOnlySpan<ComposedNumber> inputs)
    {
        string[] names = new string[inputs.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = inputs[i].In(graph);
        return new(graph, graph.Node(operation, names));
    }
}
