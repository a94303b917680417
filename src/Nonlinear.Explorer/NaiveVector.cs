namespace Nonlinear.Explorer;

/// <summary>Functions of a vector as their formulas are printed, in float: the first output for the inputs (x, x - 1).</summary>
internal static class NaiveVector
{
    private static readonly Dictionary<string, (string Formula, Func<float, float, float> Value)> Definitions = new()
    {
        ["softmax"] = (
            "y₁ = exp(x₁) / (exp(x₁) + exp(x₂))",
            (x, other) => MathF.Exp(x) / (MathF.Exp(x) + MathF.Exp(other))),
        ["log_softmax"] = (
            "y₁ = x₁ - log(exp(x₁) + exp(x₂))",
            (x, other) => x - MathF.Log(MathF.Exp(x) + MathF.Exp(other))),
    };

    /// <summary>Whether a definition of the function is known.</summary>
    public static bool Knows(Activation activation) => activation is AxisActivation && Definitions.ContainsKey(activation.Info.Name);

    /// <summary>The definition as text.</summary>
    public static string Formula(Activation activation) => Definitions[activation.Info.Name].Formula;

    /// <summary>The definition at x.</summary>
    public static float Naive(AxisActivation activation, float x) => Definitions[activation.Info.Name].Value(x, x - 1);

    /// <summary>The library's float result at x.</summary>
    public static float Single(AxisActivation activation, float x)
    {
        Span<float> y = [x, x - 1];
        activation.Forward(y, y);
        return y[0];
    }

    /// <summary>The library's double result at x; the inputs are the same floats.</summary>
    public static double Double(AxisActivation activation, float x)
    {
        Span<double> y = [x, x - 1];
        activation.Forward(y, y);
        return y[0];
    }
}
