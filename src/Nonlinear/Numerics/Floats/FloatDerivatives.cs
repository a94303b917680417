using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The derivatives, over lanes of floats, of what <see cref="FloatElementary"/> has: those that the fast tier needs.</summary>
/// <remarks>
/// Where the terms of a derivative cancel, about its zero, it is a series in the distance from the zero; the zero is the sum of two floats.
/// </remarks>
internal static class FloatDerivatives
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>σ′(x) = e / (1 + e)², with e = e^-|x|.</summary>
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, S.Abs(x))).Raised(out S e);
        return raised / S.Fma(raised, e + 2, FloatPower<S>.Raise);
    }

    /// <summary>tanh′(x) = 4 σ′(2x)</summary>
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, S.Abs(x + x))).Raised(out S e);
        return 4 * raised / S.Fma(raised, e + 2, FloatPower<S>.Raise);
    }

    /// <summary>factor · tanh′(steepness · x), for a steepness from 0.001 to 1000 that is the sum of two floats.</summary>
    [MethodImpl(Inline)] public static S Tanh<S>(S x, S factor, S steepness, S low)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        (S z, S lost) = FloatElementary.Product(steepness, low, S.Abs(x));
        // Further out nothing is left of the slope, and what z lost may be anything.
        lost = S.SelectGreater(z, FloatElementary.EndOfDecay, 0, lost);
        S raised = FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, z + z), lost + lost).Raised(out S e);
        return 4 * factor * raised / S.Fma(raised, e + 2, FloatPower<S>.Raise);
    }

    /// <summary>σ(x) and σ′(x), with one quotient.</summary>
    [MethodImpl(Inline)] public static (S Value, S Derivative) SigmoidAndDerivative<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, S.Abs(x))).Raised(out _);
        S inverse = 1 / (raised + FloatPower<S>.Raise), below = raised * inverse;
        return (S.SelectGreater(0, x, below, 1 - below), below * (inverse * FloatPower<S>.Raise));
    }

    /// <summary>(x σ(x))′</summary>
    [MethodImpl(Inline)] public static S SigmoidGate<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(FloatElementary.EndOfDecay, S.Abs(x)), d = Distance(x, FloatSiluZero.Zero, FloatSiluZero.ZeroLow);
        return NearZero(d, -0.1875f, 0.1875f, SiluSeries(d), Gate(x, FloatPower<S>.Decay(t), 1 - t, default));
    }

    /// <summary>x σ(x) and (x σ(x))′, with one quotient.</summary>
    [MethodImpl(Inline)] public static (S Value, S Derivative) SigmoidGateAndDerivative<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(FloatElementary.EndOfDecay, S.Abs(x)), d = Distance(x, FloatSiluZero.Zero, FloatSiluZero.ZeroLow);
        (S value, S derivative) = GateAndDerivative(x, t, FloatPower<S>.Decay(t), 1 - t, default);
        return (value, NearZero(d, -0.1875f, 0.1875f, SiluSeries(d), derivative));
    }

    /// <summary>(x σ(βx))′, for a β from 0.5 to 8 that is the sum of two floats.</summary>
    [MethodImpl(Inline)] public static S ScaledSigmoidGate<S>(S x, S beta, S betaLow)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(2 * FloatElementary.EndOfDecay, S.Abs(x)), z = beta * t, lost = S.Fma(betaLow, t, S.Fms(beta, t, z));
        // About the zero, at -1.28, z is subtracted from it exactly.
        S d = -FloatSiluZero.Zero - z - (lost + FloatSiluZero.ZeroLow);
        S bounded = S.AtMost(FloatElementary.EndOfDecay, z);
        return S.SelectGreater(
            S.SelectGreater(0, x, 0.1875, 0),
            S.Abs(d),
            d * SiluSeries(d),
            Gate(x, FloatPower<S>.Decay(bounded, lost), 1 - bounded, lost));
    }

    /// <summary>x σ(βx) and (x σ(βx))′, with one quotient.</summary>
    [MethodImpl(Inline)] public static (S Value, S Derivative) ScaledSigmoidGateAndDerivative<S>(S x, S beta, S betaLow)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(2 * FloatElementary.EndOfDecay, S.Abs(x)), z = beta * t, lost = S.Fma(betaLow, t, S.Fms(beta, t, z));
        S d = -FloatSiluZero.Zero - z - (lost + FloatSiluZero.ZeroLow), bounded = S.AtMost(FloatElementary.EndOfDecay, z);
        (S value, S derivative) = GateAndDerivative(x, t, FloatPower<S>.Decay(bounded, lost), 1 - bounded, lost);
        return (value, S.SelectGreater(S.SelectGreater(0, x, 0.1875, 0), S.Abs(d), d * SiluSeries(d), derivative));
    }

    [MethodImpl(Inline)] private static S SiluSeries<S>(S d)
        where S : struct, IReal<S>, IFloatLanes<S> => S.Fma(
            S.Fma(S.Fma(S.Fma(FloatSiluZero.C4, d, FloatSiluZero.C3), d, FloatSiluZero.C2), d, FloatSiluZero.C1),
            d,
            FloatSiluZero.C0);

    /// <summary>
    /// (x σ(z))′ for z(x) odd, with t = |x|, e = e^-z(t) and w = 1 - t z′(t), the difference of two floats: e (w + e) / (1 + e)² below 0,
    /// above it 1 less this.
    /// </summary>
    [MethodImpl(Inline)] public static S Gate<S>(S x, in FloatPower<S> decay, S w, S less)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = decay.Raised(out S e), below = raised * (w + (e - less)) / S.Fma(raised, e + 2, FloatPower<S>.Raise);
        return S.SelectGreater(0, x, below, 1 - below);
    }

    // What the power is held too large by goes last: before, no factor may vanish.
    /// <summary>The same with x σ(z), and one quotient for both.</summary>
    [MethodImpl(Inline)] public static (S Value, S Derivative) GateAndDerivative<S>(S x, S t, in FloatPower<S> decay, S w, S less)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = decay.Raised(out S e), inverse = 1 / (raised + FloatPower<S>.Raise);
        S below = raised * (w + (e - less)) * (inverse * FloatPower<S>.Raise) * inverse;
        return (S.CopySign(S.AtLeast(0, x) - raised * t * inverse, x), S.SelectGreater(0, x, below, 1 - below));
    }

    // With e = e^-|x|: 4e (1 + e) / (2 + 2e + e²)² below 0, above it e times as much over (1 + 2e + 2e²)².
    /// <summary>(tanh(log(1 + eˣ)))′</summary>
    [MethodImpl(Inline)] public static S TanhSoftplus<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, S.Abs(x))).Raised(out S e), square = e * e;
        S denominator = S.SelectGreater(0, x, 2 + 2 * e + square, 1 + 2 * e + 2 * square);
        S numerator = 4 * (1 + e) / (denominator * denominator);
        return S.SelectGreater(0, x, numerator * raised * FloatPower<S>.Lower, numerator * raised * FloatPower<S>.Lower * e);
    }

    /// <summary>Φ′(x) = φ(x), the density of the standard normal law.</summary>
    [MethodImpl(Inline)] public static S NormalCdf<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S> =>
        FloatElementary.Density(S.AtMost(FloatElementary.EndOfTail, S.Abs(x)), out _).Times(FloatConstants.InverseSqrtTwoPi);

    // With e = eˣ: e (4 + 4x + e (6 + 4x + e (4 + e))) / (4 + e (8 + e (8 + e (4 + e)))), which is 1 from 11 on.
    /// <summary>(x tanh(log(1 + eˣ)))′</summary>
    [MethodImpl(Inline)] public static S TanhSoftplusGate<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S bounded = S.AtMost(11, S.AtLeast(-FloatElementary.EndOfDecay, x)), d = Distance(x, FloatMishZero.Zero, FloatMishZero.ZeroLow);
        FloatPower<S> growth = FloatPower<S>.Decay(-bounded);
        S raised = growth.Raised(out S e), plus4 = e + 4, fourfold = 4 * bounded;
        S numerator = S.Fma(e, S.Fma(e, plus4, fourfold + 6), fourfold + 4), denominator = S.Fma(e, S.Fma(e, plus4, 8), 8);
        S series = S.Fma(
            S.Fma(
                S.Fma(S.Fma(S.Fma(FloatMishZero.C5, d, FloatMishZero.C4), d, FloatMishZero.C3), d, FloatMishZero.C2),
                d,
                FloatMishZero.C1),
            d,
            FloatMishZero.C0);
        return NearZero(d, -0.25f, 0.25f, series, raised * numerator / S.Fma(raised, denominator, 4 * FloatPower<S>.Raise));
    }

    // With t = |x|: Φ(-t) - t φ(t) below 0, above it 1 less this. The difference of two products is rounded once; what they and u lost is
    // added to it.
    /// <summary>(x Φ(x))′</summary>
    [MethodImpl(Inline)] public static S NormalGate<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S> => NormalGateAndDerivative(x).Derivative;

    /// <summary>x Φ(x) and (x Φ(x))′, with one quotient.</summary>
    [MethodImpl(Inline)] public static (S Value, S Derivative) NormalGateAndDerivative<S>(S x)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(FloatElementary.EndOfTail, S.Abs(x)), u = FloatNormalTail.Argument(t, out S lost);
        S d = Distance(x, FloatGeluZero.Zero, FloatGeluZero.ZeroLow);
        const float unit = FloatPower<S>.Lower, density = FloatConstants.InverseSqrtTwoPi * unit;
        const float densityLow = -FloatConstants.InverseSqrtTwoPiLow * unit;
        S product = t * density, productLow = S.Fnma(t, densityLow, S.Fms(t, density, product));
        S uLow = lost * S.Fma(u, S.Fma(u, 6.11f * unit, -3.98f * unit), 0.74f * unit);
        FloatPower<S> power = FloatElementary.Density(t, out _);
        S factor = FloatNormalTail.Factor(u), below = power.TimesLowered(S.Fms(u, factor, product) + (uLow - productLow));
        S series = S.Fma(
            S.Fma(
                S.Fma(S.Fma(S.Fma(FloatGeluZero.C5, d, FloatGeluZero.C4), d, FloatGeluZero.C3), d, FloatGeluZero.C2),
                d,
                FloatGeluZero.C1),
            d,
            FloatGeluZero.C0);
        return (
            S.CopySign(S.AtLeast(0, x) - power.Raised(out _) * t * (u * factor), x),
            NearZero(d, -0.2f, 0.243f, series, S.SelectGreater(0, x, below, 1 - below)));
    }

    // Exact to two floats next to the zero.
    [MethodImpl(Inline)] public static S Distance<S>(S x, float zero, float zeroLow)
        where S : struct, IReal<S>, IFloatLanes<S> => x - zero - zeroLow;

    // The series where it reaches, from one distance to another.
    [MethodImpl(Inline)] public static S NearZero<S>(S distance, float from, float to, S series, S elsewhere)
        where S : struct, IReal<S>, IFloatLanes<S> =>
            S.SelectGreater((to - from) / 2, S.Abs(distance - (from + to) / 2), distance * series, elsewhere);
}
