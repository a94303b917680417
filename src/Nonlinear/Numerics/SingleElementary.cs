using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over lanes of floats, and products of x with them: those that the fast tier needs.</summary>
/// <remarks>
/// Max error 5 ulp of float, 6 for <see cref="NormalGate"/>, also where results are subnormal; NaN → NaN.
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

    // Of the magnitude, where the quotient dampens the error of the exponential instead of raising it: with h = (e²ˣ - 1) / 2 it is h / (h + 1).
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(10, S.Abs(x)), shifted = S.Fma(t, 2 * Log2E, Rounder - 1), half = S.Fma(shifted - (Rounder - 1), -Ln2 / 2, t);
        S square = half * half, scale = S.PowerOfTwo(shifted), h = S.Fma(S.Fma(DoubledSeries(half, square), square, half + half), scale, scale - 0.5);
        return S.CopySign(h / (h + 1), x);
    }

    // With e = e^-|x|: e / (1 + e) below 0, 1 less that above.
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S raised = SinglePower<S>.Decay(S.AtMost(EndOfDecay, S.Abs(x))).Raised(out _), below = raised / (raised + SinglePower<S>.Raise);
        return S.SelectGreater(0, x, below, 1 - below);
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
        return SigmoidGate(x, t, SinglePower<S>.Decay(t));
    }

    /// <summary>x σ(2k (x + c x³))</summary>
    [MethodImpl(Inline)] public static S CubicSigmoidGate<S>(S x, double k, double c)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(EndOfCubic, S.Abs(x));
        S z = CubicArgument(t, t * t, k, c, out S low);
        return SigmoidGate(x, t, SinglePower<S>.Decay(z, low));
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

    // x - |x| e / (1 + e), or -|x| e / (1 + e).
    [MethodImpl(Inline)] private static S SigmoidGate<S>(S x, S t, in SinglePower<S> decay)
        where S : struct, IReal<S>, ISingles<S>
    {
        S raised = decay.Raised(out _), tail = raised * t / (raised + SinglePower<S>.Raise);
        return S.CopySign(S.AtLeast(0, x) - tail, x);
    }

    // With e = eˣ and n = e (e + 2): x n / (n + 2), which above 20 is x.
    /// <summary>x tanh(log(1 + eˣ))</summary>
    [MethodImpl(Inline)] public static S TanhSoftplusGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S bounded = S.AtMost(20, S.AtLeast(-EndOfDecay, x)), n = SinglePower<S>.Decay(-bounded).Raised(out S e) * (e + 2);
        return S.SelectGreater(x, 20, x, n * bounded / (n + 2 * SinglePower<S>.Raise));
    }

    // x - |x| Φ(-|x|), or -|x| Φ(-|x|). The tail Φ(-t) is e^(-t²/2) times a quotient of polynomials: minimax, relative error 2⁻²⁷. Even and odd powers apart, with
    // t²/2 for both: what it lost in rounding cancels in the quotient.
    /// <summary>x Φ(x)</summary>
    [MethodImpl(Inline)] public static S NormalGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        const float unit = SinglePower<S>.Raise;
        S t = S.AtMost(EndOfTail, S.Abs(x)), raised = Density(t, out S z).Raised(out _);
        S even = S.Fma(S.Fma(4 * 0.004380411f, z, 2 * 0.194992185f), z, 0.532083333f), odd = S.Fma(2 * 0.0432403386f, z, 0.466418147f);
        S evenBelow = S.Fma(S.Fma(4 * unit * 0.108394317f, z, 2 * unit * 1.27966154f), z, unit * 1.06416667f);
        S oddBelow = S.Fma(S.Fma(4 * unit * 0.0109799346f, z, 2 * unit * 0.499593556f), z, unit * 1.78191888f);
        return S.CopySign(S.AtLeast(0, x) - raised * t * S.Fma(odd, t, even) / S.Fma(oddBelow, t, evenBelow), x);
    }

    /// <summary>e^(-t²/2), and t²/2.</summary>
    [MethodImpl(Inline)] public static SinglePower<S> Density<S>(S t, out S square)
        where S : struct, IReal<S>, ISingles<S>
    {
        S half = 0.5 * t;
        square = half * t;
        return SinglePower<S>.Decay(square, S.Fms(half, t, square));
    }

    // (e^2r - 1 - 2r) / r² on |r| ≤ log(2) / 4: minimax, relative error 2⁻²⁶ of e^2r - 1.
    [MethodImpl(Inline)] private static S DoubledSeries<S>(S r, S square)
        where S : struct, IReal<S>, ISingles<S> =>
        S.Fma(S.Fma(0.088737108f, square, S.Fma(0.26773542f, r, 0.66667998f)), square, S.Fma(1.33332336f, r, 1.99999988f));
}
