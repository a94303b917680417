using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// The elementary functions over lanes of doubles, to about an ulp of double: what float, Half and BFloat16 results are rounded from.
/// </summary>
/// <remarks>
/// Max error 2 ulp of double for arguments that a float can hold, 4 ulp for <see cref="NormalCdf"/>; NaN → NaN. Below -708 the
/// exponential stays at e⁻⁷⁰⁸, which is nothing to a float but keeps the sign of what it is multiplied by.
/// </remarks>
internal static class DoubleElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>
    /// 1.5 · 2⁵² + 1023: added to a number below 2⁵¹, it rounds that number to a whole one and leaves it in the low bits, biased as the
    /// exponent of a double is.
    /// </summary>
    public const double Rounder = (3L << 51) + 1023;

    /// <summary>The same for eighths: 1.5 · 2⁵² + 8 · 1023.</summary>
    public const double EighthsRounder = (3L << 51) + (8 * 1023);

    // Below this, and above its reciprocal, a logarithm is taken of the number times a power of two.
    private const double LeastForLog = 1e-150;

    /// <summary>Where exponentials stop: what is smaller is nothing to a float.</summary>
    public const double SmallestExponent = -708;

    private const double LargestExponent = 709, LargestOfFourthPower = 170;

    /// <summary>eˣ, and ∞ above 709.</summary>
    [MethodImpl(Inline)] public static L Exp<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        L.Select(x > LargestExponent, double.PositiveInfinity, Bounded(x, SmallestExponent, LargestExponent).Exp());

    /// <summary>eˣ for x ≤ 0.</summary>
    [MethodImpl(Inline)] public static L Decay<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => new Power<L>(L.AtLeast(SmallestExponent, x), negate: false).Exp();

    [MethodImpl(Inline)] public static L Expm1<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => L.CopySign(Bounded(x, SmallestExponent, LargestExponent).Expm1(), x);

    /// <summary>√2</summary>
    public static Constant SqrtTwo => new(ErfSeries.SqrtTwo, ErfSeries.SqrtTwoLow, "√2");

    /// <summary>log 2</summary>
    public static Constant LogTwo => new(DoubleConstants.Ln2, DoubleConstants.Ln2Rest, "log 2");

    [MethodImpl(Inline)] public static L Log<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        L.Select(x > 0, LogOfPositive(x), L.Select(x < 0, double.NaN, double.NegativeInfinity + (x - x)));

    /// <summary>2 to a power that brings a number which is not normal, or whose reciprocal is not, back among those that are.</summary>
    [MethodImpl(Inline)] public static L TowardsOne<L>(L x, double power, double otherwise, double inverse)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        L.Select(x < LeastForLog, power, L.Select(x > 1 / LeastForLog, inverse, otherwise));

    [MethodImpl(Inline)] private static L LogOfPositive<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L log = LogOfSum<L>(x * TowardsOne(x, PowersOfTwo.Plus512, 1, PowersOfTwo.Minus512), 0);
        return log + TowardsOne(x, -512 * DoubleConstants.Ln2, 0, 512 * DoubleConstants.Ln2);
    }

    // What 1 + x loses in rounding comes back as a first-order term.
    [MethodImpl(Inline)] public static L Log1p<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = 1 + x;
        return LogOfSum(sum, x - (sum - 1));
    }

    /// <summary>log(1 + x) for x from 0 to 1, by the series of artanh: the argument need not be split, and there is one quotient.</summary>
    [MethodImpl(Inline)] public static L Log1pOfFraction<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L s = x / (x + 2), z = s * s;
        // x - sx is 2s, with less of its rounding.
        return L.Fma(s, L.Fma(z, FractionLogQuotient(z), -x), x);
    }

    [MethodImpl(Inline)] public static L Erf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => ErfAndDerivative(x).Value;

    /// <summary>erf(x), about 0 by its series, further out by what the tail leaves of 1, and 2/√π e^(-x²), a part of either.</summary>
    [MethodImpl(Inline)] public static (L Value, L Derivative) ErfAndDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L size = L.Abs(x), square = x * x, decay = Decay(-square), slope = ErfSeries.Slope * decay;
        L bounded = L.AtMost(1, square), centre = slope * x * L.Fma(ErfRest(bounded), bounded, 1);
        L tail = decay * DoubleNormalTail.Ratio(DoubleNormalTail.Argument(ErfSeries.SqrtTwo * size));
        return (L.Select(size < 0.5, centre, L.CopySign(1 - (2 * tail), x)), slope);
    }

    // log m by the series of artanh.
    [MethodImpl(Inline)] private static L LogOfSum<L>(L sum, L lost)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (L mantissa, L exponent) = L.Split(sum);
        L f = mantissa - 1, s = f / (2 + f), z = s * s;
        L series = LogQuotient(z) * z * s;
        L correction = L.Fma(exponent, DoubleConstants.Ln2Low, lost / sum);
        return L.Fma(exponent, DoubleConstants.Ln2High, f - s * f + (series + correction));
    }

    [MethodImpl(Inline)] public static L Tanh<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L m = L.CopySign(Bounded(2 * x, -40, 40).Expm1(), x);
        return m / (m + 2);
    }

    [MethodImpl(Inline)] public static L TanhDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        4 * SigmoidDerivative(2 * x);

    /// <summary>tanh x and tanh′ x, with one exponential: with e = e^(-2|x|) they are (1 - e) / (1 + e) and 4e / (1 + e)².</summary>
    [MethodImpl(Inline)] public static (L Value, L Derivative) TanhAndDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        Power<L> power = new(L.AtLeast(SmallestExponent, -2 * L.Abs(x)), negate: false);
        L e = power.Exp(), inverse = 1 / (1 + e);
        return (L.CopySign(power.Expm1() * inverse, x), 4 * (e * inverse) * inverse);
    }

    [MethodImpl(Inline)] public static L Sigmoid<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => SigmoidAndDerivative(x).Value;

    [MethodImpl(Inline)] public static L SigmoidDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => SigmoidAndDerivative(x).Derivative;

    [MethodImpl(Inline)] public static (L Value, L Derivative) SigmoidAndDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        Power<L> power = BoundedNegative(x, -LargestExponent, -SmallestExponent);
        L sigmoid = 1 / power.OnePlusExp();
        return (sigmoid, sigmoid * (power.Exp() * sigmoid));
    }

    [MethodImpl(Inline)] public static L TanhSoftplus<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => TanhSoftplusAndDerivative(x).Value;

    [MethodImpl(Inline)] public static L TanhSoftplusDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => TanhSoftplusAndDerivative(x).Derivative;

    // With n = eˣ (eˣ + 2): tanh(log(1 + eˣ)) = n / (n + 2). Beyond 40 the value is 1 to every bit; its derivative is followed until 4
    // e⁻³⁴⁰.
    [MethodImpl(Inline)] public static (L Value, L Derivative) TanhSoftplusAndDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L e = Bounded(x, SmallestExponent, LargestOfFourthPower).Exp(), n = L.Fma(e, e, 2 * e), inverse = 1 / (n + 2);
        return (n * inverse, 4 * (e * inverse) * ((1 + e) * inverse));
    }

    [MethodImpl(Inline)] public static L NormalPdf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        DoubleConstants.InverseSqrtTwoPi * Gaussian(x);

    [MethodImpl(Inline)] public static L NormalCdf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => NormalCdfAndPdf(x).Cdf;

    [MethodImpl(Inline)] public static (L Cdf, L Pdf) NormalCdfAndPdf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L u = DoubleNormalTail.Argument(L.Abs(x)), gaussian = Gaussian(x), tail = gaussian * DoubleNormalTail.Ratio(u);
        return (L.SelectGreater(x, 0, 1 - tail, tail), DoubleConstants.InverseSqrtTwoPi * gaussian);
    }

    /// <summary>c₀ + c₁ x + c₂ x² + …, by Horner's rule.</summary>
    [MethodImpl(Inline)] public static L Polynomial<L>(L x, ReadOnlySpan<double> coefficients)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
            sum = L.Fma(sum, x, coefficients[i]);
        return sum;
    }

    // e^(-x²/2)
    [MethodImpl(Inline)] private static L Gaussian<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => new Power<L>(L.AtLeast(SmallestExponent, -0.5 * (x * x)), negate: false).Exp();

    [MethodImpl(Inline)] private static Power<L> Bounded<L>(L x, double smallest, double largest)
        where L : struct, IReal<L>, IDoubleLanes<L> => new(L.AtMost(largest, L.AtLeast(smallest, x)), negate: false);

    [MethodImpl(Inline)] private static Power<L> BoundedNegative<L>(L x, double smallest, double largest)
        where L : struct, IReal<L>, IDoubleLanes<L> => new(L.AtMost(largest, L.AtLeast(smallest, x)), negate: true);

    /// <summary>eˣ or e⁻ˣ as (1 + p) times a power of two or of its eighth root.</summary>
    private readonly struct Power<L>
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        private readonly L _p, _scale;

        // To eighths the remainder is short enough for half a series. Only where roundings are checked: elsewhere the bits of a result
        // would depend on the table. These lanes are named, for the compiler compares types before it inlines; what follows from a call it
        // knows too late, and a branch that is not taken counts against what it inlines.
        [MethodImpl(Inline)] public Power(L x, bool negate)
        {
            double sign = negate ? -1 : 1;
            if (typeof(L) == typeof(DoubleLanes8<Checked>) || typeof(L) == typeof(DoubleLanes8<CheckedShortSeries>))
            {
                L shifted = L.Fma(x, sign * 8 * DoubleConstants.Log2E, EighthsRounder), k = shifted - EighthsRounder;
                const double minusEighth = -(DoubleConstants.Ln2High + DoubleConstants.Ln2Low) / 8;
                L r = negate ? L.Fms(k, minusEighth, x) : L.Fma(k, minusEighth, x);
                (_p, _scale) = (EighthSeries(r), L.PowerOfEighth(shifted));
            }
            else
            {
                L shifted = L.Fma(x, sign * DoubleConstants.Log2E, Rounder), k = shifted - Rounder;
                double ln2 = L.UsesShortSeries ? DoubleConstants.Ln2High + DoubleConstants.Ln2Low : DoubleConstants.Ln2High;
                L r = negate ? L.Fms(k, -ln2, x) : L.Fma(k, -ln2, x);
                if (!L.UsesShortSeries)
                    r = L.Fma(k, -DoubleConstants.Ln2Low, r);
                (_p, _scale) = (L.Fma(L.UsesShortSeries ? ShortExpQuotient(r) : LongExpQuotient(r), r * r, r), L.PowerOfTwo(shifted));
            }
        }

        [MethodImpl(Inline)] public L Exp() => L.Fma(_p, _scale, _scale);
        [MethodImpl(Inline)] public L Expm1() => L.Fma(_p, _scale, _scale - 1);
        [MethodImpl(Inline)] public L OnePlusExp() => L.Fma(_p, _scale, 1 + _scale);
    }

    // e^r - 1 on |r| ≤ log(2) / 16. By Estrin's scheme, so that fewer steps wait for each other.
    [MethodImpl(Inline)] private static L EighthSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = r * r;
        if (L.UsesShortSeries)
        {
            L shortHigh = L.Fma(L.Fma(ShortEighthSeries.C6, r, ShortEighthSeries.C5), r, ShortEighthSeries.C4);
            return L.Fma(shortHigh, square * square, L.Fma(L.Fma(ShortEighthSeries.C3, r, 0.5), square, r));
        }
        L highest = L.Fma(LongEighthSeries.C8, r, LongEighthSeries.C7);
        L high = L.Fma(L.Fma(highest, square, L.Fma(LongEighthSeries.C6, r, LongEighthSeries.C5)), r, LongEighthSeries.C4);
        return L.Fma(high, square * square, L.Fma(L.Fma(LongEighthSeries.C3, r, 0.5), square, r));
    }

    // (e^r - 1 - r) / r² on |r| ≤ log(2) / 2. Even and odd powers apart.
    [MethodImpl(Inline)] private static L ShortExpQuotient<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = r * r;
        L even = L.Fma(ShortExpSeries.C6, square, ShortExpSeries.C4);
        even = L.Fma(even, square, ShortExpSeries.C2);
        even = L.Fma(even, square, ShortExpSeries.C0);
        L odd = L.Fma(ShortExpSeries.C7, square, ShortExpSeries.C5);
        odd = L.Fma(odd, square, ShortExpSeries.C3);
        odd = L.Fma(odd, square, ShortExpSeries.C1);
        return L.Fma(odd, r, even);
    }

    // The same, longer. Even and odd powers apart would change the bits of lanes that are not checked; checked ones with eighths do not
    // come here.
    [MethodImpl(Inline)] private static L LongExpQuotient<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        if (typeof(L) == typeof(DoubleLanes4<Checked>))
        {
            L square = r * r, even = L.Fma(LongExpSeries.C8, square, LongExpSeries.C6);
            even = L.Fma(L.Fma(L.Fma(even, square, LongExpSeries.C4), square, LongExpSeries.C2), square, LongExpSeries.C0);
            L odd = L.Fma(L.Fma(LongExpSeries.C9, square, LongExpSeries.C7), square, LongExpSeries.C5);
            return L.Fma(L.Fma(L.Fma(odd, square, LongExpSeries.C3), square, LongExpSeries.C1), r, even);
        }
        L sum = L.Fma(LongExpSeries.C9, r, LongExpSeries.C8);
        sum = L.Fma(sum, r, LongExpSeries.C7);
        sum = L.Fma(sum, r, LongExpSeries.C6);
        sum = L.Fma(sum, r, LongExpSeries.C5);
        sum = L.Fma(sum, r, LongExpSeries.C4);
        sum = L.Fma(sum, r, LongExpSeries.C3);
        sum = L.Fma(sum, r, LongExpSeries.C2);
        sum = L.Fma(sum, r, LongExpSeries.C1);
        return L.Fma(sum, r, LongExpSeries.C0);
    }

    // The rest of the series of erf in z = x², over z.
    [MethodImpl(Inline)] private static L ErfRest<L>(L z)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(ErfSeries.C11, z, ErfSeries.C10);
        sum = L.Fma(sum, z, ErfSeries.C9);
        sum = L.Fma(sum, z, ErfSeries.C8);
        sum = L.Fma(sum, z, ErfSeries.C7);
        sum = L.Fma(sum, z, ErfSeries.C6);
        sum = L.Fma(sum, z, ErfSeries.C5);
        sum = L.Fma(sum, z, ErfSeries.C4);
        sum = L.Fma(sum, z, ErfSeries.C3);
        sum = L.Fma(sum, z, ErfSeries.C2);
        sum = L.Fma(sum, z, ErfSeries.C1);
        return L.Fma(sum, z, ErfSeries.C0);
    }

    // (log m - 2s) / s³ in z = s² with s = (m - 1) / (m + 1), m from √½ to √2.
    [MethodImpl(Inline)] private static L LogQuotient<L>(L z)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(LogSeries.C7, z, LogSeries.C6);
        sum = L.Fma(sum, z, LogSeries.C5);
        sum = L.Fma(sum, z, LogSeries.C4);
        sum = L.Fma(sum, z, LogSeries.C3);
        sum = L.Fma(sum, z, LogSeries.C2);
        sum = L.Fma(sum, z, LogSeries.C1);
        return L.Fma(sum, z, LogSeries.C0);
    }

    // (log(1 + x) - 2s) / s³ in z = s² with s = x / (x + 2), x from 0 to 1.
    [MethodImpl(Inline)] private static L FractionLogQuotient<L>(L z)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(FractionLogSeries.C9, z, FractionLogSeries.C8);
        sum = L.Fma(sum, z, FractionLogSeries.C7);
        sum = L.Fma(sum, z, FractionLogSeries.C6);
        sum = L.Fma(sum, z, FractionLogSeries.C5);
        sum = L.Fma(sum, z, FractionLogSeries.C4);
        sum = L.Fma(sum, z, FractionLogSeries.C3);
        sum = L.Fma(sum, z, FractionLogSeries.C2);
        sum = L.Fma(sum, z, FractionLogSeries.C1);
        return L.Fma(sum, z, FractionLogSeries.C0);
    }
}
