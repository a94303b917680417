using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The slopes, over lanes of floats, of what <see cref="SingleElementary"/> has: those that the fast tier needs.</summary>
/// <remarks>
/// Where the terms of a slope cancel, about its zero, it is a series in the distance from the zero; the zero is the sum of two floats. Each series is minimax,
/// relative error 2⁻²⁴.
/// </remarks>
internal static class SingleSlopes
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>σ′(x) = e / (1 + e)², with e = e^-|x|.</summary>
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S raised = SinglePower<S>.Decay(S.AtMost(SingleElementary.EndOfDecay, S.Abs(x))).Raised(out S e);
        return raised / S.Fma(raised, e + 2, SinglePower<S>.Raise);
    }

    /// <summary>tanh′(x) = 4 σ′(2x)</summary>
    [MethodImpl(Inline)] public static S Tanh<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S raised = SinglePower<S>.Decay(S.AtMost(SingleElementary.EndOfDecay, S.Abs(x + x))).Raised(out S e);
        return 4 * raised / S.Fma(raised, e + 2, SinglePower<S>.Raise);
    }

    /// <summary>(x σ(x))′</summary>
    [MethodImpl(Inline)] public static S SigmoidGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(SingleElementary.EndOfDecay, S.Abs(x)), d = Distance(x, -1.27846456f, 1.29792825e-08f);
        S series = S.Fma(S.Fma(S.Fma(S.Fma(-0.0065715611f, d, -0.015216805f), d, 0.0188745074f), d, 0.14664875f), d, 0.217811704f);
        return NearZero(d, -0.1875f, 0.1875f, series, Gate(x, SinglePower<S>.Decay(t), 1 - t, default));
    }

    /// <summary>(x σ(2k (x + c x³)))′ for the k and c of GELU (tanh).</summary>
    [MethodImpl(Inline)] public static S CubicSigmoidGate<S>(S x, double k, double c)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(SingleElementary.EndOfCubic, S.Abs(x)), square = t * t, d = Distance(x, -0.752461433f, 1.13396279e-08f);
        S z = SingleElementary.CubicArgument(t, square, k, c, out S low);
        S series = S.Fma(S.Fma(S.Fma(S.Fma(S.Fma(0.0199861173f, d, -0.0162684750f), d, -0.113961749f), d, -0.0157887824f), d, 0.387518585f), d, 0.430400103f);
        return NearZero(d, -0.2f, 0.243f, series, Gate(x, SinglePower<S>.Decay(z, low), 1 - z, S.Fma(4 * k * c * square, t, low)));
    }

    // For z(x) odd, with t = |x|, e = e^-z(t) and w = 1 - t z′(t), the sum of two floats: e (w + e) / (1 + e)² below 0, above it 1 less this.
    [MethodImpl(Inline)] private static S Gate<S>(S x, in SinglePower<S> decay, S w, S less)
        where S : struct, IReal<S>, ISingles<S>
    {
        S raised = decay.Raised(out S e), below = raised * (w + (e - less)) / S.Fma(raised, e + 2, SinglePower<S>.Raise);
        return S.SelectGreater(0, x, below, 1 - below);
    }

    // With e = eˣ: e (4 + 4x + e (6 + 4x + e (4 + e))) / (4 + e (8 + e (8 + e (4 + e)))), which is 1 from 11 on.
    /// <summary>(x tanh(log(1 + eˣ)))′</summary>
    [MethodImpl(Inline)] public static S TanhSoftplusGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S bounded = S.AtMost(11, S.AtLeast(-SingleElementary.EndOfDecay, x)), d = Distance(x, -1.19243121f, -3.04393755e-09f);
        SinglePower<S> growth = SinglePower<S>.Decay(-bounded);
        S raised = growth.Raised(out S e), plus4 = e + 4, fourfold = 4 * bounded;
        S numerator = S.Fma(e, S.Fma(e, plus4, fourfold + 6), fourfold + 4), denominator = S.Fma(e, S.Fma(e, plus4, 8), 8);
        S series = S.Fma(S.Fma(S.Fma(S.Fma(S.Fma(-0.00325788674f, d, -0.0157149229f), d, -0.0202748198f), d, 0.0419052057f), d, 0.204731286f), d, 0.266947925f);
        return NearZero(d, -0.25f, 0.25f, series, raised * numerator / S.Fma(raised, denominator, 4 * SinglePower<S>.Raise));
    }

    // With t = |x|: Φ(-t) - t φ(t) below 0, above it 1 less this. The difference of two products is rounded once; what they and u lost is added to it.
    /// <summary>(x Φ(x))′</summary>
    [MethodImpl(Inline)] public static S NormalGate<S>(S x)
        where S : struct, IReal<S>, ISingles<S>
    {
        S t = S.AtMost(SingleElementary.EndOfTail, S.Abs(x)), u = TailArgument(t, out S lost), d = Distance(x, -0.751791537f, 1.21144499e-08f);
        const float unit = SinglePower<S>.Lower, density = 0.398942292f * unit, densityLow = 1.13397014e-08f * unit;
        S product = t * density, productLow = S.Fnma(t, densityLow, S.Fms(t, density, product)), uLow = lost * S.Fma(u, S.Fma(u, 6.11f * unit, -3.98f * unit), 0.74f * unit);
        S below = SingleElementary.Density(t, out _).TimesLowered(S.Fms(u, TailFactor(u), product) + (uLow - productLow));
        S series = S.Fma(S.Fma(S.Fma(S.Fma(S.Fma(0.0196839441f, d, -0.0144769369f), d, -0.114023194f), d, -0.0182043295f), d, 0.3882851f), d, 0.431493998f);
        return NearZero(d, -0.2f, 0.243f, series, S.SelectGreater(0, x, below, 1 - below));
    }

    // u = 2.5 / (t + 4), and what it lost in rounding.
    [MethodImpl(Inline)] private static S TailArgument<S>(S t, out S lost)
        where S : struct, IReal<S>, ISingles<S>
    {
        S sum = t + 4, u = 2.5 / sum;
        lost = S.Fnma(u, t - (sum - 4), S.Fnma(u, sum, 2.5));
        return u;
    }

    // e^(t²/2) Φ(-t) / u · 2⁻⁶⁴, a factor that varies slowly: minimax, relative error 2⁻²⁷. By Horner's rule: what is added last is largest.
    [MethodImpl(Inline)] private static S TailFactor<S>(S u)
        where S : struct, IReal<S>, ISingles<S>
    {
        const float unit = SinglePower<S>.Lower;
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

    // Exact to two floats next to the zero.
    [MethodImpl(Inline)] private static S Distance<S>(S x, float zero, float zeroLow)
        where S : struct, IReal<S>, ISingles<S> => x - zero - zeroLow;

    // The series where it reaches, from one distance to another.
    [MethodImpl(Inline)] private static S NearZero<S>(S distance, float from, float to, S series, S elsewhere)
        where S : struct, IReal<S>, ISingles<S> => S.SelectGreater((to - from) / 2, S.Abs(distance - (from + to) / 2), distance * series, elsewhere);
}
