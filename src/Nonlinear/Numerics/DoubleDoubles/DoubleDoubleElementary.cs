using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over pairs of doubles, to about 2⁻⁵⁸: what double results are rounded from.</summary>
/// <remarks>
/// NaN → NaN. A value below 2⁻⁹⁰⁰ is only a token of "very small": it says that the result needs <see cref="ExtendedExponent"/>. Below
/// -2000 the exponential is an exact 0, far below anything that a double can hold.
/// </remarks>
internal static class DoubleDoubleElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions OutOfLine = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    public static Constant InverseSqrtTwoPi => new(DoubleConstants.InverseSqrtTwoPi, DoubleConstants.InverseSqrtTwoPiLow, "1/√(2π)");

    private const double LargestExponent = 709, SmallestExponent = -708, Vanishing = -2000;

    // Up to here the square of a number is nothing to the number itself.
    private const double NextToZero = 1.0 / (1L << 60);

    // Up to here the series of Φ about 0 is right to 2⁻⁷⁵ with three terms.
    private const double CentreRadius = 1.0 / 1024;

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

    // One step of Newton's method as well: log x = y + log(x e⁻ʸ), of which the last is about x e⁻ʸ - 1.
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> Log<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L power = DoubleElementary.TowardsOne(x.High, PowersOfTwo.Plus512, 1, PowersOfTwo.Minus512);
        DoubleDouble<L> scaled = new(x.High * power, x.Low * power);
        L estimate = DoubleElementary.Log(scaled.High), bounded = L.AtMost(700, L.AtLeast(-700, estimate));
        DoubleDouble<L> residual = (scaled * BoundedExp<L>(-bounded)) - 1;
        DoubleDouble<L> log = DoubleDouble<L>.QuickSum(estimate, residual.High)
            + (DoubleElementary.TowardsOne<L>(x.High, -512, 0, 512) * DoubleDouble<L>.Of(DoubleElementary.LogTwo));
        L finite = L.Abs(estimate) < 700;
        return new(L.Select(finite, log.High, estimate), L.Select(finite, log.Low, 0));
    }

    // One step of Newton's method on y² = x; of 0 it is 0.
    [MethodImpl(Inline)] public static DoubleDouble<L> Sqrt<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L root = L.Sqrt(x.High), rest = L.Fma(-root, root, x.High) + x.Low;
        return DoubleDouble<L>.QuickSum(root, L.Select(root > 0, 0.5 * rest / root, 0));
    }

    /// <summary>erf(x): about 0 by its series, further out by what the tail leaves of 1.</summary>
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> Erf<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> size = DoubleDouble<L>.Abs(x), square = Bound(size, 0, 1);
        square *= square;
        L z = square.High;
        L rest = L.Fma(ErfSeries.C11, z, ErfSeries.C10);
        rest = L.Fma(rest, z, ErfSeries.C9);
        rest = L.Fma(rest, z, ErfSeries.C8);
        rest = L.Fma(rest, z, ErfSeries.C7);
        rest = L.Fma(rest, z, ErfSeries.C6);
        rest = L.Fma(rest, z, ErfSeries.C5);
        rest = L.Fma(rest, z, ErfSeries.C4);
        rest = L.Fma(rest, z, ErfSeries.C3);
        rest = L.Fma(rest, z, ErfSeries.C2);
        DoubleDouble<L> sum = square * (new DoubleDouble<L>(ErfSeries.C0, ErfSeries.C0Low)
            + square * (new DoubleDouble<L>(ErfSeries.C1, ErfSeries.C1Low) + (DoubleDouble<L>)(rest * z)));
        DoubleDouble<L> centre = new DoubleDouble<L>(ErfSeries.Slope, ErfSeries.SlopeLow) * size * BoundedExp(-square) * (1 + sum);
        DoubleDouble<L> outside = 1 - 2 * NormalCdf(-(DoubleDouble<L>.Of(DoubleElementary.SqrtTwo) * Bound(size, 0, 100)));
        DoubleDouble<L> erf = DoubleDouble<L>.Select(size.High < 0.5, centre, outside);
        L sign = L.CopySign(1, x.High);
        return new(sign * erf.High, sign * erf.Low);
    }

    [MethodImpl(Inline)] public static DoubleDouble<L> Tanh<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        DoubleDouble<L> m = Expm1(2 * Bound(x, -40, 40)), t = m / (m + 2);
        // Next to 0 tanh x = x - x³/3, of which the quotient loses the second term; it alone tells which way the half of a number goes.
        // Both parts are then those of x: the quotient's first may be the neighbour, where the second is half a unit of it.
        L third = -1.0 / 3 * (x.High * x.High) * x.High, near = L.Abs(x.High) < NextToZero;
        return new(L.CopySign(L.Select(near, x.High, t.High), x.High), L.Select(near, third + x.Low, t.Low));
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
        DoubleDouble<L> tail = Gaussian(x) * DoubleDoubleNormalTail.Ratio(DoubleDouble<L>.Abs(x));
        L square = x.High * x.High, bend = L.Fma(square, 1.0 / 40, -1.0 / 6) * square;
        DoubleDouble<L> centre = 0.5 + DoubleDouble<L>.Of(InverseSqrtTwoPi) * x * (1 + (DoubleDouble<L>)bend);
        return DoubleDouble<L>.Select(L.Abs(x.High) < CentreRadius, centre, DoubleDouble<L>.Select(x > 0, 1 - tail, tail));
    }

    /// <summary>e^r - 1 as a pair and 2ᵏ, or k itself, with x = k log 2 + r and |r| ≤ log(2) / 2; |x| up to 2800.</summary>
    [MethodImpl(Inline)] public static (DoubleDouble<L> P, L Shifted) Split<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L shifted = L.Fma(x.High, DoubleConstants.Log2E, DoubleElementary.Rounder), k = shifted - DoubleElementary.Rounder;
        DoubleDouble<L> low = DoubleDouble<L>.Product(k, DoubleConstants.Ln2Low);
        DoubleDouble<L> r = DoubleDouble<L>.Sum(L.Fma(k, -DoubleConstants.Ln2High, x.High), -low.High);
        r = DoubleDouble<L>.QuickSum(r.High, r.Low - low.Low + L.Fma(k, -DoubleConstants.Ln2Lowest, x.Low));
        DoubleDouble<L> square = DoubleDouble<L>.Product(r.High, r.High);
        DoubleDouble<L> p = DoubleDouble<L>.Sum(r.High, 0.5 * square.High);
        L tail = L.Fma(ExpSeries(r.High), square.High * r.High, 0.5 * square.Low);
        tail = L.Fma(r.Low, 1 + p.High, tail);
        return (DoubleDouble<L>.QuickSum(p.High, p.Low + tail), shifted);
    }

    /// <summary>The same with e^r - 1 to 2⁻⁷³, for exponentials of which little is left by a difference.</summary>
    /// <remarks>
    /// The 16th power of the exponential of r / 16, whose series needs pairs only up to the cube. Steps wait for each other; so high parts
    /// go ahead, and low parts are put in order once, at the end. The reduction is repeated line by line, as nested calls would cost
    /// <see cref="Split"/> its registers.
    /// </remarks>
    [MethodImpl(Inline)] public static (DoubleDouble<L> P, L Shifted) PreciseSplit<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        const int doublings = 4;
        const double scale = 1.0 / (1 << doublings), sixth = 1.0 / 6, sixthLow = sixth / (1L << 54);
        L shifted = L.Fma(x.High, DoubleConstants.Log2E, DoubleElementary.Rounder), k = shifted - DoubleElementary.Rounder;
        DoubleDouble<L> whole = DoubleDouble<L>.Product(k, DoubleConstants.Ln2Low);
        DoubleDouble<L> rest = DoubleDouble<L>.Sum(L.Fma(k, -DoubleConstants.Ln2High, x.High), -whole.High);
        rest = DoubleDouble<L>.QuickSum(rest.High, rest.Low - whole.Low + L.Fma(k, -DoubleConstants.Ln2Lowest, x.Low));
        L r = rest.High * scale, rLow = rest.Low * scale;
        // sum = r + r² (½ + r (1/6 + r s)), from the inside out.
        L tail = r * ShortExpSeries(r), sum = sixth + tail, low = tail - (sum - sixth) + sixthLow;
        (sum, low) = (r * sum, L.Fma(r, sum, -(r * sum)) + L.Fma(r, low, rLow * sum));
        L half = 0.5 + sum;
        (sum, low) = (half, sum - (half - 0.5) + low);
        L square = r * r, squareLow = L.Fma(r, r, -square) + 2 * r * rLow;
        (sum, low) = (square * sum, L.Fma(square, sum, -(square * sum)) + L.Fma(square, low, squareLow * sum));
        L p = r + sum;
        low = sum - (p - r) + (low + rLow);
        for (int i = 0; i < doublings; i++)
        {
            // (1 + p)² - 1 = 2p + p²
            square = p * p;
            squareLow = L.Fma(p, p, -square) + 2 * p * low;
            L twice = 2 * p, next = twice + square;
            (p, low) = (next, square - (next - twice) + L.Fma(low, 2, squareLow));
        }
        return (DoubleDouble<L>.QuickSum(p, low), shifted);
    }

    /// <summary>eˣ to 2⁻⁷³.</summary>
    [MethodImpl(OutOfLine)] public static DoubleDouble<L> PreciseExp<L>(DoubleDouble<L> x)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        (DoubleDouble<L> p, L shifted) = PreciseSplit(Bound(x, SmallestExponent, LargestExponent));
        DoubleDouble<L> e = 1 + p;
        L scale = L.Select(x.High < Vanishing, 0, L.PowerOfTwo(shifted)), infinite = x.High > LargestExponent;
        return new(L.Select(infinite, double.PositiveInfinity, e.High * scale), L.Select(infinite, 0, e.Low * scale));
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
    [MethodImpl(Inline)] public static DoubleDouble<L> Bound<L>(DoubleDouble<L> x, double least, double most)
        where L : struct, IReal<L>, IDoubleLanes<L> =>
        new(L.AtMost(most, L.AtLeast(least, x.High)), L.Select(L.Abs(x.High) < 1024, x.Low, 0));

    // (e^r - 1 - r - r²/2 - r³/6) / r⁴ on |r| ≤ log(2) / 32: what is left out comes to 2⁻⁵⁹ of it.
    [MethodImpl(Inline)] private static L ShortExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(DoubleDoubleExpSeries.C7, r, DoubleDoubleExpSeries.C6);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C5);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C4);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C3);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C2);
        return L.Fma(sum, r, DoubleDoubleExpSeries.C1);
    }

    // (e^r - 1 - r - r²/2) / r³ on |r| ≤ log(2) / 2.
    [MethodImpl(Inline)] private static L ExpSeries<L>(L r)
        where L : struct, IReal<L>, IDoubleLanes<L>
    {
        L sum = L.Fma(DoubleDoubleExpSeries.C11, r, DoubleDoubleExpSeries.C10);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C9);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C8);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C7);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C6);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C5);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C4);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C3);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C2);
        sum = L.Fma(sum, r, DoubleDoubleExpSeries.C1);
        return L.Fma(sum, r, DoubleDoubleExpSeries.C0);
    }
}
