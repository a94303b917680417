using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over lanes of floats, and products of x with them: those that the fast tier needs.</summary>
/// <remarks>
/// Max error 2 ulp of float, 4 for <see cref="NormalGate"/>, where results are subnormal as well; NaN → NaN.
/// A product is a function of its own because its factor may be too small for a float where the product is not.
/// </remarks>
internal static class SingleElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>1.5 · 2²³ + 127: rounds a number below 2²² to a whole one and leaves it in the low bits, biased as the exponent of a float is.</summary>
    public const float Rounder = 12582912 + 127;

    /// <summary>log₂(e)</summary>
    public const float Log2E = 1.44269504f;

    private const float Ln2 = 0.693147182f;

    /// <summary>e⁻¹¹⁰ times 110 is no float any more.</summary>
    public const float EndOfDecay = 110;

    /// <summary>Where GELU (tanh) ends, and its gate is below e⁻¹¹⁰.</summary>
    public const float EndOfCubic = 11;

    /// <summary>Where t Φ(-t) is no float any more.</summary>
    public const float EndOfTail = 14.5f;

    /// <summary>eˣ up to x = 20; from there on anything.</summary>
    [MethodImpl(Inline)] public static S Exp<S>(S x)
        where S : struct, IReal<S>, ISingles<S> => SinglePower<S>.Decay(-S.AtLeast(-EndOfDecay, x)).Times(1);

    /// <summary>eˣ - 1 up to x = 10; from there on its relative error grows, to 5 ulp at 88, where it ends.</summary>
    [MethodImpl(Inline)] public static S Expm1<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S bounded = S.AtMost(88, S.AtLeast(-20, x)), shifted = S.Fma(bounded, Log2E, Rounder), r = S.Fma(shifted - Rounder, -Ln2, bounded);
        S square = r * r, scale = S.PowerOfTwo(shifted);
        return S.CopySign(S.Fma(S.Fma(SinglePower<S>.Series(r, square), square, r), scale, scale - 1), x);
    }

    // Of the magnitude, where the quotient dampens the error of the exponential instead of raising it. With h = (e²ˣ - 1) / 2 it is h / (h + 1); where h is
    // small, what the sum loses would count in full, and h - h · that does not.
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(10, S.Abs(x)), shifted = S.Fma(t, 2 * Log2E, Rounder - 1), half = S.Fma(shifted - (Rounder - 1), -Ln2 / 2, t);
        S square = half * half, scale = S.PowerOfTwo(shifted), h = S.Fma(S.Fma(DoubledSeries(half, square), square, half + half), scale, scale - 0.5);
        S quotient = h / (h + 1);
        return S.CopySign(S.SelectLess(h, 0.7, S.Fnma(h, quotient, h), quotient), x);
    }

    // With e = e^-|x|: 1 - e / (1 + e), or e - e · e / (1 + e).
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        SinglePower<S> decay = SinglePower<S>.Decay(S.AtMost(EndOfDecay, S.Abs(x)));
        S e = decay.Times(1), limit = S.SelectLess(x, 0, e, 1);
        return S.Fnma(limit, e / (1 + e), limit);
    }

    /// <summary>e^(x - max) for x ≤ max, both finite. What the difference loses in rounding is made good.</summary>
    [MethodImpl(Inline)] public static S Decay<S>(S max, S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S below = max - x, back = below - max;
        return SinglePower<S>.Decay(S.AtMost(EndOfDecay, below), max - (below - back) - (x + back)).Times(1);
    }

    /// <summary>eˣ 2⁻ᵐ for a whole number m near x log₂(e) or up to 160 above it, and |x| ≤ 175.</summary>
    [MethodImpl(Inline)] public static S ScaledExp<S>(S x, float m)
        where S : struct, IReal<S>, ISingles<S> => SinglePower<S>.Scaled(x, SinglePower<S>.UpRounder - m).Times(1);

    /// <summary>x σ(x)</summary>
    [MethodImpl(Inline)] public static S SigmoidGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(EndOfDecay, S.Abs(x));
        return SigmoidGate(x, t, SinglePower<S>.Decay(t), -0.9f);
    }

    /// <summary>x σ(2k (x + c x³))</summary>
    [MethodImpl(Inline)] public static S CubicSigmoidGate<S>(S x, double k, double c)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(EndOfCubic, S.Abs(x));
        S z = CubicArgument(t, t * t, k, c, out S low);
        return SigmoidGate(x, t, SinglePower<S>.Decay(z, low), -0.5f);
    }

    // For an exponential, which multiplies the error of its argument by its size. Of the terms' sum a coarse part is exact: k + c x² in whole numbers of 2⁻¹⁶.
    /// <summary>2k (t + c t³) as the sum of two floats, for 0 ≤ t ≤ <see cref="EndOfCubic"/></summary>
    [MethodImpl(Inline)] public static S CubicArgument<S>(S t, S square, double k, double c, out S low)
        where S : struct, IReal<S>, ISingles<S>
    {
        const float grain = 192;
        double linear = 2 * k, cubic = linear * c;
        float coarse = (float)(linear + grain) - grain, cubicHigh = (float)cubic, cubicLow = (float)(cubic - cubicHigh), rest = (float)(linear - coarse);
        S lost = S.Fms(t, t, square), factor = S.Fma(cubicHigh, square, grain) - (grain - coarse);
        S factorLow = S.Fma(cubicHigh, lost, S.Fma(cubicLow, square, rest) + S.Fma(cubicHigh, square, coarse - factor));
        S z = t * factor;
        low = S.Fma(t, factorLow, S.Fms(t, factor, z));
        return z;
    }

    // |x| / (1 + e) above 0, |x| e / (1 + e) shortly below it; further below, where e is small, the error of |x| e - |x| e · e / (1 + e) is.
    [MethodImpl(Inline)] private static S SigmoidGate<S>(S x, S t, in SinglePower<S> decay, float far)
        where S : struct, IReal<S>, ISingles<S>
    {
        S e = decay.Exp(out S onePlus), limit = S.SelectLess(x, 0, decay.Times(t), S.Abs(x));
        S quotient = S.SelectLess(x, far, e, limit) / onePlus;
        return S.CopySign(S.SelectLess(x, far, S.Fnma(limit, quotient, limit), quotient), x);
    }

    // With e = eˣ and n = e (e + 2): x n / (n + 2), the sums and the quotient corrected by what they lost. Below -20 it is x e to every bit, above 20 x.
    /// <summary>x tanh(log(1 + eˣ))</summary>
    [MethodImpl(Inline)] public static S TanhSoftplusGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S bounded = S.AtMost(20, S.AtLeast(-EndOfDecay, x));
        SinglePower<S> growth = SinglePower<S>.Decay(-bounded);
        S e = growth.ExpInTwo(out S eLow), n = S.Fma(e, e, 2 * e), lost = S.Fma(2 * e + 2, eLow, S.Fma(e, e, 2 * e - n));
        S inverse = 1 / (n + 2), quotient = n * inverse, remainder = S.Fnma(quotient, n, S.Fma(-2, quotient, n));
        S gate = S.Fma(S.Fma(lost, 1 - quotient, remainder), inverse, quotient);
        return S.SelectLess(x, -20, growth.Times(bounded), x * gate);
    }

    // x - |x| Φ(-|x|), or -|x| Φ(-|x|). What u lost in rounding counts up to thrice, so the exponential makes it good.
    /// <summary>x Φ(x)</summary>
    [MethodImpl(Inline)] public static S NormalGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(EndOfTail, S.Abs(x)), u = TailArgument(t, out S lost);
        SinglePower<S> density = Density(t);
        S product = t * u, factor = TailFactor(u, 1), tail = S.Fma(product, factor, S.Fms(t, u, product) * factor);
        return S.CopySign(S.AtLeast(0, x) - density.Times(tail, S.Fma(lost, S.Fma(u, 1.408f, 0.4f), density.P)), x);
    }

    /// <summary>e^(-t²/2)</summary>
    [MethodImpl(Inline)] public static SinglePower<S> Density<S>(S t)
        where S : struct, IReal<S>, ISingles<S>
    {
        S half = 0.5 * t, square = half * t;
        return SinglePower<S>.Decay(square, S.Fms(half, t, square));
    }

    /// <summary>u = 2.5 / (t + 4), and 2.5 / u - t - 4 in units of u: what it lost in rounding.</summary>
    [MethodImpl(Inline)] public static S TailArgument<S>(S t, out S lost)
        where S : struct, IReal<S>, ISingles<S>
    {
        S sum = t + 4, u = 2.5 / sum;
        lost = S.Fnma(u, t - (sum - 4), S.Fnma(u, sum, 2.5));
        return u;
    }

    // (e^2r - 1 - 2r) / r² on |r| ≤ log(2) / 4: minimax, relative error 2⁻²⁶ of e^2r - 1.
    [MethodImpl(Inline)] private static S DoubledSeries<S>(S r, S square)
        where S : struct, IReal<S>, ISingles<S> =>
        S.Fma(S.Fma(0.088737108f, square, S.Fma(0.26773542f, r, 0.66667998f)), square, S.Fma(1.33332336f, r, 1.99999988f));

    // The tail Φ(-t) is e^(-t²/2) times a factor that varies slowly, a polynomial in u times u: minimax, relative error 2⁻²⁷. By Horner's rule: what is added
    // last is largest.
    /// <summary>e^(t²/2) Φ(-t) / u, times a power of 2.</summary>
    [MethodImpl(Inline)] public static S TailFactor<S>(S u, float unit)
        where S : struct, IReal<S>, ISingles<S>
    {
        S sum = S.Fma(1.85732591f * unit, u, -4.43484688f * unit);
        sum = S.Fma(sum, u, 2.3997488f * unit);
        sum = S.Fma(sum, u, 0.607236385f * unit);
        sum = S.Fma(sum, u, 0.297364175f * unit);
        sum = S.Fma(sum, u, 0.879310906f * unit);
        sum = S.Fma(sum, u, 0.478480726f * unit);
        sum = S.Fma(sum, u, 0.390301377f * unit);
        sum = S.Fma(sum, u, 0.254774749f * unit);
        return S.Fma(sum, u, 0.159594133f * unit);
    }
}
