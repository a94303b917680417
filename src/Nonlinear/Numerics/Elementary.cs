using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// The elementary functions over lanes of doubles, to about an ulp of double: what float, Half and BFloat16 results are rounded from.
/// </summary>
/// <remarks>
/// Max error 2 ulp of double for arguments that a float can hold, 4 ulp for <see cref="NormalCdf"/>; NaN → NaN. Below -708 the
/// exponential stays at e⁻⁷⁰⁸, which is nothing to a float but keeps the sign of what it is multiplied by.
/// </remarks>
internal static class Elementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>
    /// 1.5 · 2⁵² + 1023: added to a number below 2⁵¹, it rounds that number to a whole one and leaves it in the low bits, biased as the exponent of
    /// a double is.
    /// </summary>
    public const double Rounder = 6755399441055744 + 1023;

    /// <summary>The bits of √½, the lower end of the mantissas of <see cref="ILanes{L}.Split"/>.</summary>
    public const long SqrtHalfBits = 0x3FE6A09E667F3BCD;

    public const double Log2E = 1.4426950408889634;

    /// <summary>log 2 to 42 bits, so that its product with a whole number of 11 bits is exact.</summary>
    public const double Ln2High = 0.6931471805598903;

    /// <summary>log 2 - <see cref="Ln2High"/>.</summary>
    public const double Ln2Low = 5.497923018708371e-14;

    private const double LargestExponent = 709, SmallestExponent = -708, LargestOfFourthPower = 170;

    /// <summary>eˣ, and ∞ above 709.</summary>
    [MethodImpl(Inline)] public static L Exp<L>(L x)
        where L : struct, IReal<L>, ILanes<L> =>
        L.Select(x > LargestExponent, double.PositiveInfinity, BoundedExp(x, SmallestExponent, LargestExponent));

    [MethodImpl(Inline)] public static L Expm1<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L p, L scale) = Reduce(L.AtMost(LargestExponent, L.AtLeast(SmallestExponent, x)));
        return L.CopySign(L.Fma(p, scale, scale - 1), x);
    }

    // log m by the series of artanh; what 1 + x loses in rounding comes back as a first-order term.
    [MethodImpl(Inline)] public static L Log1p<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = 1 + x, lost = x - (sum - 1);
        (L mantissa, L exponent) = L.Split(sum);
        L f = mantissa - 1, s = f / (2 + f), z = s * s;
        L series = LogSeries(z) * z * s;
        L correction = L.Fma(exponent, Ln2Low, lost / sum);
        return L.Fma(exponent, Ln2High, f - s * f + (series + correction));
    }

    [MethodImpl(Inline)] public static L Tanh<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L m = Expm1(L.AtMost(40, L.AtLeast(-40, 2 * x)));
        return m / (m + 2);
    }

    [MethodImpl(Inline)] public static L TanhSlope<L>(L x)
        where L : struct, IReal<L>, ILanes<L> =>
        4 * SigmoidSlope(2 * x);

    // What a function and its slope have in common is written the same way in both, one division included: the compiler computes it once.
    [MethodImpl(Inline)] public static L Sigmoid<L>(L x)
        where L : struct, IReal<L>, ILanes<L> =>
        1 / (1 + BoundedExp(-x, SmallestExponent, LargestExponent));

    [MethodImpl(Inline)] public static L SigmoidSlope<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L e = BoundedExp(-x, SmallestExponent, LargestExponent), sigmoid = 1 / (1 + e);
        return sigmoid * (e * sigmoid);
    }

    // With n = eˣ (eˣ + 2): tanh(log(1 + eˣ)) = n / (n + 2). Beyond 40 the value is 1 to every bit; its slope is followed until 4 e⁻³⁴⁰.
    [MethodImpl(Inline)] public static L TanhSoftplus<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L e = BoundedExp(x, SmallestExponent, LargestOfFourthPower), n = L.Fma(e, e, 2 * e);
        return n * (1 / (n + 2));
    }

    [MethodImpl(Inline)] public static L TanhSoftplusSlope<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L e = BoundedExp(x, SmallestExponent, LargestOfFourthPower), n = L.Fma(e, e, 2 * e), inverse = 1 / (n + 2);
        return 4 * (e * inverse) * ((1 + e) * inverse);
    }

    [MethodImpl(Inline)] public static L NormalPdf<L>(L x)
        where L : struct, IReal<L>, ILanes<L> =>
        InverseSqrtTwoPi * Gaussian(x);

    // The tail Φ(-t) is e^(-t²/2) times a factor that varies slowly. Of that factor times 1 + t a polynomial is taken
    // in s = 2.666… t / (t + 5) - 1, which maps t from 0 to 15 onto -1 to 1. One division serves both denominators.
    [MethodImpl(Inline)] public static L NormalCdf<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L t = L.AtMost(TailEnd, L.Abs(x)), above = 1 + t, middle = t + TailMiddle, inverse = 1 / (above * middle);
        L s = L.Fma(t * above * inverse, 2 * (TailEnd + TailMiddle) / TailEnd, -1);
        L tail = Gaussian(x) * (TailFactor(s) * (middle * inverse));
        return L.Select(x > 0, 1 - tail, tail);
    }

    /// <summary>c₀ + c₁ x + c₂ x² + …, by Horner's rule.</summary>
    [MethodImpl(Inline)] public static L Polynomial<L>(L x, ReadOnlySpan<double> coefficients)
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = coefficients[^1];
        for (int i = coefficients.Length - 2; i >= 0; i--)
            sum = L.Fma(sum, x, coefficients[i]);
        return sum;
    }

    private const double InverseSqrtTwoPi = 0.3989422804014327;
    private const double TailEnd = 15, TailMiddle = 5;

    // e^(-x²/2)
    [MethodImpl(Inline)] private static L Gaussian<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L p, L scale) = Reduce(L.AtLeast(SmallestExponent, -0.5 * (x * x)));
        return L.Fma(p, scale, scale);
    }

    [MethodImpl(Inline)] private static L BoundedExp<L>(L x, double smallest, double largest)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L p, L scale) = Reduce(L.AtMost(largest, L.AtLeast(smallest, x)));
        return L.Fma(p, scale, scale);
    }

    // eˣ = (1 + p) · 2ᵏ with p = e^r - 1 and |r| ≤ log(2) / 2.
    [MethodImpl(Inline)] private static (L P, L Scale) Reduce<L>(L x)
        where L : struct, IReal<L>, ILanes<L>
    {
        L shifted = L.Fma(x, Log2E, Rounder), k = shifted - Rounder;
        L r = L.Fma(k, -Ln2Low, L.Fma(k, -Ln2High, x));
        return (L.Fma(ExpSeries(r), r * r, r), L.PowerOfTwo(shifted));
    }

    // (e^r - 1 - r) / r² on |r| ≤ log(2) / 2, minimax, relative error 2⁻⁵⁸ of e^r - 1.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
        where L : struct, IReal<L>, ILanes<L> => L.IsShort ? ShortExpSeries(r) : LongExpSeries(r);

    // The same, relative error 2⁻³⁶.
    [MethodImpl(Inline)] private static L ShortExpSeries<L>(L r)
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = L.Fma(2.487617932228594e-05, r, 0.0001989928484929901);
        sum = L.Fma(sum, r, 0.0013888824140714296);
        sum = L.Fma(sum, r, 0.00833329847006130525);
        sum = L.Fma(sum, r, 0.041666666853690575);
        sum = L.Fma(sum, r, 0.1666666671903056);
        return L.Fma(sum, r, 0.49999999999910116);
    }

    [MethodImpl(Inline)] private static L LongExpSeries<L>(L r)
        where L : struct, IReal<L>, ILanes<L>
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
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = L.Fma(0.13288083644585694, z, 0.1324655029735495);
        sum = L.Fma(sum, z, 0.1538722014633774);
        sum = L.Fma(sum, z, 0.1818177361510572);
        sum = L.Fma(sum, z, 0.22222222656631382);
        sum = L.Fma(sum, z, 0.28571428569168367);
        sum = L.Fma(sum, z, 0.40000000000005326);
        return L.Fma(sum, z, 0.6666666666666666);
    }

    [MethodImpl(Inline)] private static L TailFactor<L>(L s)
        where L : struct, IReal<L>, ILanes<L> => L.IsShort ? ShortTailFactor(s) : LongTailFactor(s);

    // (1 + t) e^(t²/2) Φ(-t) in the s of NormalCdf: minimax, relative error 2⁻³⁵.
    [MethodImpl(Inline)] private static L ShortTailFactor<L>(L s)
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = L.Fma(-7.648538682622418e-07, s, 6.659571341894621e-07);
        sum = L.Fma(sum, s, 1.3905531242515529e-05);
        sum = L.Fma(sum, s, -4.3228087182153824e-05);
        sum = L.Fma(sum, s, -0.00010718383427420536);
        sum = L.Fma(sum, s, 0.0012670840997759077);
        sum = L.Fma(sum, s, -0.0052249301454302295);
        sum = L.Fma(sum, s, 0.013591101245959993);
        sum = L.Fma(sum, s, -0.023828592926895868);
        sum = L.Fma(sum, s, 0.02424169513676331);
        sum = L.Fma(sum, s, 0.004927684792331144);
        sum = L.Fma(sum, s, -0.07722140636797946);
        return L.Fma(sum, s, 0.48605579343150807);
    }

    // The same: Chebyshev interpolation, relative error 2⁻⁵².
    [MethodImpl(Inline)] private static L LongTailFactor<L>(L s)
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = L.Fma(2.818916112054732e-10, s, 1.7873096075173522e-10);
        sum = L.Fma(sum, s, -4.810948633671649e-09);
        sum = L.Fma(sum, s, -3.792918024204958e-09);
        sum = L.Fma(sum, s, 6.646955498029691e-08);
        sum = L.Fma(sum, s, 3.4325829712131695e-08);
        sum = L.Fma(sum, s, -9.736919221518372e-07);
        sum = L.Fma(sum, s, 5.802143882169763e-07);
        sum = L.Fma(sum, s, 1.419191244074752e-05);
        sum = L.Fma(sum, s, -4.313409193818002e-05);
        sum = L.Fma(sum, s, -0.00010738460387319717);
        sum = L.Fma(sum, s, 0.0012670331240721589);
        sum = L.Fma(sum, s, -0.00522485684192119);
        sum = L.Fma(sum, s, 0.013591114734104568);
        sum = L.Fma(sum, s, -0.02382860578781432);
        sum = L.Fma(sum, s, 0.02424169362199781);
        sum = L.Fma(sum, s, 0.004927685644182675);
        sum = L.Fma(sum, s, -0.07722140632042811);
        return L.Fma(sum, s, 0.4860557934222487);
    }
}
