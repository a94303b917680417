using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The zeros of the derivatives of the gates to about 107 bits, and the derivatives' power series there.</summary>
internal static class Roots
{
    private const int Terms = 8, MoreTerms = 12;
    private const string Inline = "{ [MethodImpl(MethodImplOptions.AggressiveInlining)] get => ";

    public static IReadOnlyList<Func<ConstantClass>> Classes { get; } =
    [
        () => Root("SigmoidGateRoot", "(z·σ(z))′", Functions.SigmoidGate, -1.278),
        () => Root("NormalGateRoot", "(z·Φ(z))′", Functions.NormalGate, -0.7518),
        () => Root("TanhSoftplusGateRoot", "(z·tanh(log(1 + eᶻ)))′", Functions.TanhSoftplusGate, -1.192),
        () => Root("GeluTanhRoot", "the derivative of GELU (tanh)", Functions.GeluTanh, -0.7525),
        () => FarReaching("ElishRoot", "the derivative of ELiSH", Functions.Elish, -0.8814),
        () => FarReaching("SerfRoot", "the derivative of Serf", Functions.Serf, -1.193),
        () => FarReaching("SmishRoot", "the derivative of Smish", Functions.Smish, -1.394),
        () => FarReaching("TeluRoot", "the derivative of TeLU", Functions.Telu, -1.079),
        () => FarReaching("GoluRoot", "the derivative of GoLU", Functions.Golu, -0.5671),
        () => FarReaching("XieluDerivativeRoot", "the derivative of xIELU at its default parameters", Functions.Xielu, -0.9808),
        () => FarReaching("XieluRoot", "xIELU at its default parameters", x => Functions.Xielu(x).Integral(0), -2.432),
    ];

    // Where elementary functions good to 2⁻⁵⁸ do not suffice any further away.
    private static ConstantClass FarReaching(string name, string what, Func<Series, Series> function, double near) =>
        Root(name, what, function, near, MoreTerms, "1.0 / 16");

    private static ConstantClass Root(
        string name, string what, Func<Series, Series> function, double near, int count = Terms, string? radius = null)
    {
        Zero zero = Zero.Of(function, near, count);
        (double high, double low) = Numbers.Split(zero.Point);
        IEnumerable<string> terms = Enumerable.Range(1, count)
            .Select(power => $"        {Writer.Text(zero.Derivative[power].ToDouble())},\n");
        return new(
            name,
            [
                $"The zero of {what} to about 107 bits, by Newton's method, and {(count == Terms ? "eight" : "twelve")} terms "
                + "of the power series there.",
            ],
            [
                new($"public static double High {Inline}{Writer.Text(high)}; }}\n"),
                new($"public static double Low {Inline}{Writer.Text(low)}; }}\n"),
                new($"public static ReadOnlySpan<double> Coefficients =>\n    [\n{string.Concat(terms)}    ];\n"),
                new($"public static double DerivativeLow => {Writer.Text(Numbers.Split(zero.Derivative[1]).Low)};"),
                .. radius is null ? (Member[])[] : [new($"\n    public static double Radius => {radius};")],
            ])
        {
            Usings = ["System.Runtime.CompilerServices"],
            Declaration = $"internal readonly struct {name} : IRoot",
        };
    }
}
