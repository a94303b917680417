namespace Nonlinear.Oracle.Judging;

/// <summary>The two factors of gated units, from the papers: y = a(gate) · b(value).</summary>
internal static class GatedOracle
{
    /// <summary>The factor of the gate: one line for each function, or that of the function which gates.</summary>
    /// <exception cref="ArgumentException">It has no line here.</exception>
    public static Func<N, IReadOnlyList<double>, N> Gate<N>(GatedActivation activation)
        where N : struct, INumber<N> => activation.Gate is { } gate
            ? WithParameters(Oracle.Formula<N>(gate.Info.Name), gate.ParameterValues)
            : activation.Info.Name switch
            {
                "glu" => Oracle.Formula<N>("sigmoid"),
                "swiglu" => Oracle.Formula<N>("swish"),
                "geglu" => Oracle.Formula<N>("gelu"),
                "geglu_tanh" => Oracle.Formula<N>("gelu_tanh"),
                "geglu_quick" => (g, p) => g * N.Sigmoid(p[0] * g),
                "reglu" => (g, p) => N.Max(g, 0),
                "reglu_squared" => (g, p) => N.Max(g, 0) * N.Max(g, 0),
                "bilinear" => (g, p) => g,
                "swiglu_oai" => (g, p) => N.Min(g, p[1]) * N.Sigmoid(p[0] * N.Min(g, p[1])),
                "swiglu_step" => (g, p) => N.Min(g * N.Sigmoid(g), p[0]),
                "situ_glu" => (g, p) => p[0] * N.Tanh(g / p[0]) * N.Sigmoid(g),
                string name => throw new ArgumentException(
                    $"The oracle has no formula for '{name}'; add its line to GatedOracle.cs.", nameof(activation)),
            };

    /// <summary>The factor of the value.</summary>
    public static Func<N, IReadOnlyList<double>, N> Value<N>(GatedActivation activation)
        where N : struct, INumber<N> => activation.Info.Name switch
        {
            "swiglu_oai" => (v, p) => N.Min(N.Max(v, -p[1]), p[1]) + p[2],
            "swiglu_step" => (v, p) => N.Min(N.Max(v, -p[0]), p[0]),
            "situ_glu" => (v, p) => p[1] * N.Tanh(v / p[1]),
            _ => (v, p) => v,
        };

    /// <summary>The gates at which the first factor has a kink.</summary>
    public static IReadOnlyList<double> KinksOfGate(GatedActivation activation) => activation.Info.Name switch
    {
        _ when activation.Gate is { } gate => gate.Kinks,
        "swiglu_step" => [WhereSwishIs(activation.ParameterValues[0])],
        _ => activation.Kinks,
    };

    /// <summary>The values at which the second factor has a kink.</summary>
    public static IReadOnlyList<double> KinksOfValue(GatedActivation activation) => activation.Info.Name switch
    {
        "swiglu_oai" => [-activation.ParameterValues[1], activation.ParameterValues[1]],
        "swiglu_step" => [-activation.ParameterValues[0], activation.ParameterValues[0]],
        _ => [],
    };

    /// <summary>Whether the value does more than pass as it is.</summary>
    public static bool HoldsValue(GatedActivation activation) => activation.Info.Name is "swiglu_oai" or "swiglu_step" or "situ_glu";

    /// <summary>What the terms of a slope may leave of each other next to its zero, of doubles, where that is more than an ulp.</summary>
    public static double CancellationOf(GatedSubject subject) =>
        subject is { Direction: GatedDirection.ByGate, Format.Precision: > 24, Activation.Info.Name: "situ_glu" } ? Math.ScaleB(1, -58) : 0;

    /// <summary>
    /// A gate whose slope, if that tends to 1, is so near to 1 that only a tie tells them apart, and not so near that wide numbers do not.
    /// </summary>
    public static double SettledSlope(GatedActivation activation) => activation.Info.Name switch
    {
        "geglu" => 40,
        "geglu_tanh" => 20,
        _ => 300,
    };

    // A float nearby, which no stretch of floats passes without holding it.
    private static double WhereSwishIs(double limit)
    {
        double low = limit, high = limit + 1;
        while ((float)low != (float)high)
        {
            double middle = 0.5 * (low + high);
            if (middle / (1 + Math.Exp(-middle)) < limit)
                low = middle;
            else
                high = middle;
        }
        return (float)low;
    }

    private static Func<N, IReadOnlyList<double>, N> WithParameters<N>(
        Func<N, IReadOnlyList<double>, N> formula, IReadOnlyList<double> values)
        where N : struct, INumber<N> => (x, _) => formula(x, values);
}
