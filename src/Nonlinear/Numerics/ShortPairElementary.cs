using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>Elementary functions over short pairs: only what carries the leading bits is done in two parts, the series in doubles.</summary>
/// <remarks>NaN → NaN. Where a result is below 10⁻²⁷⁰ it is only a token of "very small": see <see cref="PairElementary"/>.</remarks>
internal static class ShortPairElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const double LargestExponent = 709, SmallestExponent = -708, Vanishing = -2000;

    [MethodImpl(Inline)] public static ShortPair<L> Expm1<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L> => BoundedExpm1(x, SmallestExponent, LargestExponent);

    [MethodImpl(Inline)] public static ShortPair<L> Tanh<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L> => OverPlusTwo(BoundedExpm1(new ShortPair<L>(2 * x.High, 2 * x.Low), -80, 80));

    [MethodImpl(Inline)] public static ShortPair<L> Sigmoid<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        ShortPair<L> e = BoundedExp(-x, SmallestExponent, LargestExponent);
        L sum = 1 + e.High, shift = sum - 1;
        ShortPair<L> below = InOrder(sum, 1 - (sum - shift) + (e.High - shift) + e.Low);
        L inverse = L.Select(x.High < Vanishing, 0, 1 / below.High);
        return new(inverse, inverse * L.Fma(-inverse, below.Low, L.Fma(-inverse, below.High, 1)));
    }

    [MethodImpl(Inline)] public static ShortPair<L> TanhSoftplus<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        ShortPair<L> e = BoundedExp(x, SmallestExponent, 80);
        L vanishes = x.High < Vanishing;
        e = InOrder(L.Select(vanishes, 0, e.High), L.Select(vanishes, 0, e.Low));
        return OverPlusTwo(e * (e + 2));
    }

    [MethodImpl(Inline)] public static ShortPair<L> NormalCdf<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        Pair<L> y = PairElementary.NormalCdf(new Pair<L>(x.High, x.Low));
        return new(y.High, y.Low);
    }

    // m / (m + 2)
    [MethodImpl(Inline)] private static ShortPair<L> OverPlusTwo<L>(ShortPair<L> m)
        where L : struct, IReal<L>, ILanes<L>
    {
        ShortPair<L> below = m + 2;
        L inverse = 1 / below.High, quotient = m.High * inverse;
        return new(quotient, inverse * (L.Fma(-quotient, below.High, m.High) + L.Fma(-quotient, below.Low, m.Low)));
    }

    // a + b exactly where |a| ≥ |b|.
    [MethodImpl(Inline)] private static ShortPair<L> InOrder<L>(L a, L b)
        where L : struct, IReal<L>, ILanes<L>
    {
        L sum = a + b;
        return new(sum, b - (sum - a));
    }

    // eˣ, its parts not in order.
    [MethodImpl(Inline)] private static ShortPair<L> BoundedExp<L>(ShortPair<L> x, double least, double most)
        where L : struct, IReal<L>, ILanes<L>
    {
        (ShortPair<L> p, L scale) = Power(x, least, most);
        L one = 1 + p.High;
        return new(one * scale, (p.High - (one - 1) + p.Low) * scale);
    }

    [MethodImpl(Inline)] private static ShortPair<L> BoundedExpm1<L>(ShortPair<L> x, double least, double most)
        where L : struct, IReal<L>, ILanes<L>
    {
        (ShortPair<L> p, L scale) = Power(x, least, most);
        L whole = scale - 1, shift = whole - scale, lost = scale - (whole - shift) - (1 + shift);
        L part = scale * p.High, high = whole + part;
        return InOrder(high, L.Fma(scale, p.Low, part - (high - whole) + lost));
    }

    // eˣ as (1 + p) · 2ᵏ with |p| below ½; its low part, below 0.008, is good to 2⁻⁶⁰. The low part of what lies beyond a bound means nothing and is
    // bounded too.
    [MethodImpl(Inline)] private static (ShortPair<L> P, L Scale) Power<L>(ShortPair<L> x, double least, double most)
        where L : struct, IReal<L>, ILanes<L>
    {
        L bounded = L.AtMost(most, L.AtLeast(least, x.High)), low = L.AtMost(1, L.AtLeast(-1, x.Low));
        L shifted = L.Fma(bounded, Elementary.Log2E, Elementary.Rounder), k = shifted - Elementary.Rounder;
        L near = L.Fma(k, -Elementary.Ln2High, bounded), r = L.Fma(k, -Elementary.Ln2Low, near);
        low += L.Fma(k, -Elementary.Ln2Low, near - r);
        L square = r * r, high = L.Fma(0.5, square, r), lost = L.Fma(0.5, square, r - high);
        lost = L.Fma(ExpSeries(r), square * r, L.Fma(0.5, L.Fms(r, r, square), lost));
        return (new(high, lost + L.Fma(low, high + lost, low)), L.PowerOfTwo(shifted));
    }

    // (e^r - 1 - r - r²/2) / r³ on |r| ≤ log(2) / 2: Chebyshev interpolation, error 2⁻⁵⁸ of e^r - 1.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
        where L : struct, IReal<L>, ILanes<L>
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
}
