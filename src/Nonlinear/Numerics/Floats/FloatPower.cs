using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>A power of e as (1 + p) · 2ᵏ, |p| ≤ 0.42. The power of 2 is held 2⁶⁴ times as large, which keeps it a normal number.</summary>
internal readonly struct FloatPower<S>
    where S : struct, IReal<S>, IFloatLanes<S>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The exponent by which a power is held too large.</summary>
    public const float Up = 64;

    /// <summary>2⁶⁴ and its inverse.</summary>
    public const float Raise = PowersOfTwo.Plus64, Lower = 1 / Raise;

    public const float UpRounder = FloatElementary.Rounder + Up;

    private readonly S _p, _scale;

    [MethodImpl(Inline)] private FloatPower(S r, S shifted)
    {
        S square = r * r;
        (_p, _scale) = (S.Fma(Series(r, square), square, r), S.PowerOfTwo(shifted));
    }

    /// <summary>e⁻ᵃ for -20 ≤ a ≤ 110</summary>
    [MethodImpl(Inline)] public static FloatPower<S> Decay(S a)
    {
        S shifted = S.Fma(a, -FloatConstants.Log2E, UpRounder), k = shifted - UpRounder;
        return new(S.Fma(k, -FloatConstants.Ln2Low, S.Fms(k, -FloatConstants.Ln2High, a)), shifted);
    }

    /// <summary>The same of a sum of two numbers.</summary>
    [MethodImpl(Inline)] public static FloatPower<S> Decay(S a, S low)
    {
        S shifted = S.Fma(a, -FloatConstants.Log2E, UpRounder), k = shifted - UpRounder;
        return new(S.Fms(k, -FloatConstants.Ln2High, a) - S.Fma(k, FloatConstants.Ln2Low, low), shifted);
    }

    /// <summary>eˣ 2⁻ᵐ, with <see cref="UpRounder"/> - m for the rounder.</summary>
    [MethodImpl(Inline)] public static FloatPower<S> TimesPowerOfTwo(S x, S rounder)
    {
        S shifted = S.Fma(x, FloatConstants.Log2E, rounder), k = shifted - rounder;
        return new(S.Fma(k, -FloatConstants.Ln2Low, S.Fma(k, -FloatConstants.Ln2High, x)), shifted);
    }

    /// <summary>The factor times the power.</summary>
    [MethodImpl(Inline)] public S Times(S factor) => TimesLowered(factor) * Lower;

    /// <summary>The power times a factor that is held 2⁶⁴ times too small.</summary>
    [MethodImpl(Inline)] public S TimesLowered(S factor)
    {
        S scaled = factor * _scale;
        return S.Fma(_p, scaled, scaled);
    }

    /// <summary>The power held 2⁶⁴ times as large, which is never subnormal, and as it is, coarse where it is subnormal.</summary>
    [MethodImpl(Inline)] public S Raised(out S power)
    {
        S raised = S.Fma(_p, _scale, _scale);
        power = raised * Lower;
        return raised;
    }

    /// <summary>(e^r - 1 - r) / r² on |r| ≤ log(2) / 2.</summary>
    [MethodImpl(Inline)] public static S Series(S r, S square) =>
        S.Fma(
            S.Fma(FloatExpSeries.C4, square, S.Fma(FloatExpSeries.C3, r, FloatExpSeries.C2)),
            square,
            S.Fma(FloatExpSeries.C1, r, FloatExpSeries.C0));
}
