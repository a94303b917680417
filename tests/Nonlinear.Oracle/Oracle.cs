using static Nonlinear.Oracle.BigDual;

namespace Nonlinear.Oracle;

/// <summary>What the elementwise functions and their derivatives are, in MPFR, from the papers' formulas.</summary>
public static class Oracle
{
    /// <summary>Whether MPFR is there; and what to say where it is not.</summary>
    public static bool IsAvailable => Mpfr.IsAvailable;

    public const string WhyNot = "libmpfr.so.6 is not installed (apt-get install libmpfr6)";

    // A line for each function. The derivative follows by the rules of calculus.
    private static readonly Dictionary<string, Func<BigDual, IReadOnlyList<double>, BigDual>> Formulas = new()
    {
        ["sigmoid"] = (x, p) => 1 / (1 + Exp(-x)),
        ["tanh"] = (x, p) => Tanh(x),
        ["swish"] = (x, p) => x / (1 + Exp(-(p[0] * x))),
        ["mish"] = (x, p) => x * Tanh(Softplus(x)),
        ["relu"] = (x, p) => Max(x, 0),
        ["leaky_relu"] = (x, p) => x > 0 ? x : p[0] * x,
        ["prelu"] = (x, p) => x > 0 ? x : p[0] * x,
        ["elu"] = (x, p) => x > 0 ? x : p[0] * Expm1(x),
        ["selu"] = (x, p) => SeluLambda * (x > 0 ? x : SeluAlpha * Expm1(x)),
        ["gelu"] = (x, p) => x * Erfc(-x / Sqrt(2)) / 2,
        ["gelu_tanh"] = (x, p) => x / (1 + Exp(-2 * Sqrt(2 / (BigDual)BigFloat.Pi) * (x + (BigFloat.Parse("0.044715") * x * x * x)))), // ½ (1 + tanh u) = 1 / (1 + e^(-2u))
    };

    private static BigDual SeluLambda => BigFloat.Parse("1.0507009873554804934193349852946");

    private static BigDual SeluAlpha => BigFloat.Parse("1.6732632423543772848170429916717");

    /// <summary>f(x) and f′(x) at a finite x; good until the next <see cref="BigFloat.Reset"/>.</summary>
    public static BigDual Evaluate(Activation activation, double x)
    {
        BigFloat.Reset();
        return Formulas[activation.Info.Name](Variable(x), activation.ParameterValues);
    }
}
