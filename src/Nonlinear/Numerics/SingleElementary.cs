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

    /// <summary>
    /// 1.5 · 2²³ + 16 · 127: rounds a number below 2²² to a whole one and leaves it in the low bits, biased as the exponent of a float is, in sixteenths.
    /// </summary>
    public const float Rounder = 12582912 + (16 * 127);

    private const float SixteenthsPerE = 23.083120346f;

    // log(2) / 16 to 12 bits, so that its product with a whole number of 11 bits is exact; and the rest.
    private const float StepHigh = 0.0433197021484375f, StepLow = 1.9966364561696537e-06f;

    private const float LargestExponent = 88, SmallestExponent = -87;

    [MethodImpl(Inline)] public static S Exp<S>(S x)
        where S : struct, IReal<S>, ISingles<S> => Bounded(x, LargestExponent).Exp;

    [MethodImpl(Inline)] public static S Expm1<S>(S x)
        where S : struct, IReal<S>, ISingles<S> => S.CopySign(Bounded(x, LargestExponent).Expm1, x);

    // Of the magnitude, where the quotient dampens the error of the exponential instead of raising it.
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        Power<S> power = new(S.AtMost(20, 2 * S.Abs(x)), negate: false);
        S less = power.Scale - 1, m = S.Fma(power.P, power.Scale, less);
        return S.CopySign(OverItselfPlusTwo(m, S.Fma(power.P, power.Scale, less - m)), x);
    }

    // The division is corrected by its remainder, which counts in what the sum in the denominator lost.
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        Power<S> power = new(S.AtMost(-SmallestExponent, S.AtLeast(-LargestExponent, x)), negate: true);
        S more = 1 + power.Scale, sum = S.Fma(power.P, power.Scale, more), y = 1 / sum;
        S lost = S.Fma(power.P, power.Scale, more - sum) + (1 - (more - power.Scale));
        return S.Fma(S.Fma(-y, lost, S.Fma(-y, sum, 1)), y, y);
    }

    // With n = eˣ (eˣ + 2): tanh(log(1 + eˣ)) = n / (n + 2). Beyond 20 the value is 1 to every bit.
    [MethodImpl(Inline)] public static S TanhSoftplus<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        Power<S> power = Bounded(x, 20);
        S e = power.Exp, n = S.Fma(e, e, 2 * e);
        S lost = S.Fma(2 * e + 2, S.Fma(power.P, power.Scale, power.Scale - e), S.Fma(e, e, 2 * e - n));
        return OverItselfPlusTwo(n, lost);
    }

    // As over doubles. What the square of t loses in rounding is made good in the exponential, where it would be multiplied.
    [MethodImpl(Inline)] public static S NormalCdf<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost((float)TailEnd, S.Abs(x)), square = t * t, lost = S.Fma(t, t, -square);
        Power<S> power = new(S.AtLeast(SmallestExponent, -0.5 * square), negate: false);
        S gaussian = S.Fma(S.Fma(-0.5 * lost, 1 + power.P, power.P), power.Scale, power.Scale);
        S s = S.Fma(t / (t + TailMiddle), 2 * (TailEnd + TailMiddle) / TailEnd, -1);
        S factor = TailFactor(s), product = gaussian * factor, lostProduct = S.Fms(gaussian, factor, product);
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

    [MethodImpl(Inline)] private static Power<S> Bounded<S>(S x, float largest)
        where S : struct, IReal<S>, ISingles<S> => new(S.AtMost(largest, S.AtLeast(SmallestExponent, x)), negate: false);

    /// <summary>eˣ or e⁻ˣ as (1 + P) · Scale, with Scale a power of the sixteenth root of 2 and P = e^r - 1, |r| ≤ 0.022.</summary>
    private readonly struct Power<S>
        where S : struct, IReal<S>, ISingles<S>
    {
        private readonly S _r, _lost, _square, _series;

        public readonly S Scale;

        [MethodImpl(Inline)] public Power(S x, bool negate)
        {
            S shifted = S.Fma(x, negate ? -SixteenthsPerE : SixteenthsPerE, Rounder), k = shifted - Rounder;
            S exact = negate ? S.Fms(k, -StepHigh, x) : S.Fma(k, -StepHigh, x), low = S.Fma(k, -StepLow, S.SixteenthCorrection(shifted));
            _r = exact + low;
            _lost = low - (_r - exact);
            _square = _r * _r;
            _series = S.Fma(S.Fma(0.0416672778f, _r, 0.16666967f), _r, 0.5f);
            Scale = S.PowerOfSixteenth(shifted);
        }

        public S P
        {
            [MethodImpl(Inline)] get => S.Fma(_series, _square, _r);
        }

        public S Exp
        {
            [MethodImpl(Inline)] get => S.Fma(P, Scale, Scale);
        }

        // Where Scale - 1 and P cancel in part, what they lost would count double.
        public S Expm1
        {
            [MethodImpl(Inline)]
            get
            {
                S less = Scale - 1, lost = Scale - (less + 1);
                return less + S.Fma(Scale, _r, S.Fma(Scale, S.Fma(_series, _square, _lost), lost));
            }
        }
    }

    // (1 + t) e^(t²/2) Φ(-t) in an s that maps t from 0 to 14.5 onto -1 to 1: minimax, relative error 2⁻²⁹. Even and
    // odd powers apart, so that fewer steps wait for each other.
    [MethodImpl(Inline)] private static S TailFactor<S>(S s)
        where S : struct, IReal<S>, ISingles<S>
    {
        S square = s * s;
        S even = S.Fma(1.0442486e-05, square, -9.412023e-05);
        even = S.Fma(even, square, -0.0050364845);
        even = S.Fma(even, square, -0.023590656);
        even = S.Fma(even, square, 0.004222412);
        even = S.Fma(even, square, 0.48671615);
        S odd = S.Fma(-3.9309063e-05, square, 0.001198263);
        odd = S.Fma(odd, square, 0.013279386);
        odd = S.Fma(odd, square, 0.024428982);
        odd = S.Fma(odd, square, -0.07663958);
        return S.Fma(odd, s, even);
    }
}
