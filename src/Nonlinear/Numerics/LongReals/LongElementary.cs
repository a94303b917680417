using System.Numerics;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over <see cref="LongReal"/>, to some 2⁻⁴⁰⁰ of the result, however small that is.</summary>
internal static class LongElementary
{
    // Of fixed-point numbers: the bits of a result and some that its steps may lose.
    private const int FractionBits = LongReal.Bits + 80;

    // Of log 2 and π: a multiple of either is taken from numbers of up to so many bits less.
    private const int ConstantBits = 2560, LargestTop = 1800;

    // Below 2 to this, a series in x; above, what 1 takes away does not matter.
    private const int SmallTop = -20;

    // Of exponents beyond 2 to this an exponential is all but nothing, or larger than its powers tell.
    private const int LargestTopOfExponent = 48;

    // Beyond these Φ and erf are as near to 1 as matters.
    public const double FarOutOfNormal = 20;
    private const double FarOutOfErf = 14;

    // Up to here the tail of Φ is what a series leaves of a half; further out a continued fraction converges in this many steps.
    private const double TailBegins = 12;
    private const int TailSteps = 200;

    private static readonly BigInteger s_logTwo = LogTwo(), s_pi = Pi();

    private static readonly LongReal s_longPi = LongReal.Rounded(s_pi, -ConstantBits);

    private static readonly LongReal s_rootTwo = LongReal.Sqrt(2), s_rootPi = LongReal.Sqrt(s_longPi);
    private static readonly LongReal s_rootTwoPi = LongReal.Sqrt(2 * s_longPi);

    public static LongReal Exp(LongReal x)
    {
        if (x.IsNaN)
            return x;
        if (x.IsZero || x.Top < -FractionBits)
            return 1 + x;
        if (x.Top > LargestTopOfExponent)
            return x.Sign > 0 ? LongReal.NaN : ((LongReal)1).Scale(-(1L << LargestTopOfExponent));

        // x = k log 2 + r, and of r a small part, whose series is short: its exponential is squared as often as it was halved.
        const int reducedBits = FractionBits + LargestTopOfExponent + 8, mostHalvings = 12;
        int halvings = (int)Math.Clamp(mostHalvings + x.Top, 0, mostHalvings);
        BigInteger unit = s_logTwo >> (ConstantBits - reducedBits), whole = x.ToFixed(reducedBits);
        long k = (long)BigInteger.Divide((whole << 1) + unit, unit << 1);
        BigInteger r = (whole - (k * unit)) >> (reducedBits - FractionBits + halvings);
        BigInteger one = BigInteger.One << FractionBits, sum = one, term = one;
        for (int n = 1; !term.IsZero && !(term + 1).IsZero; n++)
        {
            term = ((term * r) >> FractionBits) / n;
            sum += term;
        }
        for (int i = 0; i < halvings; i++)
            sum = (sum * sum) >> FractionBits;
        return LongReal.Rounded(sum, k - FractionBits);
    }

    public static LongReal Expm1(LongReal x) =>
        x.IsZero || x.Top > SmallTop ? Exp(x) - 1 : Series(x, (term, n) => term * x / n);

    public static LongReal Log1p(LongReal x)
    {
        if (x.IsZero || x.Top > SmallTop)
            return Log(1 + x);
        LongReal power = x;
        return Series(x, (_, n) =>
        {
            power *= -x;
            return power / n;
        });
    }

    // By Halley's method from the logarithm of a double: each step makes three digits of one.
    public static LongReal Log(LongReal x)
    {
        if (x.IsNaN || x.Sign <= 0)
            return LongReal.NaN;
        LongReal distance = x - 1;
        if (distance.IsZero || distance.Top <= SmallTop)
            return distance.IsZero ? 0 : Log1p(distance);
        long k = x.Top;
        LongReal m = x.Scale(-k);
        if (m.ToDouble() < 0.7)
            (m, k) = (m.Scale(1), k - 1);
        LongReal log = Math.Log(m.ToDouble());
        for (int step = 0; step < 3; step++)
        {
            LongReal e = Exp(log);
            log += 2 * (m - e) / (m + e);
        }
        return log + (k * LongReal.Rounded(s_logTwo, -ConstantBits));
    }

    public static LongReal Sin(LongReal x) => OfQuarterTurns(x, 0);

    public static LongReal Cos(LongReal x) => OfQuarterTurns(x, 1);

    public static LongReal Erf(LongReal x)
    {
        LongReal size = LongReal.AtMost(FarOutOfErf, LongReal.Abs(x));
        LongReal erf = 2 / s_rootPi * LongReal.Exp(-(size * size)) * ErfSum(size);
        return x.Sign < 0 ? -erf : erf;
    }

    public static LongReal NormalPdf(LongReal x) => Exp(-0.5 * x * x) / s_rootTwoPi;

    public static LongReal NormalCdf(LongReal x) =>
        x.Sign > 0 ? 1 - NormalTail(LongReal.AtMost(FarOutOfNormal, x)) : NormalTail(-x);

    // 1 - Φ(t) for t ≥ 0.
    private static LongReal NormalTail(LongReal t)
    {
        if (t.IsNaN || (t - TailBegins).Sign < 0)
            return 0.5 - (NormalPdf(t) * ErfSum(t / s_rootTwo) * s_rootTwo);
        // φ(t) / (t + 1 / (t + 2 / (t + 3 / …))) (Laplace, 1805)
        LongReal fraction = t;
        for (int n = TailSteps; n > 0; n--)
            fraction = t + (n / fraction);
        return NormalPdf(t) / fraction;
    }

    // erf(z) √π/2 e^(z²) = z + z (2z²)/3 + z (2z²)²/(3·5) + …
    private static LongReal ErfSum(LongReal z)
    {
        LongReal square = 2 * z * z;
        return Series(z, (term, n) => term * square / ((2 * n) - 1));
    }

    // sin(x + turns · π/2)
    private static LongReal OfQuarterTurns(LongReal x, int turns)
    {
        if (x.IsNaN || x.Top > LargestTop)
            return LongReal.NaN;
        LongReal r = x;
        if (!x.IsZero && x.Top >= 0)
        {
            // Near a multiple of π/2 the rest has fewer bits by as many as it is small.
            const int bits = LongReal.Bits + 256;
            BigInteger whole = x.ToFixed(bits), quarter = s_pi >> (ConstantBits - bits + 1);
            BigInteger quarters = BigInteger.Divide(whole << 1, quarter) + 1 >> 1;
            // With all digits of π, as the multiple is large.
            r = LongReal.Rounded((whole << (ConstantBits - bits)) - (quarters * (s_pi >> 1)), -ConstantBits);
            turns += (int)(quarters & 3);
        }
        LongReal square = -(r * r);
        LongReal y = (turns & 1) == 0
            ? Series(r, (term, n) => term * square / (((2 * n) - 2) * ((2 * n) - 1)))
            : Series(1, (term, n) => term * square / (((2 * n) - 3) * ((2 * n) - 2)));
        return (turns & 2) == 0 ? y : -y;
    }

    // first + second + …, until a term is nothing to the sum; of each but the first is known what it is after the one before it.
    private static LongReal Series(LongReal first, Func<LongReal, int, LongReal> next)
    {
        LongReal sum = first, term = first;
        for (int n = 2; !term.IsNaN && !term.IsZero && term.Top > sum.Top - LongReal.Bits - 8; n++)
        {
            term = next(term, n);
            sum += term;
        }
        return sum;
    }

    // 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749)
    private static BigInteger LogTwo() => (18 * Artanh(26)) - (2 * Artanh(4801)) + (8 * Artanh(8749)) >> Guard;

    // 16 arctan(1/5) - 4 arctan(1/239) (Machin, 1706)
    private static BigInteger Pi() => (16 * Arctan(5)) - (4 * Arctan(239)) >> Guard;

    private const int Guard = 32;

    private static BigInteger Artanh(int inverse) => OddPowers(inverse, 1);

    private static BigInteger Arctan(int inverse) => OddPowers(inverse, -1);

    // 1/n ± 1/(3n³) + 1/(5n⁵) ± …
    private static BigInteger OddPowers(int inverse, int sign)
    {
        BigInteger power = (BigInteger.One << (ConstantBits + Guard)) / inverse, sum = power;
        for (int n = 3, direction = sign; !power.IsZero; n += 2, direction *= sign)
        {
            power /= inverse * inverse;
            sum += direction * (power / n);
        }
        return sum;
    }
}
