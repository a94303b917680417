namespace Nonlinear.Explorer;

/// <summary>Functions of a vector as their definitions have them, in float: the first output for the inputs (x, x - 1).</summary>
internal static class NaiveVector
{
    private static readonly Dictionary<string, Func<float, float, float>> Definitions = new()
    {
        ["softmax"] = (x, other) => MathF.Exp(x) / (MathF.Exp(x) + MathF.Exp(other)),
        ["log_softmax"] = (x, other) => MathF.Log(MathF.Exp(x) / (MathF.Exp(x) + MathF.Exp(other))),
    };

    /// <summary>Whether a definition of the function is known.</summary>
    public static bool Knows(Activation activation) => activation is AxisActivation && Definitions.ContainsKey(activation.Info.Name);

    /// <summary>The definition at x.</summary>
    public static float Naive(AxisActivation activation, float x) => Definitions[activation.Info.Name](x, x - 1);

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
