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
    /// 1.5 · 2⁵² + 1023: added to a number below 2⁵¹, it rounds that number to a whole one and leaves it in the low bits, biased as the exponent of
    /// a double is.
    /// </summary>
    public const double Rounder = 6755399441055744 + 1023;

    /// <summary>The same for eighths: 1.5 · 2⁵² + 8 · 1023.</summary>
    public const double EighthsRounder = 6755399441055744 + (8 * 1023);

    /// <summary>The bits of √½, the lower end of the mantissas of <see cref="IDoubleLanes{L}.Split"/>.</summary>
    public const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    public const double Log2E = 1.4426950408889634;

    /// <summary>log 2 to 42 bits, so that its product with a whole number of 11 bits is exact.</summary>
    public const double Ln2High = 0.6931471805598903;

    /// <summary>log 2 - <see cref="Ln2High"/>.</summary>
    public const double Ln2Low = 5.497923018708371e-14;

    private const double LargestExponent = 709, SmallestExponent = -708, LargestOfFourthPower = 170;

    /// <summary>eˣ, and ∞ above 709.</summary>
    [MethodImpl(Inline)] public static L Exp<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        L.Select(x > LargestExponent, double.PositiveInfinity, Bounded(x, SmallestExponent, LargestExponent).Exp());

    /// <summary>eˣ for x ≤ 0.</summary>
    [MethodImpl(Inline)] public static L Decay<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => new Power<L>(L.AtLeast(SmallestExponent, x), negate: false).Exp();

    [MethodImpl(Inline)] public static L Expm1<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => L.CopySign(Bounded(x, SmallestExponent, LargestExponent).Expm1(), x);

    // log m by the series of artanh; what 1 + x loses in rounding comes back as a first-order term.
    [MethodImpl(Inline)] public static L Log1p<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = 1 + x, lost = x - (sum - 1);
        (L mantissa, L exponent) = L.Split(sum);
        L f = mantissa - 1, s = f / (2 + f), z = s * s;
        L series = LogSeries(z) * z * s;
        L correction = L.Fma(exponent, Ln2Low, lost / sum);
        return L.Fma(exponent, Ln2High, f - s * f + (series + correction));
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

    // With n = eˣ (eˣ + 2): tanh(log(1 + eˣ)) = n / (n + 2). Beyond 40 the value is 1 to every bit; its derivative is followed until 4 e⁻³⁴⁰.
    [MethodImpl(Inline)] public static (L Value, L Derivative) TanhSoftplusAndDerivative<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L e = Bounded(x, SmallestExponent, LargestOfFourthPower).Exp(), n = L.Fma(e, e, 2 * e), inverse = 1 / (n + 2);
        return (n * inverse, 4 * (e * inverse) * ((1 + e) * inverse));
    }

    [MethodImpl(Inline)] public static L NormalPdf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        InverseSqrtTwoPi * Gaussian(x);

    [MethodImpl(Inline)] public static L NormalCdf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L> => NormalCdfAndPdf(x).Cdf;

    // The tail Φ(-t) is e^(-t²/2) times u = 1 / (1 + t / c) times a factor that varies slowly, of which a polynomial is taken: for t up to 19.7, for what
    // lies beyond vanishes in a float even when it is multiplied by the largest.
    [MethodImpl(Inline)] public static (L Cdf, L Pdf) NormalCdfAndPdf<L>(L x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        double middle = L.UsesShortSeries ? 5 : 6;
        L u = middle / (L.AtMost(TailEnd, L.Abs(x)) + middle), gaussian = Gaussian(x);
        L tail = gaussian * (u * (L.UsesShortSeries ? ShortTailFactor(u) : LongTailFactor(L.Fma(u, 2.6091370558375635, -1.6091370558375635))));
        return (L.SelectGreater(x, 0, 1 - tail, tail), InverseSqrtTwoPi * gaussian);
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

    private const double InverseSqrtTwoPi = 0.3989422804014327;
    private const double TailEnd = 19.7;

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

        // To eighths the remainder is short enough for half a series.
        [MethodImpl(Inline)] public Power(L x, bool negate)
        {
            double sign = negate ? -1 : 1;
            if (L.HasEighths)
            {
                L shifted = L.Fma(x, sign * 8 * Log2E, EighthsRounder), k = shifted - EighthsRounder;
                L r = negate ? L.Fms(k, -(Ln2High + Ln2Low) / 8, x) : L.Fma(k, -(Ln2High + Ln2Low) / 8, x);
                (_p, _scale) = (EighthSeries(r), L.PowerOfEighth(shifted));
            }
            else
            {
                L shifted = L.Fma(x, sign * Log2E, Rounder), k = shifted - Rounder;
                double ln2 = L.UsesShortSeries ? Ln2High + Ln2Low : Ln2High;
                L r = negate ? L.Fms(k, -ln2, x) : L.Fma(k, -ln2, x);
                if (!L.UsesShortSeries)
                    r = L.Fma(k, -Ln2Low, r);
                (_p, _scale) = (L.Fma(L.UsesShortSeries ? ShortExpSeries(r) : LongExpSeries(r), r * r, r), L.PowerOfTwo(shifted));
            }
        }

        [MethodImpl(Inline)] public L Exp() => L.Fma(_p, _scale, _scale);
        [MethodImpl(Inline)] public L Expm1() => L.Fma(_p, _scale, _scale - 1);
        [MethodImpl(Inline)] public L OnePlusExp() => L.Fma(_p, _scale, 1 + _scale);
    }

    // e^r - 1 on |r| ≤ log(2) / 16: minimax, relative error 2⁻⁴³, or 2⁻⁵³. By Estrin's scheme, so that fewer steps wait for each other.
    [MethodImpl(Inline)] private static L EighthSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = r * r;
        if (L.UsesShortSeries)
        {
            L shortHigh = L.Fma(L.Fma(0.0013889703202737572, r, 0.008333798835146596), r, 0.04166666659575344);
            return L.Fma(shortHigh, square * square, L.Fma(L.Fma(0.1666666664482452, r, 0.5), square, r));
        }
        L highest = L.Fma(2.480267686795818e-05, r, 0.0001984217474328458);
        L high = L.Fma(L.Fma(highest, square, L.Fma(0.0013888888875549308, r, 0.008333333324845415)), r, 0.04166666666666715);
        return L.Fma(high, square * square, L.Fma(L.Fma(0.16666666666666866, r, 0.5), square, r));
    }

    // (e^r - 1 - r) / r² on |r| ≤ log(2) / 2: minimax, relative error 2⁻⁴² of e^r - 1. Even and odd powers apart.
    [MethodImpl(Inline)] private static L ShortExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = r * r;
        L even = L.Fma(2.4867872230290165e-05, square, 0.001388883910699608);
        even = L.Fma(even, square, 0.04166666678628125);
        even = L.Fma(even, square, 0.49999999999955097);
        L odd = L.Fma(2.7632643881057994e-06, square, 0.00019841192904147597);
        odd = L.Fma(odd, square, 0.008333333363237803);
        odd = L.Fma(odd, square, 0.16666666666634009);
        return L.Fma(odd, r, even);
    }

    // The same: relative error 2⁻⁵⁸.
    [MethodImpl(Inline)] private static L LongExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(2.5068400104689773e-08, r, 2.762020668118103e-07);
        sum = L.Fma(sum, r, 2.755735509575494e-06);
        sum = L.Fma(sum, r, 2.4801520984007544e-05);
        sum = L.Fma(sum, r, 0.00019841269784765875);
        sum = L.Fma(sum, r, 0.001388888891749154);
        sum = L.Fma(sum, r, 0.008333333333356315);
        sum = L.Fma(sum, r, 0.04166666666662319);
        sum = L.Fma(sum, r, 0.16666666666666644);
        return L.Fma(sum, r, 0.5000000000000001);
    }

    // (log m - 2s) / s³ in z = s² with s = (m - 1) / (m + 1), m from √½ to √2: minimax, relative error 2⁻⁶⁵ of log m.
    [MethodImpl(Inline)] private static L LogSeries<L>(L z)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(0.13288083644585694, z, 0.1324655029735495);
        sum = L.Fma(sum, z, 0.1538722014633774);
        sum = L.Fma(sum, z, 0.1818177361510572);
        sum = L.Fma(sum, z, 0.22222222656631382);
        sum = L.Fma(sum, z, 0.28571428569168367);
        sum = L.Fma(sum, z, 0.40000000000005326);
        return L.Fma(sum, z, 0.6666666666666666);
    }

    // e^(t²/2) Φ(-t) / u in u = 5 / (t + 5): minimax, relative error 2⁻⁴⁴. Even and odd powers apart, so that fewer steps wait for each other.
    [MethodImpl(Inline)] private static L ShortTailFactor<L>(L u)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = u * u;
        L even = L.Fma(-0.04628925687123993, square, -0.4118524893470049);
        even = L.Fma(even, square, -0.6164968856413722);
        even = L.Fma(even, square, -0.2610439908571345);
        even = L.Fma(even, square, -0.004603437367201534);
        even = L.Fma(even, square, 0.058886882043334275);
        even = L.Fma(even, square, 0.07656820532975317);
        even = L.Fma(even, square, 0.07978841123061829);
        L odd = L.Fma(0.00508662245651661, square, 0.18297368498092004);
        odd = L.Fma(odd, square, 0.5958543847254415);
        odd = L.Fma(odd, square, 0.48116849683737806);
        odd = L.Fma(odd, square, 0.14888377182674123);
        odd = L.Fma(odd, square, 0.06077172542877978);
        odd = L.Fma(odd, square, 0.0705137443634035);
        odd = L.Fma(odd, square, 0.07979013086103688);
        return L.Fma(odd, u, even);
    }

    // The same in the s that maps u = 6 / (t + 6) onto -1 to 1: relative error 2⁻⁵⁸.
    [MethodImpl(Inline)] private static L LongTailFactor<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = s * s;
        L even = L.Fma(-9.392030594565928e-12, square, 1.817676454274876e-10);
        even = L.Fma(even, square, -2.613070524536789e-09);
        even = L.Fma(even, square, 3.227822772000268e-08);
        even = L.Fma(even, square, -1.8818070349858873e-07);
        even = L.Fma(even, square, -7.547063305289612e-06);
        even = L.Fma(even, square, 0.00028043074534646486);
        even = L.Fma(even, square, 0.00484660654283865);
        even = L.Fma(even, square, 0.030136177041167656);
        even = L.Fma(even, square, 0.09496998203232516);
        even = L.Fma(even, square, 0.16303423656244798);
        L odd = L.Fma(-9.354856052655113e-13, square, 1.1788762578255687e-10);
        odd = L.Fma(odd, square, -4.798518950670397e-09);
        odd = L.Fma(odd, square, 1.3887614779215123e-07);
        odd = L.Fma(odd, square, -2.956755467641252e-06);
        odd = L.Fma(odd, square, 2.2716663955040047e-05);
        odd = L.Fma(odd, square, 0.0013927178018704569);
        odd = L.Fma(odd, square, 0.013293205273324286);
        odd = L.Fma(odd, square, 0.057812082026743775);
        odd = L.Fma(odd, square, 0.13422237327734318);
        return L.Fma(odd, s, even);
    }
}
