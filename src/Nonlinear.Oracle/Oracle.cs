using System.Collections.Concurrent;

namespace Nonlinear.Oracle;

/// <summary>What the elementwise functions and their derivatives are, from the papers' formulas and none of the library's code.</summary>
public static class Oracle
{
    /// <summary>Whether the system has what the oracle rests on; and what to say where it has not.</summary>
    public static bool IsAvailable => Mpfr.IsAvailable && Interval.IsAvailable;

    /// <summary>Why there is no oracle, and what helps.</summary>
    public static string WhyNot => Mpfr.IsAvailable
        ? "This system's mathematics library is not glibc's (libm.so.6), "
            + "whose bounds of error the reference rests on; use a Linux with glibc"
        : "libmpfr.so.6 is not installed (apt-get install libmpfr6)";

    /// <summary>
    /// The formula of a function over a kind of number: one line for each function. The derivative follows by the rules of calculus.
    /// </summary>
    /// <typeparam name="N">The number.</typeparam>
    /// <param name="name">The function's name in the catalogue.</param>
    /// <exception cref="ArgumentException">It has no line here.</exception>
    public static Func<N, IReadOnlyList<double>, N> Formula<N>(string name)
        where N : struct, INumber<N> => name switch
        {
            "sigmoid" => (x, p) => N.Sigmoid(x),
            "tanh" => (x, p) => N.Tanh(x),
            "swish" => (x, p) => x * N.Sigmoid(p[0] * x),
            "mish" => (x, p) => x * N.Tanh(N.Softplus(x)),
            "relu" => (x, p) => N.Max(x, 0),
            "leaky_relu" => (x, p) => x > 0 ? x : p[0] * x,
            "prelu" => (x, p) => x > 0 ? x : p[0] * x,
            "elu" => (x, p) => x > 0 ? x : p[0] * N.Expm1(x),
            "selu" => With(N.Parse(SeluLambda), N.Parse(SeluAlpha), (λ, α) => (x, p) => x > 0 ? λ * x : λ * α * N.Expm1(x)),
            "gelu" => With(N.Sqrt(2), 2, (root, two) => (x, p) => x * N.Erfc(-x / root) / two),
            // ½ (1 + tanh u) = σ(2u)
            "gelu_tanh" =>
                With(2 * N.Sqrt(2 / N.Pi), N.Parse("0.044715"), (k, cubic) => (x, p) => x * N.Sigmoid(k * (x + (cubic * (x * x * x))))),
            "quick_gelu" => (x, p) => x * N.Sigmoid(p[0] * x),
            "gelu_10" => With(N.Sqrt(2), 2, (root, two) => (x, p) => N.Min(N.Max(x * N.Erfc(-x / root) / two, p[0]), p[1])),
            // Far out, where a second exponential makes 0 or 1 of the first, something as small and of the same sign stands for the rest.
            "golu" => (x, p) => x < -10 ? N.Exp(-20_000) / x : x * N.Exp(-N.Exp(-x)),
            "telu" => (x, p) => x > 8 ? x : x * N.Tanh(N.Exp(x)),
            "serf" => (x, p) => x * N.Erf(N.Softplus(x)),
            "smish" => (x, p) => x * N.Tanh(N.Log1p(N.Sigmoid(x))),
            "elish" => (x, p) => (x > 0 ? x : N.Expm1(x)) * N.Sigmoid(x),
            "lisht" => (x, p) => x * N.Tanh(x),
            "softplus" => (x, p) => N.Softplus(p[0] * x) / p[0],
            "log_sigmoid" => (x, p) => -N.Softplus(-x),
            "sqrtsoftplus" => (x, p) => x < -200 ? N.Exp(x / 2) : N.Sqrt(N.Softplus(x)),
            "squareplus" => (x, p) => N.Squareplus(x, p[0]),
            "log1mexp" => (x, p) => x < 0 ? N.Nowhere : x > 0.7 ? N.Log1p(-N.Exp(-x)) : N.Log(-N.Expm1(-x)),
            "logcosh" => (x, p) => N.LogCosh(x),
            "tanh_shrink" => (x, p) => N.TanhShrink(x),
            "exponential" => (x, p) => N.Exp(x),
            "gaussian" => (x, p) => N.Exp(-(p[0] * (x * x))),
            "laplace" => With(N.Sqrt(2), 2, (root, two) => (x, p) => N.Erfc((p[0] - x) / (p[1] * root)) / two),
            "sine" => (x, p) => N.Sin(p[0] * x),
            "snake" => (x, p) => x + (Square(N.Sin(p[0] * x)) / p[0]),
            "snake_beta" => (x, p) => x + (Square(N.Sin(p[0] * x)) / p[1]),
            "xielu" => (x, p) => x > 0 ? (p[0] * x * x) + (p[2] * x)
                : x < p[3] ? (p[1] * N.ExpTail(x)) + (p[2] * x)
                : (p[1] * (N.ExpTail(p[3]) + (p[3] - x))) + (p[2] * x),
            "softcap" => (x, p) => p[0] * N.Tanh(x / p[0]),
            "scaled_tanh" => (x, p) => p[0] * N.Tanh(p[1] * x),
            "dyt" => (x, p) => (p[1] * N.Tanh(p[0] * x)) + p[2],
            "derf" => (x, p) => (p[2] * N.Erf((p[0] * x) + p[1])) + p[3],
            "celu" => (x, p) => x > 0 ? x : p[0] * N.Expm1(x / p[0]),
            "rrelu" => (x, p) => x > 0 ? x : 0.5 * ((N)p[0] + p[1]) * x,
            "clamped_relu" => (x, p) => N.Min(x > 0 ? x : p[0] * x, p[1]),
            "relu6" => (x, p) => N.Min(N.Max(x, 0), 6),
            "relu_squared" => (x, p) => N.Max(x, 0) * N.Max(x, 0),
            "star_relu" => (x, p) => (p[0] * (N.Max(x, 0) * N.Max(x, 0))) + p[1],
            "smelu" => (x, p) => N.Select(x, p[0], x, N.Max(x + p[0], 0) * N.Max(x + p[0], 0) / (4 * (N)p[0])),
            "sparse_plus" => (x, p) => N.Select(x, 1, x, N.Max(x + 1, 0) * N.Max(x + 1, 0) / 4),
            "sparse_sigmoid" => (x, p) => N.Min(N.Max(x + 1, 0), 2) / 2,
            // An α of 1/6 stands for a sixth.
            "hard_sigmoid" => (x, p) => p is [1.0 / 6, 0.5] ? N.Min(N.Max(x + 3, 0), 6) / 6 : N.Min(N.Max((p[0] * x) + p[1], 0), 1),
            "hard_swish" => (x, p) =>
                p is [1.0 / 6, 0.5] ? x * N.Min(N.Max(x + 3, 0), 6) / 6 : x * N.Min(N.Max((p[0] * x) + p[1], 0), 1),
            "hard_mish" => (x, p) => x * N.Min(N.Max(x + 2, 0), 2) / 2,
            "hard_tanh" => (x, p) => N.Min(N.Max(x, -1), 1),
            "clip" => (x, p) => N.Min(N.Max(x, p[0]), p[1]),
            "softsign" => (x, p) => x > 1 ? 1 - (1 / (1 + x)) : x < -1 ? (1 / (1 - x)) - 1 : x / (1 + N.Abs(x)),
            "threshold" => (x, p) => N.Select(x, p[0], x, p[1]),
            "thresholded_relu" => (x, p) => N.Select(x, p[0], x, 0),
            "hard_shrink" => (x, p) => N.Select(x, p[0], x, N.Select(-x, p[0], x, 0)),
            "soft_shrink" => (x, p) => N.Select(x, p[0], x - p[0], N.Select(-x, p[0], x + p[0], 0)),
            "shrink" => (x, p) => N.Select(x, p[1], x - p[0], N.Select(-x, p[1], x + p[0], 0)),
            "step" => (x, p) => x > 0 ? 1 : (N)0,
            "abs" => (x, p) => x > 0 ? x : x < 0 ? -x : 0,
            "square" => (x, p) => x * x,
            "identity" => (x, p) => x,
            "affine" => (x, p) => (p[0] * x) + p[1],
            _ when Defined.TryGetValue(name, out IFormula? formula) => formula.Evaluate,
            _ => throw new ArgumentException($"The oracle has no formula for '{name}'; add its line to Oracle.cs.", nameof(name)),
        };

    private static readonly ConcurrentDictionary<string, IFormula> Defined = new();

    /// <summary>Gives the oracle the formula of a function that is not in the catalogue, so that it can judge one of your own.</summary>
    /// <param name="name">The name in its <see cref="ActivationInfo"/>; a formula already there under that name is replaced.</param>
    /// <param name="formula">The formula, from the paper and not from the code that is to be judged.</param>
    public static void Define(string name, IFormula formula) => Defined[name] = formula;

    // The solutions of the paper's two integrals, which it prints to 8 digits.
    private const string SeluLambda = "1.0507009873554804934193349852946", SeluAlpha = "1.6732632423543772848170429916717";

    // Beyond this power of two 1 and x may have no bit in common that the usual precision keeps, and their difference none at all.
    private const int FarFromOne = 100;

    private const double NextToZero = 1e-30;

    // Constants are computed once, not at every x.
    private static Func<N, IReadOnlyList<double>, N> With<N>(N first, N second, Func<N, N, Func<N, IReadOnlyList<double>, N>> formula) =>
        formula(first, second);

    private static N Square<N>(N x)
        where N : struct, INumber<N> => x * x;

    /// <summary>f(x) and f′(x) at a finite x in many bits; good until the next <see cref="BigFloat.Reset"/>.</summary>
    public static Dual<BigFloat> Evaluate(Activation activation, double x)
    {
        BigFloat.Reset(wide: Math.ILogB(x) > FarFromOne);
        return Evaluate(activation, (BigFloat)x);
    }

    /// <summary>f(x) or f′(x), in so many bits that they tell which number of a format is nearest.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="x">The input.</param>
    /// <param name="derivative">Whether it is the derivative.</param>
    /// <param name="format">The format that the value will be rounded to.</param>
    public static BigFloat Evaluate(Activation activation, double x, bool derivative, NumberFormat format)
    {
        Dual<BigFloat> both = Evaluate(activation, x);
        BigFloat exact = derivative ? both.Tangent : both.Value;
        // Next to 0 a curve may differ from its tangent by the square of x alone, and that decides a tie.
        return Math.Abs(x) < NextToZero && exact.IsTie(format) ? EvaluateWide(activation, x, derivative) : exact;
    }

    /// <summary>f(x) or f′(x) in <see cref="BigFloat.WidePrecision"/> bits, for ties that fewer do not decide.</summary>
    public static BigFloat EvaluateWide(Activation activation, double x, bool derivative)
    {
        BigFloat.Reset(wide: true);
        Dual<BigFloat> both = Evaluate(activation, (BigFloat)x);
        return derivative ? both.Tangent : both.Value;
    }

    /// <summary>f(x) and f′(x) in many bits; good until the next <see cref="BigFloat.Reset"/>.</summary>
    public static Dual<BigFloat> Evaluate(Activation activation, BigFloat x) =>
        Formula<Dual<BigFloat>>(activation.Info.Name)(Dual<BigFloat>.Variable(x), activation.ParameterValues);

    /// <summary>
    /// The limits of f and f′ at ±∞: what they are at two numbers beyond all formats, or NaN where those differ. Good until the next
    /// <see cref="BigFloat.Reset"/>.
    /// </summary>
    public static Dual<BigFloat> Limit(Activation activation, bool atPlusInfinity)
    {
        BigFloat.Reset();
        int sign = atPlusInfinity ? 1 : -1;
        Dual<BigFloat> far = Evaluate(activation, BigFloat.Scale(sign, 5000));
        Dual<BigFloat> further = Evaluate(activation, BigFloat.Scale(3 * sign, 5000));
        return new(Common(far.Value, further.Value), Common(far.Tangent, further.Tangent));
    }

    private static BigFloat Common(BigFloat a, BigFloat b) => Math.Abs(a.ToDouble() - b.ToDouble()) > 1e-9 ? double.NaN : a;
}
