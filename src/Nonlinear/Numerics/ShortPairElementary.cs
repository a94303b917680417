using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>Elementary functions over short pairs: only what carries the leading bits is done in two parts, the series in doubles.</summary>
/// <remarks>NaN → NaN. Where a result is below 10⁻²⁷⁰ it is only a token of "very small": see <see cref="PairElementary"/>.</remarks>
internal static class ShortPairElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private const double LargestExponent = 709, SmallestExponent = -708;

    [MethodImpl(Inline)] public static ShortPair<L> Expm1<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L r, L more, L scale) = Power(x, SmallestExponent, LargestExponent);
        L whole = scale - 1, part = scale * r, high = whole + part, low = L.Fma(scale, more, part - (high - whole));
        return InOrder(high, low);
    }

    [MethodImpl(Inline)] public static ShortPair<L> Tanh<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L r, L more, L scale) = Power(new ShortPair<L>(2 * x.High, 2 * x.Low), -80, 80);
        L whole = scale - 1, part = scale * r, high = whole + part, low = L.Fma(scale, more, part - (high - whole));
        return OverPlusTwo(InOrder(high, low));
    }

    [MethodImpl(Inline)] public static ShortPair<L> Sigmoid<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L r, L more, L scale) = Power(new ShortPair<L>(-x.High, -x.Low), SmallestExponent, LargestExponent);
        L one = 1 + r, high = one * scale, low = (r - (one - 1) + more) * scale;
        L sum = 1 + high, shift = sum - 1;
        ShortPair<L> below = InOrder(sum, 1 - (sum - shift) + (high - shift) + low);
        L inverse = 1 / below.High;
        return new(inverse, inverse * L.Fma(-inverse, below.Low, L.Fma(-inverse, below.High, 1)));
    }

    [MethodImpl(Inline)] public static ShortPair<L> TanhSoftplus<L>(ShortPair<L> x)
        where L : struct, IReal<L>, ILanes<L>
    {
        (L r, L more, L scale) = Power(x, SmallestExponent, 80);
        L one = 1 + r;
        ShortPair<L> e = InOrder(one * scale, (r - (one - 1) + more) * scale);
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

    // eˣ as (1 + r + more) · scale: r is exact to a double and at most log(2) / 2, more is below 0.07, its error 2⁻⁵⁷. The low part of what lies beyond a
    // bound is bounded, since it means nothing.
    [MethodImpl(Inline)] private static (L R, L More, L Scale) Power<L>(ShortPair<L> x, double least, double most)
        where L : struct, IReal<L>, ILanes<L>
    {
        L bounded = L.AtMost(most, L.AtLeast(least, x.High)), low = L.AtMost(1, L.AtLeast(-1, x.Low));
        L shifted = L.Fma(bounded, Elementary.Log2E, Elementary.Rounder), k = shifted - Elementary.Rounder;
        L near = L.Fma(k, -Elementary.Ln2High, bounded), r = L.Fma(k, -Elementary.Ln2Low, near);
        low += L.Fma(k, -Elementary.Ln2Low, near - r);
        return (r, L.Fma(ExpSeries(r), r * r, L.Fma(low, r, low)), L.PowerOfTwo(shifted));
    }

    // (e^r - 1 - r) / r² on |r| ≤ log(2) / 2: minimax, relative error 2⁻⁵⁸ of e^r - 1.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
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
}
