using Nonlinear.Oracle;

namespace Nonlinear.Constants;

/// <summary>The functions that are approximated, and the series of the activation functions whose derivatives have zeros.</summary>
internal static class Functions
{
    private const int Terms = 60;

    public static BigFloat Log2 => BigFloat.Log1p(1);

    public static BigFloat InverseSqrtTwoPi => 1 / BigFloat.Sqrt(2 * BigFloat.Pi);

    /// <summary>What eʳ leaves after so many terms of its series, over r to the power of their number.</summary>
    public static BigFloat ExpRest(BigFloat r, int skipped)
    {
        BigFloat sum = 0, factorial = 1;
        for (int i = 2; i <= skipped; i++)
            factorial *= i;
        BigFloat term = 1 / factorial;
        for (int i = 0; i < Terms; i++)
        {
            sum += term;
            term *= r / (skipped + i + 1);
        }
        return sum;
    }

    /// <summary>(log m - 2s) / s³ in z = s², with s = (m - 1) / (m + 1): 2/3 + 2/5 z + 2/7 z² + …</summary>
    public static BigFloat LogRest(BigFloat z)
    {
        BigFloat sum = 0, power = 2;
        for (int i = 0; i < Terms; i++)
        {
            sum += power / (2 * i + 3);
            power *= z;
        }
        return sum;
    }

    /// <summary>Φ(x)</summary>
    public static BigFloat NormalCdf(BigFloat x) => BigFloat.Scale(BigFloat.Erfc(-x / BigFloat.Sqrt(2)), -1);

    /// <summary>e^(t²/2) Φ(-t)</summary>
    public static BigFloat TailRatio(BigFloat t) => BigFloat.Exp(BigFloat.Scale(t * t, -1)) * NormalCdf(-t);

    public static Series SigmoidGate(Series x) => x / ((x * -1).Exp() + 1);

    public static Series NormalGate(Series x) => x * NormalCdf(x);

    // With n = eˣ (eˣ + 2): tanh(log(1 + eˣ)) = n / (n + 2).
    public static Series TanhSoftplusGate(Series x)
    {
        Series e = x.Exp(), n = e * (e + 2);
        return x * n / (n + 2);
    }

    public static Series GeluTanh(Series x)
    {
        Series u = (x + 0) * (2 * BigFloat.Sqrt(2 / BigFloat.Pi));
        Series z = u * ((x * x * BigFloat.Parse("0.044715")) + 1);
        return x / ((z * -1).Exp() + 1);
    }

    // Its branch below 0.
    public static Series Elish(Series x) => (x.Exp() + -1) * Sigmoid(x);

    public static Series Serf(Series x) => x * Erf(Softplus(x));

    public static Series Smish(Series x) => x * TanhOfLog1p(Sigmoid(x));

    public static Series Telu(Series x)
    {
        Series square = (x.Exp() * 2).Exp();
        return x * (square + -1) / (square + 1);
    }

    public static Series Golu(Series x) => x * ((x * -1).Exp() * -1).Exp();

    // Its branch below 0, with αₙ = 0.8 and β = 0.5 as doubles.
    public static Series Xielu(Series x) => ((x.Exp() + -1) * 0.8) + (x * ((BigFloat)0.5 - 0.8));

    private static Series Sigmoid(Series x) => x.Exp() / (x.Exp() + 1);

    private static Series Softplus(Series x) => (Sigmoid(x) * x.Derivative()).Integral(BigFloat.Log1p(BigFloat.Exp(x[0])));

    private static Series Erf(Series x) =>
        ((x * x * -1).Exp() * x.Derivative() * (2 / BigFloat.Sqrt(BigFloat.Pi))).Integral(BigFloat.Erf(x[0]));

    // tanh(log u) = (u² - 1) / (u² + 1)
    private static Series TanhOfLog1p(Series x)
    {
        Series n = x * (x + 2);
        return n / (n + 2);
    }

    private static Series NormalCdf(Series x) => ((x * x * -0.5).Exp() * InverseSqrtTwoPi).Integral(NormalCdf(x[0]));
}
