using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>Elementary functions over sloppy double-doubles: only what carries the leading bits is done in two parts, the series in doubles.</summary>
/// <remarks>NaN → NaN. Where a result is below 10⁻²⁷⁰ it is only a token of "very small": see <see cref="DoubleDoubleElementary"/>.</remarks>
internal static class SloppyDoubleDoubleElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const double LargestExponent = 709, SmallestExponent = -708, Vanishing = -2000;
    private const double TailEnd = 40, TailMiddle = 4;

    // 1.5 · 2⁵: what is added to it and taken away again becomes a multiple of 2⁻⁴⁷ at least.
    private const double Cutter = 48;

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Expm1<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L> => BoundedExpm1(x, SmallestExponent, LargestExponent);

    // Of the magnitude, so that it is odd to the last bit.
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Tanh<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sign = L.CopySign(1, x.High), twice = 2 * sign;
        SloppyDoubleDouble<L> magnitude = OverPlusTwo(BoundedExpm1(new SloppyDoubleDouble<L>(twice * x.High, twice * x.Low), 0, 80));
        return new(sign * magnitude.High, sign * magnitude.Low);
    }

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> Sigmoid<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        SloppyDoubleDouble<L> e = BoundedExp(-x, SmallestExponent, LargestExponent);
        L sum = 1 + e.High, shift = sum - 1;
        SloppyDoubleDouble<L> below = InOrder(sum, 1 - (sum - shift) + (e.High - shift) + e.Low);
        L inverse = L.Select(x.High < Vanishing, 0, 1 / below.High);
        return new(inverse, inverse * L.Fma(-inverse, below.Low, L.Fma(-inverse, below.High, 1)));
    }

    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> TanhSoftplus<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        SloppyDoubleDouble<L> e = BoundedExp(x, SmallestExponent, 80);
        L vanishes = x.High < Vanishing;
        e = InOrder(L.Select(vanishes, 0, e.High), L.Select(vanishes, 0, e.Low));
        return OverPlusTwo(e * (e + 2));
    }

    /// <summary>
    /// Φ(x). The tail Φ(-t) is e^(-t²/2) / (1 + t) times a polynomial in s = (t - 4) / (t + 4). With t cut to a multiple of 2⁻⁴⁷, which leaves all of
    /// these sums exact, s is what the division gives and a small rest, which counts times the derivative of the polynomial.
    /// </summary>
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> NormalCdf<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L size = L.Abs(x.High), cut = L.AtMost(TailEnd, size) + Cutter - Cutter;
        L left = L.Fma(L.CopySign(1, x.High), x.Low, L.AtMost(TailEnd, size) - cut);
        L above = cut - TailMiddle, below = cut + TailMiddle, next = 1 + cut, inverse = 1 / (below * next);
        L inverseBelow = inverse * next, inverseNext = inverse * below;
        L s = above * inverseBelow, distance = inverseBelow * L.Fma(2 * TailMiddle * inverseBelow, left, L.Fma(-s, below, above));
        L derivative = TailDerivative(s), bend = s * TailQuotient(s);
        L correction = L.Fma(distance, derivative, L.Fma(1.912945895715408e-18, s, 1.356908228909516e-17));
        L factor = 0.47205320650984467 + bend;
        SloppyDoubleDouble<L> numerator = Gaussian(x) * new SloppyDoubleDouble<L>(factor, bend - (factor - 0.47205320650984467) + correction);
        L tail = numerator.High * inverseNext;
        L tailLow = inverseNext * (L.Fma(-tail, next, numerator.High) + L.Fma(-tail, left, numerator.Low));
        L rest = 1 - tail;
        L positive = x.High > 0;
        return new(L.Select(positive, rest, tail), L.Select(positive, 1 - rest - tail - tailLow, tailLow));
    }

    // m / (m + 2)
    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> OverPlusTwo<L>(SloppyDoubleDouble<L> m)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        SloppyDoubleDouble<L> below = m + 2;
        L inverse = 1 / below.High, quotient = m.High * inverse;
        return new(quotient, inverse * (L.Fma(-quotient, below.High, m.High) + L.Fma(-quotient, below.Low, m.Low)));
    }

    // a + b exactly where |a| ≥ |b|.
    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> InOrder<L>(L a, L b)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = a + b;
        return new(sum, b - (sum - a));
    }

    // eˣ, its parts not in order.
    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> BoundedExp<L>(SloppyDoubleDouble<L> x, double least, double most)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (SloppyDoubleDouble<L> p, L scale) = Power(x, least, most);
        L one = 1 + p.High;
        return new(one * scale, (p.High - (one - 1) + p.Low) * scale);
    }

    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> BoundedExpm1<L>(SloppyDoubleDouble<L> x, double least, double most)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (SloppyDoubleDouble<L> p, L scale) = Power(x, least, most);
        L whole = scale - 1, shift = whole - scale, lost = scale - (whole - shift) - (1 + shift);
        L part = scale * p.High, high = whole + part;
        return InOrder(high, L.Fma(scale, p.Low, part - (high - whole) + lost));
    }

    // eˣ as (1 + p) · 2ᵏ with |p| below ½; its low part, below 0.008, is good to 2⁻⁶⁰. The low part of what lies beyond a bound means nothing and is
    // bounded too.
    [MethodImpl(Inline)] private static (SloppyDoubleDouble<L> P, L Scale) Power<L>(SloppyDoubleDouble<L> x, double least, double most)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L bounded = L.AtMost(most, L.AtLeast(least, x.High)), low = L.AtMost(1, L.AtLeast(-1, x.Low));
        L shifted = L.Fma(bounded, DoubleElementary.Log2E, DoubleElementary.Rounder), k = shifted - DoubleElementary.Rounder;
        L near = L.Fma(k, -DoubleElementary.Ln2High, bounded), r = L.Fma(k, -DoubleElementary.Ln2Low, near);
        low += L.Fma(k, -DoubleElementary.Ln2Low, near - r);
        L square = r * r, high = L.Fma(0.5, square, r), lost = L.Fma(0.5, square, r - high);
        lost = L.Fma(ExpSeries(r), square * r, L.Fma(0.5, L.Fms(r, r, square), lost));
        return (new(high, lost + L.Fma(low, high + lost, low)), L.PowerOfTwo(shifted));
    }

    // (e^r - 1 - r - r²/2) / r³ on |r| ≤ log(2) / 2: Chebyshev interpolation, error 2⁻⁵⁸ of e^r - 1.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(2.0911236630261545e-09, r, 2.510038549551032e-08);
        sum = L.Fma(sum, r, 2.755728296954995e-07);
        sum = L.Fma(sum, r, 2.7557268459997064e-06);
        sum = L.Fma(sum, r, 2.4801587317144498e-05);
        sum = L.Fma(sum, r, 0.00019841269863053618);
        sum = L.Fma(sum, r, 0.0013888888888886552);
        sum = L.Fma(sum, r, 0.008333333333330062);
        sum = L.Fma(sum, r, 0.041666666666666664);
        return L.Fma(sum, r, 0.16666666666666669);
    }

    // e^(-x²/2)
    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> Gaussian<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = x.High * x.High, half = -0.5 * square, vanishes = half < Vanishing;
        SloppyDoubleDouble<L> e = BoundedExp(new SloppyDoubleDouble<L>(half, L.Fma(-x.High, x.Low, -0.5 * L.Fms(x.High, x.High, square))), SmallestExponent, 0);
        return InOrder(L.Select(vanishes, 0, e.High), L.Select(vanishes, 0, e.Low));
    }

    // (p(s) - p(0)) / s, of the polynomial p for (1 + t) e^(t²/2) Φ(-t) from t = 0 to 40: Chebyshev interpolation, relative error 2⁻⁵⁸ with the low parts of
    // its first two coefficients. Even and odd powers apart, so that fewer steps wait for each other.
    [MethodImpl(Inline)] private static L TailQuotient<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = s * s;
        L even = L.Fma(-1.3547923942817101e-09, square, 8.425453905074397e-09);
        even = L.Fma(even, square, -2.3585016390667925e-08);
        even = L.Fma(even, square, 5.017314918544702e-09);
        even = L.Fma(even, square, 4.023159185698272e-07);
        even = L.Fma(even, square, -3.4313278898586758e-06);
        even = L.Fma(even, square, 2.1249817348631183e-05);
        even = L.Fma(even, square, -9.443021368786957e-05);
        even = L.Fma(even, square, -0.0002856231022908247);
        even = L.Fma(even, square, 0.017936097479934982);
        even = L.Fma(even, square, 0.028600364053543405);
        even = L.Fma(even, square, -0.09670347732652575);
        L odd = L.Fma(-2.621368395602489e-10, square, -8.302534825756703e-10);
        odd = L.Fma(odd, square, 1.7074179574235033e-08);
        odd = L.Fma(odd, square, -1.1119663003695587e-07);
        odd = L.Fma(odd, square, 5.526888726885186e-07);
        odd = L.Fma(odd, square, -2.613474358077429e-06);
        odd = L.Fma(odd, square, 1.3627120508991197e-05);
        odd = L.Fma(odd, square, -8.785325026942807e-05);
        odd = L.Fma(odd, square, 0.0006948971151771745);
        odd = L.Fma(odd, square, -0.0050023785920066755);
        odd = L.Fma(odd, square, -0.03219783742804189);
        odd = L.Fma(odd, square, 0.013999634724424644);
        return L.Fma(odd, s, even);
    }

    // p′(s), to 2⁻¹².
    [MethodImpl(Inline)] private static L TailDerivative<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(-0.021627, s, 0.08603467);
        sum = L.Fma(sum, s, -0.1326369);
        sum = L.Fma(sum, s, 0.08718204);
        sum = L.Fma(sum, s, 0.02841718);
        return L.Fma(sum, s, -0.09677998);
    }
}
