using Nonlinear.Lab.Onnx.Graphs;
using Onnx;

namespace Nonlinear.Lab.Onnx.Recognition;

/// <summary>What the operators of ONNX and ONNX Runtime that work on each element by itself compute, with slopes.</summary>
internal static class ElementwiseOperator
{
    // Straight lines in each argument; they belong to a function only together with something that bends.
    private static readonly HashSet<string> Straight =
        ["Add", "Sub", "Mul", "Div", "Neg", "Identity", "Cast", "Dropout", "QuantizeLinear", "DequantizeLinear", "Sum", "Mean"];

    // Operators that activations are made of.
    private static readonly HashSet<string> Telling =
    [
        "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "ThresholdedRelu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Gelu",
        "FastGelu", "QuickGelu", "Mish", "Swish", "Softplus", "Softsign", "Shrink", "Clip", "Max", "Min", "Erf", "Where",
    ];

    // What bends, but is as often a part of something else.
    private static readonly HashSet<string> Helping =
    [
        "Exp", "Log", "Sqrt", "Pow", "Abs", "Reciprocal", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Sign", "Floor",
        "Ceil", "Round", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal", "Not", "And", "Or",
    ];

    /// <summary>Whether each output of a node follows from the elements of its inputs at the same place.</summary>
    public static bool Is(NodeProto node) => IsNamed(node) && HasInputs(node);

    /// <summary>Whether a node is a straight line in its input.</summary>
    public static bool IsStraight(NodeProto node) => Straight.Contains(node.OpType);

    /// <summary>Whether activations are made of such nodes.</summary>
    public static bool IsTelling(NodeProto node) => Telling.Contains(node.OpType)
        && (node.IsStandard() || (node.Domain == NodeParts.Microsoft && node.OpType.EndsWith("Gelu", StringComparison.Ordinal)));

    /// <summary>Whether a node is an activation wherever it stands, and not as often a bound or a mask.</summary>
    public static bool IsAlwaysActivation(NodeProto node) => IsTelling(node) && node.OpType is not "Where";

    /// <summary>What a node computes from its inputs; null for an input that is left out.</summary>
    /// <param name="node">The node.</param>
    /// <param name="version">The version of ONNX's operators.</param>
    public static Func<Dual?[], Dual> Compute(NodeProto node, long version)
    {
        double alpha = node.Number("alpha", Alpha(node.OpType)), beta = node.Number("beta", 0.5);
        return node.OpType switch
        {
            "Add" => a => First(a) + Second(a),
            "Sub" => a => First(a) - Second(a),
            "Mul" => a => First(a) * Second(a),
            "Div" => a => First(a) / Second(a),
            "Sum" => a => a.Aggregate(new Dual(0), (sum, x) => sum + x!.Value),
            "Mean" => a => a.Aggregate(new Dual(0), (sum, x) => sum + x!.Value) / a.Length,
            "Neg" => a => -First(a),
            "Cast" => Cast(node),
            "Identity" or "Dropout" or "QuantizeLinear" or "DequantizeLinear" => First,
            "Relu" => a => Dual.Max(0, First(a)),
            "LeakyRelu" => a => First(a).Value < 0 ? alpha * First(a) : First(a),
            "PRelu" => a => First(a).Value < 0 ? Second(a) * First(a) : First(a),
            "Elu" => a => First(a).Value < 0 ? alpha * Dual.Expm1(First(a)) : First(a),
            "Celu" => a => First(a).Value < 0 ? alpha * Dual.Expm1(First(a) / alpha) : First(a),
            "Selu" => Selu(node),
            "ThresholdedRelu" => a => First(a).Value > alpha ? First(a) : 0,
            "Sigmoid" => a => Dual.Sigmoid(First(a)),
            "HardSigmoid" => a => Dual.Max(0, Dual.Min(1, (alpha * First(a)) + beta)),
            "HardSwish" => a => First(a) * Dual.Max(0, Dual.Min(1, (First(a) / 6) + 0.5)),
            "Tanh" => a => Dual.Tanh(First(a)),
            "Gelu" when node.Words("approximate", "none") == "tanh" => a => TanhGelu(First(a)),
            "Gelu" => a => First(a) * Dual.NormalCdf(First(a)),
            "FastGelu" => a => TanhGelu(First(a) + (a.Length > 1 ? a[1] ?? 0 : 0)),
            "QuickGelu" or "Swish" => a => First(a) * Dual.Sigmoid(alpha * First(a)),
            "Mish" => a => First(a) * Dual.Tanh(Dual.Softplus(First(a))),
            "Softplus" => a => Dual.Softplus(First(a)),
            "Softsign" => a => First(a) / (1 + Dual.Abs(First(a))),
            "Shrink" => Shrink(node),
            "Clip" => Clip(node, version),
            "Max" => a => a.Aggregate((x, y) => Dual.Max(x!.Value, y!.Value))!.Value,
            "Min" => a => a.Aggregate((x, y) => Dual.Min(x!.Value, y!.Value))!.Value,
            "Erf" => a => Dual.Erf(First(a)),
            "Exp" => a => Dual.Exp(First(a)),
            "Log" => a => Dual.Log(First(a)),
            "Sqrt" => a => Dual.Sqrt(First(a)),
            "Pow" => a => Dual.Pow(First(a), Second(a)),
            "Abs" => a => Dual.Abs(First(a)),
            "Reciprocal" => a => 1 / First(a),
            "Sin" => Smooth(Math.Sin, Math.Cos),
            "Cos" => Smooth(Math.Cos, x => -Math.Sin(x)),
            "Tan" => Smooth(Math.Tan, x => 1 / (Math.Cos(x) * Math.Cos(x))),
            "Asin" => Smooth(Math.Asin, x => 1 / Math.Sqrt(1 - (x * x))),
            "Acos" => Smooth(Math.Acos, x => -1 / Math.Sqrt(1 - (x * x))),
            "Atan" => Smooth(Math.Atan, x => 1 / (1 + (x * x))),
            "Sinh" => Smooth(Math.Sinh, Math.Cosh),
            "Cosh" => Smooth(Math.Cosh, Math.Sinh),
            "Sign" => Flat(x => double.IsNaN(x) ? x : Math.Sign(x)),
            "Floor" => Flat(Math.Floor),
            "Ceil" => Flat(Math.Ceiling),
            "Round" => Flat(x => Math.Round(x, MidpointRounding.ToEven)),
            "Not" => Flat(x => x == 0 ? 1 : 0),
            "Greater" => Compare((x, y) => x > y),
            "GreaterOrEqual" => Compare((x, y) => x >= y),
            "Less" => Compare((x, y) => x < y),
            "LessOrEqual" => Compare((x, y) => x <= y),
            "Equal" => Compare((x, y) => x == y),
            "And" => Compare((x, y) => x != 0 && y != 0),
            "Or" => Compare((x, y) => x != 0 || y != 0),
            "Where" => a => First(a).Value != 0 ? Second(a) : a[2]!.Value,
            _ => throw new NotSupportedException($"{node.OpType} is not known."),
        };
    }

    private static bool IsNamed(NodeProto node) =>
        (node.IsStandard() && (Straight.Contains(node.OpType) || Helping.Contains(node.OpType))) || IsTelling(node)
        || (node.Domain == NodeParts.Microsoft && node.OpType is "QuantizeLinear" or "DequantizeLinear");

    // A damaged model may leave out what an operator needs.
    private static bool HasInputs(NodeProto node)
    {
        int needed = node.OpType switch
        {
            "Where" => 3,
            "Add" or "Sub" or "Mul" or "Div" or "Pow" or "PRelu" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "Equal"
                or "And" or "Or" => 2,
            "Max" or "Min" or "Sum" or "Mean" => Math.Max(1, node.Input.Count),
            _ => 1,
        };
        return node.Input.Count >= needed && node.Input.Take(needed).All(input => input.Length > 0);
    }

    private static double Alpha(string operation) => operation switch
    {
        "LeakyRelu" => 0.01f,
        "HardSigmoid" => 0.2f,
        "QuickGelu" => 1.702f,
        _ => 1,
    };

    private static Dual First(Dual?[] a) => a[0]!.Value;

    private static Dual Second(Dual?[] a) => a[1]!.Value;

    private static Dual TanhGelu(Dual x) => 0.5 * x * (1 + Dual.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    private static Func<Dual?[], Dual> Selu(NodeProto node)
    {
        double alpha = node.Number("alpha", 1.67326319217681884765625), gamma = node.Number("gamma", 1.05070102214813232421875);
        return a => gamma * (First(a).Value < 0 ? alpha * Dual.Expm1(First(a)) : First(a));
    }

    private static Func<Dual?[], Dual> Shrink(NodeProto node)
    {
        double bias = node.Number("bias", 0), lambda = node.Number("lambd", 0.5);
        return a => First(a).Value < -lambda ? First(a) + bias : First(a).Value > lambda ? First(a) - bias : 0;
    }

    // The bounds were attributes before version 11.
    private static Func<Dual?[], Dual> Clip(NodeProto node, long version)
    {
        double low = version < 11 ? node.Number("min", double.NegativeInfinity) : double.NegativeInfinity,
            high = version < 11 ? node.Number("max", double.PositiveInfinity) : double.PositiveInfinity;
        return a => Dual.Min((a.Length > 2 ? a[2] : null) ?? high, Dual.Max((a.Length > 1 ? a[1] : null) ?? low, First(a)));
    }

    private static Func<Dual?[], Dual> Cast(NodeProto node) => (TensorProto.Types.DataType)node.Whole("to", 1) switch
    {
        TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Float16
            or TensorProto.Types.DataType.Bfloat16 => First,
        TensorProto.Types.DataType.Bool => Flat(x => x != 0 ? 1 : 0),
        _ => Flat(Math.Truncate),
    };

    private static Func<Dual?[], Dual> Smooth(Func<double, double> function, Func<double, double> derivative) =>
        a => First(a).Through(function(First(a).Value), derivative(First(a).Value));

    private static Func<Dual?[], Dual> Flat(Func<double, double> function) => a => function(First(a).Value);

    private static Func<Dual?[], Dual> Compare(Func<double, double, bool> relation) =>
        a => relation(First(a).Value, Second(a).Value) ? 1 : 0;
}
