using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over lanes of floats: those that the fast tier needs.</summary>
/// <remarks>
/// Max error 1.5 ulp of float, 3.5 for <see cref="NormalCdf"/>, for arguments that are floats themselves; an argument that was rounded
/// before it came here has its error multiplied by its size. NaN → NaN. What lies below e⁻⁸⁷ stays there: the loop sees a result that is too small to be
/// trusted and has it computed in the exact tier.
/// </remarks>
internal static class SingleElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>1.5 · 2²³ + 127: rounds a number below 2²² to a whole one and leaves it in the low bits, biased as the exponent of a float is.</summary>
    public const float Rounder = 12582912 + 127;

    private const float Log2E = 1.44269504f;

    // log 2 to 15 bits, so that its product with a whole number of 9 bits is exact; and the rest.
    private const float Ln2High = 0.693145751953125f, Ln2Low = 1.4286068e-06f;

    private const float LargestExponent = 88, SmallestExponent = -87;

    [MethodImpl(Inline)] public static S Exp<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        (S p, S scale) = Reduce(S.AtMost(LargestExponent, S.AtLeast(SmallestExponent, x)));
        return S.Fma(p, scale, scale);
    }

    [MethodImpl(Inline)] public static S Expm1<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        (S p, S scale) = Reduce(S.AtMost(LargestExponent, S.AtLeast(SmallestExponent, x)));
        return S.CopySign(S.Fma(p, scale, scale - 1), x);
    }

    // Of the magnitude, where the quotient dampens the error of the exponential instead of raising it.
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        (S p, S scale) = Reduce(S.AtMost(20, 2 * S.Abs(x)), out S lost);
        S less = scale - 1, m = S.Fma(p, scale, less);
        return S.CopySign(OverItselfPlusTwo(m, S.Fma(p, scale, less - m) + lost * scale), x);
    }

    // The division is corrected by its remainder, which counts in what the sum in the denominator lost.
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        (S p, S scale) = Reduce(S.AtMost(LargestExponent, S.AtLeast(SmallestExponent, -x)));
        S more = 1 + scale, sum = S.Fma(p, scale, more), y = 1 / sum;
        S lost = S.Fma(p, scale, more - sum) + (1 - (more - scale));
        return S.Fma(S.Fma(-y, lost, S.Fma(-y, sum, 1)), y, y);
    }

    // With n = eˣ (eˣ + 2): tanh(log(1 + eˣ)) = n / (n + 2). Beyond 20 the value is 1 to every bit.
    [MethodImpl(Inline)] public static S TanhSoftplus<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        (S p, S scale) = Reduce(S.AtMost(20, S.AtLeast(SmallestExponent, x)));
        S e = S.Fma(p, scale, scale), n = S.Fma(e, e, 2 * e);
        S lost = S.Fma(2 * e + 2, S.Fma(p, scale, scale - e), S.Fma(e, e, 2 * e - n));
        return OverItselfPlusTwo(n, lost);
    }

    // As over doubles. What the square of t loses in rounding is made good in the exponential, where it would be multiplied.
    [MethodImpl(Inline)] public static S NormalCdf<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost((float)TailEnd, S.Abs(x)), square = t * t, lost = S.Fma(t, t, -square);
        (S p, S scale) = Reduce(S.AtLeast(SmallestExponent, -0.5 * square));
        S gaussian = S.Fma(S.Fma(-0.5 * lost, 1 + p, p), scale, scale);
        S s = S.Fma(t / (t + TailMiddle), 2 * (TailEnd + TailMiddle) / TailEnd, -1);
        S factor = TailFactor(s), product = gaussian * factor, lostProduct = S.Fma(gaussian, factor, -product);
        S above = 1 + t, lostAbove = t - (above - 1), inverse = 1 / above, quotient = product * inverse;
        S remainder = S.Fma(-quotient, lostAbove, S.Fma(-quotient, above, product) + lostProduct);
        S tail = S.Fma(remainder, inverse, quotient);
        return S.Select(x > 0, 1 - tail, tail);
    }

    private const double TailEnd = 14.5, TailMiddle = 5;

    // m / (m + 2) of m plus what it lost, corrected by the remainder of the division.
    [MethodImpl(Inline)] private static S OverItselfPlusTwo<S>(S m, S lost)
        where S : struct, IReal<S>, ISingles<S>
    {
        S inverse = 1 / (m + 2), quotient = m * inverse;
        S remainder = S.Fma(-quotient, m, S.Fma(-2, quotient, m));
        return S.Fma(S.Fma(lost, 1 - quotient, remainder), inverse, quotient);
    }

    [MethodImpl(Inline)] private static (S P, S Scale) Reduce<S>(S x)
        where S : struct, IReal<S>, ISingles<S> => Reduce(x, out _);

    // eˣ = (1 + p) · 2ᵏ with p = e^r - 1 and |r| ≤ log(2) / 2; and what p lost in its last rounding.
    [MethodImpl(Inline)] private static (S P, S Scale) Reduce<S>(S x, out S lost)
        where S : struct, IReal<S>, ISingles<S>
    {
        S shifted = S.Fma(x, Log2E, Rounder), k = shifted - Rounder;
        S r = S.Fma(k, -Ln2Low, S.Fma(k, -Ln2High, x));
        S bend = ExpSeries(r) * (r * r), p = r + bend;
        lost = bend - (p - r);
        return (p, S.PowerOfTwo(shifted));
    }

    // (e^r - 1 - r) / r² on |r| ≤ log(2) / 2, minimax, error 2⁻³⁰ of e^r.
    [MethodImpl(Inline)] private static S ExpSeries<S>(S r)
        where S : struct, IReal<S>, ISingles<S>
    {
        S sum = S.Fma(1.9972325e-4, r, 1.3930503e-3);
        sum = S.Fma(sum, r, 8.333177e-3);
        sum = S.Fma(sum, r, 4.1666511e-2);
        sum = S.Fma(sum, r, 0.16666667163372);
        return S.Fma(sum, r, 0.5);
    }

    // (1 + t) e^(t²/2) Φ(-t) in an s that maps t from 0 to 14.5 onto -1 to 1: minimax, relative error 2⁻²⁹.
    [MethodImpl(Inline)] private static S TailFactor<S>(S s)
        where S : struct, IReal<S>, ISingles<S>
    {
        S sum = S.Fma(1.0442486e-05, s, -3.9309063e-05);
        sum = S.Fma(sum, s, -9.412023e-05);
        sum = S.Fma(sum, s, 0.001198263);
        sum = S.Fma(sum, s, -0.0050364845);
        sum = S.Fma(sum, s, 0.013279386);
        sum = S.Fma(sum, s, -0.023590656);
        sum = S.Fma(sum, s, 0.024428982);
        sum = S.Fma(sum, s, 0.004222412);
        sum = S.Fma(sum, s, -0.07663958);
        return S.Fma(sum, s, 0.48671615);
    }
}
