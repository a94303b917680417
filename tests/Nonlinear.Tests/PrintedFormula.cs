using System.Globalization;
using Nonlinear.Symbols;

namespace Nonlinear.Tests;

/// <summary>A formula as it is printed, evaluated in float from its tree: each name by the definition that the page gives for it.</summary>
internal sealed class PrintedFormula
{
    private readonly Node _node;

    private PrintedFormula(Node node) => _node = node;

    /// <summary>The largest number met on the way, which tells how much rounding in another order may change.</summary>
    public double LargestTerm { get; private set; }

    public static PrintedFormula Of(ElementwiseActivation activation, bool derivative)
    {
        Expression x = new(Symbol.X);
        Node node = (derivative ? activation.EvaluateDerivative(x) : activation.Evaluate(x)).Node;
        // Of tanh(x) alone the formula goes on to the quotient.
        return new(Definitions.Of(node) ?? node);
    }

    public float At(float x)
    {
        LargestTerm = 0;
        return Value(_node, x);
    }

    private float Value(Node node, float x)
    {
        float value = node switch
        {
            Number number => (float)number.Value,
            Symbol { Text: "x" } => x,
            Symbol symbol => Constant(symbol.Text),
            Sum sum => sum.Terms.Select(term => Value(term, x)).Aggregate((a, b) => a + b),
            Product product => product.Factors
                .SelectMany(factor => Enumerable.Repeat(Value(factor.Base, x), factor.Power))
                .Aggregate((float)product.Coefficient, (a, b) => a * b),
            Fraction fraction => Value(fraction.Numerator, x) / Value(fraction.Denominator, x),
            Symbols.Exponential exponential => MathF.Exp(Value(exponential.Exponent, x)),
            SquareRoot root => MathF.Sqrt(Value(root.Radicand, x)),
            Cases cases => Holds(cases.Where, x) ? Value(cases.Then, x) : Value(cases.Otherwise, x),
            Call call => Power(Named(call.Text, [.. call.Arguments.Select(argument => Value(argument, x))]), call.Power),
            _ => throw new NotSupportedException(node.ToString()),
        };
        if (float.IsFinite(value))
            LargestTerm = Math.Max(LargestTerm, Math.Abs(value));
        return value;
    }

    private static float Named(string name, float[] z) => name switch
    {
        "max" => MathF.Max(z[0], z[1]),
        "min" => MathF.Min(z[0], z[1]),
        "|" => MathF.Abs(z[0]),
        "log" => MathF.Log(z[0]),
        "sin" => MathF.Sin(z[0]),
        "cos" => MathF.Cos(z[0]),
        "tanh" => MathF.Tanh(z[0]),
        "σ" => 1 / (1 + MathF.Exp(-z[0])),
        "sech" => 2 / (MathF.Exp(z[0]) + MathF.Exp(-z[0])),
        "erf" => Erf(z[0]),
        "Φ" => (1 + Erf(z[0] / MathF.Sqrt(2))) / 2,
        "φ" => MathF.Exp(-(z[0] * z[0]) / 2) / MathF.Sqrt(2 * MathF.PI),
        _ => throw new NotSupportedException(name),
    };

    // By its series and, where that cancels, by its continued fraction.
    private static float Erf(float z)
    {
        double x = Math.Abs((double)z), sum = 0;
        if (x < 3)
        {
            double term = x;
            for (int n = 0; n < 100; n++)
            {
                sum += term / ((2 * n) + 1);
                term *= -x * x / (n + 1);
            }
            sum *= 2 / Math.Sqrt(Math.PI);
        }
        else
        {
            double fraction = 0;
            for (int n = 60; n > 0; n--)
                fraction = n / 2.0 / (x + fraction);
            sum = 1 - (Math.Exp(-x * x) / ((x + fraction) * Math.Sqrt(Math.PI)));
        }
        return MathF.CopySign((float)sum, z);
    }

    private static float Power(float value, int power) => Enumerable.Repeat(value, power).Aggregate((a, b) => a * b);

    private bool Holds(Node condition, float x) => condition switch
    {
        Relation { Sign: '<' } relation => Value(relation.Left, x) < Value(relation.Right, x),
        Relation { Sign: '>' } relation => Value(relation.Left, x) > Value(relation.Right, x),
        Conjunction both => Holds(both.First, x) && Holds(both.Second, x),
        _ => throw new NotSupportedException(condition.ToString()),
    };

    private static float Constant(string symbol) => symbol switch
    {
        "√2" => MathF.Sqrt(2),
        "√(2/π)" => MathF.Sqrt(2 / MathF.PI),
        "λ" => 1.0507009873554805f,
        "λα" => (float)(1.0507009873554805 * 1.6732632423543772),
        _ => float.Parse(symbol, CultureInfo.InvariantCulture),
    };
}
