using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>The gates z·σ(z), z·Φ(z), z·tanh(log(1 + eᶻ)) over lanes of floats, and the products x·σ(z) and so on with any x.</summary>
/// <remarks>
/// <para>A product is a function of its own because its factor may be too small for a float where the product is not.</para>
/// <para>Max error 5 ulp of float for the gates, 6 for <see cref="Normal"/>, 8 for the products, each of the z that is given; also where
/// results are subnormal; NaN → NaN.</para>
/// </remarks>
internal static class FloatGates
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>z σ(z)</summary>
    [MethodImpl(Inline)] public static S Sigmoid<S>(S z)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(FloatElementary.EndOfDecay, S.Abs(z));
        return Sigmoid(z, t, FloatPower<S>.Decay(t));
    }

    /// <summary>x σ(βx), for a β from 0.5 to 8 that is the sum of two floats.</summary>
    [MethodImpl(Inline)] public static S ScaledSigmoid<S>(S x, S beta, S betaLow)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(2 * FloatElementary.EndOfDecay, S.Abs(x)), z = beta * t, lost = S.Fma(betaLow, t, S.Fms(beta, t, z));
        return Sigmoid(x, t, FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, z), lost));
    }

    // x - |x| e / (1 + e), or -|x| e / (1 + e).
    /// <summary>x σ(z) from |x| = t and e = e^-|z|, for z of the sign of x.</summary>
    [MethodImpl(Inline)] public static S Sigmoid<S>(S x, S t, in FloatPower<S> decay)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = decay.Raised(out _), tail = raised * t / (raised + FloatPower<S>.Raise);
        return S.CopySign(S.AtLeast(0, x) - tail, x);
    }

    // With e = eᶻ and n = e (e + 2): z n / (n + 2), which above 20 is z.
    /// <summary>z tanh(log(1 + eᶻ))</summary>
    [MethodImpl(Inline)] public static S TanhSoftplus<S>(S z)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S bounded = S.AtMost(20, S.AtLeast(-FloatElementary.EndOfDecay, z));
        S n = FloatPower<S>.Decay(-bounded).Raised(out S e) * (e + 2);
        return S.SelectGreater(z, 20, z, n * bounded / (n + 2 * FloatPower<S>.Raise));
    }

    // z - |z| Φ(-|z|), or -|z| Φ(-|z|).
    /// <summary>z Φ(z)</summary>
    [MethodImpl(Inline)] public static S Normal<S>(S z)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(FloatElementary.EndOfTail, S.Abs(z)), raised = FloatElementary.Density(t, out S half).Raised(out _);
        S numerator = FloatNormalTail.Numerator(t, half), denominator = FloatNormalTail.Denominator(t, half, FloatPower<S>.Raise);
        return S.CopySign(S.AtLeast(0, z) - raised * t * numerator / denominator, z);
    }

    /// <summary>x σ(z)</summary>
    [MethodImpl(Inline)] public static S TimesSigmoid<S>(S x, S z)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = HalfDecay(z, out S e);
        return Times(x, z, raised, raised / (1 + e));
    }

    // With e = e^-|z|: e (2 + e) / (2 + 2e + e²) below 0, and above it 1 less 2e² / (1 + 2e + 2e²).
    /// <summary>x tanh(log(1 + eᶻ))</summary>
    [MethodImpl(Inline)] public static S TimesTanhSoftplus<S>(S x, S z)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = HalfDecay(z, out S e), square = e * e;
        S numerator = S.SelectGreater(0, z, 2 + e, 2 * e), denominator = S.SelectGreater(0, z, 2 + 2 * e + square, 1 + 2 * e + 2 * square);
        return Times(x, z, raised, raised * numerator / denominator);
    }

    /// <summary>x Φ(z)</summary>
    [MethodImpl(Inline)] public static S TimesNormalCdf<S>(S x, S z)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S t = S.AtMost(EndOfNormal, S.Abs(z)), quarter = 0.25 * t, square = quarter * t;
        S raised = FloatPower<S>.Decay(square, S.Fms(quarter, t, square)).Raised(out _), half = square + square;
        return Times(x, z, raised, raised * FloatNormalTail.Numerator(t, half) / FloatNormalTail.Denominator(t, half, 1));
    }

    // e⁻²ᵃ and Φ(-b) times the largest float are no floats any more.
    private const float EndOfHalfDecay = 100, EndOfNormal = 19.75f;

    private const float Huge = 1 << 30, TwoToMinus32 = 1.0f / (1L << 32);

    // e^(-|z|/2), held 2⁶⁴ times as large, and its square, which may vanish.
    [MethodImpl(Inline)] private static S HalfDecay<S>(S z, out S square)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S raised = FloatPower<S>.Decay(S.AtMost(EndOfHalfDecay, 0.5 * S.Abs(z))).Raised(out S power);
        square = power * power;
        return raised;
    }

    // x times a tail below 0, x less that above. The tail is the product of two roots, each held 2⁶⁴ times as large: one by one they do not
    // vanish, and in this order nothing on the way does either, nor does it overflow.
    [MethodImpl(Inline)] private static S Times<S>(S x, S z, S root, S otherRoot)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S size = S.Abs(x);
        S first = S.SelectGreater(size, Huge, size * FloatPower<S>.Lower, size) * root;
        S product = first * TwoToMinus32 * (otherRoot * TwoToMinus32);
        S tail = S.SelectGreater(size, Huge, product, product * FloatPower<S>.Lower);
        return S.CopySign(S.SelectGreater(0, z, tail, size - tail), x);
    }
}
