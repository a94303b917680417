using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// Elementary functions over sloppy double-doubles: only what carries the leading bits is done in two parts, the series in doubles.
/// </summary>
/// <remarks>
/// NaN → NaN. Where a result is below 10⁻²⁷⁰ it is only a token of "very small": see <see cref="DoubleDoubleElementary"/>.
/// </remarks>
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
    /// Φ(x). The tail Φ(-t) is e^(-t²/2) / (1 + t) times a polynomial in s = (t - 4) / (t + 4). With t cut to a multiple of 2⁻⁴⁷, which
    /// leaves all of these sums exact, s is what the division gives and a small rest, which counts times the derivative of the polynomial.
    /// </summary>
    [MethodImpl(Inline)] public static SloppyDoubleDouble<L> NormalCdf<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L size = L.Abs(x.High), cut = L.AtMost(TailEnd, size) + Cutter - Cutter;
        L left = L.Fma(L.CopySign(1, x.High), x.Low, L.AtMost(TailEnd, size) - cut);
        L above = cut - TailMiddle, below = cut + TailMiddle, next = 1 + cut, inverse = 1 / (below * next);
        L inverseBelow = inverse * next, inverseNext = inverse * below;
        L s = above * inverseBelow, distance = inverseBelow * L.Fma(2 * TailMiddle * inverseBelow, left, L.Fma(-s, below, above));
        L derivative = SloppyDoubleDoubleNormalTail.Derivative(s), bend = s * SloppyDoubleDoubleNormalTail.Quotient(s);
        L correction = L.Fma(distance, derivative, L.Fma(SloppyTailPolynomial.C1Low, s, SloppyTailPolynomial.C0Low));
        L factor = SloppyTailPolynomial.C0 + bend;
        SloppyDoubleDouble<L> numerator = Gaussian(x) * new SloppyDoubleDouble<L>(
            factor, bend - (factor - SloppyTailPolynomial.C0) + correction);
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

    // eˣ as (1 + p) · 2ᵏ with |p| below ½; its low part, below 0.008, is good to 2⁻⁶⁰. The low part of what lies beyond a bound means
    // nothing.
    [MethodImpl(Inline)] private static (SloppyDoubleDouble<L> P, L Scale) Power<L>(SloppyDoubleDouble<L> x, double least, double most)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L bounded = L.AtMost(most, L.AtLeast(least, x.High)), low = L.SelectGreater(1024, L.Abs(x.High), x.Low, 0);
        L shifted = L.Fma(bounded, DoubleConstants.Log2E, DoubleElementary.Rounder), k = shifted - DoubleElementary.Rounder;
        L near = L.Fma(k, -DoubleConstants.Ln2High, bounded), r = L.Fma(k, -DoubleConstants.Ln2Low, near);
        low += L.Fma(k, -DoubleConstants.Ln2Low, near - r);
        L square = r * r, high = L.Fma(0.5, square, r), lost = L.Fma(0.5, square, r - high);
        lost = L.Fma(ExpSeries(r), square * r, L.Fma(0.5, L.Fms(r, r, square), lost));
        return (new(high, lost + L.Fma(low, high + lost, low)), L.PowerOfTwo(shifted));
    }

    // (e^r - 1 - r - r²/2) / r³ on |r| ≤ log(2) / 2.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(SloppyExpSeries.C9, r, SloppyExpSeries.C8);
        sum = L.Fma(sum, r, SloppyExpSeries.C7);
        sum = L.Fma(sum, r, SloppyExpSeries.C6);
        sum = L.Fma(sum, r, SloppyExpSeries.C5);
        sum = L.Fma(sum, r, SloppyExpSeries.C4);
        sum = L.Fma(sum, r, SloppyExpSeries.C3);
        sum = L.Fma(sum, r, SloppyExpSeries.C2);
        sum = L.Fma(sum, r, SloppyExpSeries.C1);
        return L.Fma(sum, r, SloppyExpSeries.C0);
    }

    // e^(-x²/2)
    [MethodImpl(Inline)] private static SloppyDoubleDouble<L> Gaussian<L>(SloppyDoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L square = x.High * x.High, half = -0.5 * square, vanishes = half < Vanishing;
        SloppyDoubleDouble<L> e = BoundedExp(
            new SloppyDoubleDouble<L>(half, L.Fma(-x.High, x.Low, -0.5 * L.Fms(x.High, x.High, square))), SmallestExponent, 0);
        return InOrder(L.Select(vanishes, 0, e.High), L.Select(vanishes, 0, e.Low));
    }
}
