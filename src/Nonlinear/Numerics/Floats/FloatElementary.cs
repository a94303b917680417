using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The elementary functions over lanes of floats: those that the fast tier needs.</summary>
/// <remarks>Max error 5 ulp of float, also where results are subnormal; NaN → NaN.</remarks>
internal static class FloatElementary
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>
    /// 1.5 · 2²³ + 127: rounds a number below 2²² to a whole one and leaves it in the low bits, biased as the exponent of a float is.
    /// </summary>
    public const float Rounder = (3 << 22) + 127;

    /// <summary>e⁻¹¹⁰ times 110 is no float any more.</summary>
    public const float EndOfDecay = 110;

    /// <summary>Where t Φ(-t) is no float any more.</summary>
    public const float EndOfTail = 14.5f;

    /// <summary>eˣ up to x = 20; from there on anything.</summary>
    [MethodImpl(Inline)] public static S Exp<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S> => FloatPower<S>.Decay(-S.AtLeast(-EndOfDecay, x)).Times(1);

    /// <summary>eˣ, to where it overflows.</summary>
    [MethodImpl(Inline)] public static S UnboundedExp<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S bounded = S.AtMost(EndOfDecay, S.AtLeast(-EndOfDecay, x));
        S rounder = S.SelectGreater(x, 0, Rounder - FloatPower<S>.Up, FloatPower<S>.UpRounder);
        S scale = S.SelectGreater(x, 0, FloatPower<S>.Raise, FloatPower<S>.Lower);
        return FloatPower<S>.TimesPowerOfTwo(bounded, rounder).TimesLowered(1) * scale;
    }

    // Without cancellation either side of 0: e^-|x| is never above 1, and held 2⁶⁴ times as large.
    /// <summary>log(1 + eˣ)</summary>
    [MethodImpl(Inline)] public static S Softplus<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(EndOfDecay, S.Abs(x))).Raised(out S e), square = e * e;
        S far = S.Fma(FloatLog1pSeries.C8, square, S.Fma(FloatLog1pSeries.C7, e, FloatLog1pSeries.C6));
        S middle = S.Fma(FloatLog1pSeries.C5, square, S.Fma(FloatLog1pSeries.C4, e, FloatLog1pSeries.C3));
        S near = S.Fma(FloatLog1pSeries.C2, square, S.Fma(FloatLog1pSeries.C1, e, FloatLog1pSeries.C0));
        S cube = square * e, series = S.Fma(S.Fma(far, cube, middle), cube, near);
        return S.Fma(S.Fma(raised * e, series, raised), FloatPower<S>.Lower, S.AtLeast(0, x));
    }

    /// <summary>eˣ - 1 up to x = 10; from there on its relative error grows, to 5 ulp at 88, where it ends.</summary>
    [MethodImpl(Inline)] public static S Expm1<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S bounded = S.AtMost(88, S.AtLeast(-20, x)), shifted = S.Fma(bounded, FloatConstants.Log2E, Rounder);
        S r = S.Fma(shifted - Rounder, -FloatConstants.Ln2, bounded);
        S square = r * r, scale = S.PowerOfTwo(shifted);
        return S.CopySign(S.Fma(S.Fma(FloatPower<S>.Series(r, square), square, r), scale, scale - 1), x);
    }

    // Of the magnitude, where the quotient dampens the error of the exponential instead of raising it: with h = (e²ˣ - 1) / 2 it is h / (h
    // + 1).
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(10, S.Abs(x)), shifted = S.Fma(t, 2 * FloatConstants.Log2E, Rounder - 1);
        S half = S.Fma(shifted - (Rounder - 1), -FloatConstants.Ln2 / 2, t);
        S square = half * half, scale = S.PowerOfTwo(shifted);
        S h = S.Fma(S.Fma(DoubledSeries(half, square), square, half + half), scale, scale - 0.5);
        return S.CopySign(h / (h + 1), x);
    }

    /// <summary>height · tanh(steepness · x), for parameters neither of which is 0 or makes a normal number overflow.</summary>
    [MethodImpl(Inline)] public static S Tanh<S>(S x, S height, S steepness)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S z = steepness * x;
        // Near 0 it is a straight line, and z could lose digits that are subnormal.
        return S.SelectGreater(1.0 / (1 << 13), S.Abs(z), height * steepness * x, height * Tanh(z));
    }

    /// <summary>a x as the sum of two floats, for an a that is the sum of two.</summary>
    [MethodImpl(Inline)] public static (S High, S Low) Product<S>(S a, S low, S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S high = a * x;
        return (high, S.Fma(low, x, S.Fms(a, x, high)));
    }

    // With e = e^-|x|: e / (1 + e) below 0, 1 less that above.
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(EndOfDecay, S.Abs(x))).Raised(out _), below = raised / (raised + FloatPower<S>.Raise);
        return S.SelectGreater(0, x, below, 1 - below);
    }

    /// <summary>e^(x - max) for x ≤ max, both finite. What the difference loses in rounding is made good.</summary>
    [MethodImpl(Inline)] public static S Decay<S>(S max, S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S below = max - x, back = below - max;
        return FloatPower<S>.Decay(S.AtMost(EndOfDecay, below), max - (below - back) - (x + back)).Times(1);
    }

    /// <summary>e^(-t²/2), and t²/2.</summary>
    [MethodImpl(Inline)] public static FloatPower<S> Density<S>(S t, out S square)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S half = 0.5 * t;
        square = half * t;
        return FloatPower<S>.Decay(square, S.Fms(half, t, square));
    }

    // (e^2r - 1 - 2r) / r² on |r| ≤ log(2) / 4.
    [MethodImpl(Inline)] private static S DoubledSeries<S>(S r, S square)
        where S : struct, IReal<S>, IFloatLanes<S> =>
        S.Fma(
            S.Fma(FloatDoubledExpSeries.C4, square, S.Fma(FloatDoubledExpSeries.C3, r, FloatDoubledExpSeries.C2)),
            square,
            S.Fma(FloatDoubledExpSeries.C1, r, FloatDoubledExpSeries.C0));
}
