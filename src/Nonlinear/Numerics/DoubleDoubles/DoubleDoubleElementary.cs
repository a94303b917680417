using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over pairs of doubles, to about 2⁻⁵⁸: what double results are rounded from.</summary>
/// <remarks>
/// NaN → NaN. A value below 2⁻⁹⁰⁰ is only a token of "very small": it says that the result needs <see cref="ExtendedExponent"/>. Below -2000 the
/// exponential is an exact 0, far below anything that a double can hold.
/// </remarks>
internal static class DoubleDoubleElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    public static Constant InverseSqrtTwoPi => new(0.3989422804014327, -2.49232720227773e-17, "1/√(2π)");

    private static Constant Ratio => new(1.2, 4.440892098500626e-17, "1.2");

    private const double Ln2Lowest = 1.94704509238075e-31;
    private const double LargestExponent = 709, SmallestExponent = -708, Vanishing = -2000;
    private const double TailEnd = 40, TailMiddle = 4;

    // Up to here the series of Φ about 0 is right to 2⁻⁷⁵ with three terms.
    private const double CentreRadius = 0.0009765625;

    [MethodImpl(OutOfLine)] public static DoubleDouble<L> Exp<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L infinite = x.High > LargestExponent;
        DoubleDouble<L> e = BoundedExp(x);
        return new(L.Select(infinite, double.PositiveInfinity, e.High), L.Select(infinite, 0, e.Low));
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> Expm1<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (DoubleDouble<L> p, L scale) = Reduce(Bound(x, SmallestExponent, LargestExponent));
        DoubleDouble<L> m = new DoubleDouble<L>(p.High * scale, p.Low * scale) + DoubleDouble<L>.Sum(scale, -1);
        return new(L.CopySign(m.High, x.High), m.Low);
    }

    // One step of Newton's method on e^y - 1 = x from a doubles worth of logarithm.
    [MethodImpl(Inline)] public static DoubleDouble<L> Log1p<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L estimate = DoubleElementary.Log1p(x.High);
        DoubleDouble<L> residual = x - Expm1<L>(estimate);
        return DoubleDouble<L>.QuickSum(estimate, residual.High / (1 + x.High));
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> Tanh<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> m = Expm1(Bound(2 * x, -80, 80)), t = m / (m + 2);
        return new(L.CopySign(t.High, x.High), t.Low);
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> TanhDerivative<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        4 * SigmoidDerivative(2 * x);

    [MethodImpl(Inline)] public static DoubleDouble<L> Sigmoid<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> decay = BoundedExp(-DoubleDouble<L>.Abs(x));
        return DoubleDouble<L>.Select(x > 0, 1, decay) / (1 + decay);
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> SigmoidDerivative<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> decay = BoundedExp(-DoubleDouble<L>.Abs(x)), sum = 1 + decay;
        return decay / (sum * sum);
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> TanhSoftplus<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> e = BoundedExp(Bound(x, double.NegativeInfinity, 80)), n = e * (e + 2);
        return n / (n + 2);
    }

    [MethodImpl(OutOfLine)] public static DoubleDouble<L> TanhSoftplusDerivative<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> positive = x > 0, decay = BoundedExp(-DoubleDouble<L>.Abs(x)), square = decay * decay;
        DoubleDouble<L> sum = 2 * decay + DoubleDouble<L>.Select(positive, 1 + 2 * square, square + 2);
        return 4 * DoubleDouble<L>.Select(positive, square, decay) * (1 + decay) / (sum * sum);
    }

    [MethodImpl(OutOfLine)] public static DoubleDouble<L> NormalPdf<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        DoubleDouble<L>.Of(InverseSqrtTwoPi) * Gaussian(x);

    // About 0 by its series, whose leading term is an exact ½: half of a subnormal number is a tie, and only x² tells which way it goes.
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> NormalCdf<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> tail = Gaussian(x) * TailRatio(DoubleDouble<L>.Abs(x));
        L square = x.High * x.High, bend = L.Fma(square, 1.0 / 40, -1.0 / 6) * square;
        DoubleDouble<L> centre = 0.5 + DoubleDouble<L>.Of(InverseSqrtTwoPi) * x * (1 + (DoubleDouble<L>)bend);
        return DoubleDouble<L>.Select(L.Abs(x.High) < CentreRadius, centre, DoubleDouble<L>.Select(x > 0, 1 - tail, tail));
    }

    /// <summary>e^(t²/2) Φ(-t) for t ≥ 0. Times 1 + t it is a polynomial in s = (1.2 t - 4) / (t + 4), which maps 0 to 40 onto -1 to 1.</summary>
    [MethodImpl(Inline)] public static DoubleDouble<L> TailRatio<L>(DoubleDouble<L> t)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        t = Bound(t, 0, TailEnd);
        DoubleDouble<L> s = (DoubleDouble<L>.Of(Ratio) * t - TailMiddle) / (t + TailMiddle);
        return TailPolynomial(s) / (1 + t);
    }

    /// <summary>e^r - 1 as a pair and 2ᵏ, or k itself, with x = k log 2 + r and |r| ≤ log(2) / 2; |x| up to 2000.</summary>
    [MethodImpl(Inline)] public static (DoubleDouble<L> P, L Shifted) Split<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L shifted = L.Fma(x.High, DoubleElementary.Log2E, DoubleElementary.Rounder), k = shifted - DoubleElementary.Rounder;
        DoubleDouble<L> low = DoubleDouble<L>.Product(k, DoubleElementary.Ln2Low);
        DoubleDouble<L> r = DoubleDouble<L>.Sum(L.Fma(k, -DoubleElementary.Ln2High, x.High), -low.High);
        r = DoubleDouble<L>.QuickSum(r.High, r.Low - low.Low + L.Fma(k, -Ln2Lowest, x.Low));
        DoubleDouble<L> square = DoubleDouble<L>.Product(r.High, r.High);
        DoubleDouble<L> p = DoubleDouble<L>.Sum(r.High, 0.5 * square.High);
        L tail = L.Fma(ExpSeries(r.High), square.High * r.High, 0.5 * square.Low);
        tail = L.Fma(r.Low, 1 + p.High, tail);
        return (DoubleDouble<L>.QuickSum(p.High, p.Low + tail), shifted);
    }

    [MethodImpl(Inline)] private static (DoubleDouble<L> P, L Scale) Reduce<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (DoubleDouble<L> p, L shifted) = Split(x);
        return (p, L.PowerOfTwo(shifted));
    }

    // eˣ for x up to 709.
    [MethodImpl(Inline)] private static DoubleDouble<L> BoundedExp<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (DoubleDouble<L> p, L scale) = Reduce(Bound(x, SmallestExponent, LargestExponent));
        DoubleDouble<L> e = 1 + p;
        scale = L.Select(x.High < Vanishing, 0, scale);
        return new(e.High * scale, e.Low * scale);
    }

    // e^(-x²/2), which is 0 long before |x| reaches 100.
    [MethodImpl(OutOfLine)] private static DoubleDouble<L> Gaussian<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        x = Bound(x, -100, 100);
        return BoundedExp(-0.5 * (x * x));
    }

    // The low part of what lies beyond a bound, or is infinite, means nothing.
    [MethodImpl(Inline)] private static DoubleDouble<L> Bound<L>(DoubleDouble<L> x, double least, double most)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        new(L.AtMost(most, L.AtLeast(least, x.High)), L.Select(L.Abs(x.High) < 1024, x.Low, 0));

    // (e^r - 1 - r - r²/2) / r³ on |r| ≤ log(2) / 2: Chebyshev interpolation, error 2⁻⁷² of e^r - 1.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(1.1487993220624699e-11, r, 1.6086642574672407e-10);
        sum = L.Fma(sum, r, 2.087673365904111e-09);
        sum = L.Fma(sum, r, 2.505207105477011e-08);
        sum = L.Fma(sum, r, 2.755731923852753e-07);
        sum = L.Fma(sum, r, 2.755731924725567e-06);
        sum = L.Fma(sum, r, 2.4801587301583205e-05);
        sum = L.Fma(sum, r, 0.00019841269841263285);
        sum = L.Fma(sum, r, 0.001388888888888889);
        sum = L.Fma(sum, r, 0.008333333333333333);
        sum = L.Fma(sum, r, 0.041666666666666664);
        return L.Fma(sum, r, 0.16666666666666666);
    }

    // Chebyshev interpolation of degree 28, relative error 2⁻⁶⁷; the six leading terms need more than a double.
    [MethodImpl(OutOfLine)] private static DoubleDouble<L> TailPolynomial<L>(DoubleDouble<L> s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> sum = TailPolynomialEnd(s.High);
        sum = sum * s + new DoubleDouble<L>(0.01278178316060588, -5.207965547893791e-19);
        sum = sum * s + new DoubleDouble<L>(-0.027976123442093614, -6.921690984279938e-19);
        sum = sum * s + new DoubleDouble<L>(0.03145396660886769, 5.298757026487776e-19);
        sum = sum * s + new DoubleDouble<L>(0.003688524996909728, 6.3835187535745505e-21);
        sum = sum * s + new DoubleDouble<L>(-0.08948790220930526, -4.845572963482888e-18);
        sum = sum * s + new DoubleDouble<L>(0.4809363299746044, 1.1616927771839899e-18);
        return sum;
    }

    [MethodImpl(Inline)] private static L TailPolynomialEnd<L>(L s)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(-1.1810191831930526e-12, s, 5.166191306042951e-13);
        sum = L.Fma(sum, s, 1.5318987289964236e-11);
        sum = L.Fma(sum, s, 5.257316419395356e-12);
        sum = L.Fma(sum, s, -9.652234078501895e-11);
        sum = L.Fma(sum, s, -1.315868878720631e-10);
        sum = L.Fma(sum, s, 3.4126554159736505e-10);
        sum = L.Fma(sum, s, 1.1657222051682671e-09);
        sum = L.Fma(sum, s, -9.880249346689558e-11);
        sum = L.Fma(sum, s, -6.724592368034339e-09);
        sum = L.Fma(sum, s, -9.148769802766961e-09);
        sum = L.Fma(sum, s, 2.8424769733592095e-08);
        sum = L.Fma(sum, s, 9.256431142891482e-08);
        sum = L.Fma(sum, s, -8.045039708266584e-08);
        sum = L.Fma(sum, s, -6.94528084165405e-07);
        sum = L.Fma(sum, s, 5.229542766039311e-09);
        sum = L.Fma(sum, s, 4.985500526910961e-06);
        sum = L.Fma(sum, s, 1.7206894661945518e-06);
        sum = L.Fma(sum, s, -3.898478169749219e-05);
        sum = L.Fma(sum, s, -3.0922180010353714e-06);
        sum = L.Fma(sum, s, 0.00034397214400250177);
        sum = L.Fma(sum, s, -0.00041605219068891267);
        return L.Fma(sum, s, -0.0026277220796117095);
    }
}
