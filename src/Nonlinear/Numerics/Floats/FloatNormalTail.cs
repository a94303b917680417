using System.Runtime.CompilerServices;

namespace Nonlinear.Numerics;

/// <summary>
/// The tail of the standard normal law, Φ(-t), over lanes of floats, as e^(-t²/2) times a quotient of polynomials, or times u times a
/// polynomial in u: what GELU and its derivative are below 0.
/// </summary>
internal static class FloatNormalTail
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Even and odd powers apart, with t²/2 for both: what it lost in rounding cancels in the quotient.
    /// <summary>The numerator of e^(t²/2) Φ(-t) as a quotient of polynomials in t, from t and t²/2.</summary>
    [MethodImpl(Inline)] public static S Numerator<S>(S t, S half)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S even = S.Fma(S.Fma(4 * FloatTailQuotient.N4, half, 2 * FloatTailQuotient.N2), half, FloatTailQuotient.N0);
        S odd = S.Fma(2 * FloatTailQuotient.N3, half, FloatTailQuotient.N1);
        return S.Fma(odd, t, even);
    }

    /// <summary>Its denominator, times a unit.</summary>
    [MethodImpl(Inline)] public static S Denominator<S>(S t, S half, float unit)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S even = S.Fma(S.Fma(4 * unit * FloatTailQuotient.D4, half, 2 * unit * FloatTailQuotient.D2), half, unit * FloatTailQuotient.D0);
        S odd = S.Fma(S.Fma(4 * unit * FloatTailQuotient.D5, half, 2 * unit * FloatTailQuotient.D3), half, unit * FloatTailQuotient.D1);
        return S.Fma(odd, t, even);
    }

    /// <summary>u = 2.5 / (t + 4), and what it lost in rounding.</summary>
    [MethodImpl(Inline)] public static S Argument<S>(S t, out S lost)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        S sum = t + 4, u = 2.5 / sum;
        lost = S.Fnma(u, t - (sum - 4), S.Fnma(u, sum, 2.5));
        return u;
    }

    // By Horner's rule: what is added last is largest.
    /// <summary>e^(t²/2) Φ(-t) / u · 2⁻⁶⁴, a factor that varies slowly.</summary>
    [MethodImpl(Inline)] public static S Factor<S>(S u)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        const float unit = FloatPower<S>.Lower;
        S sum = S.Fma(FloatTailFactor.C9 * unit, u, FloatTailFactor.C8 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C7 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C6 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C5 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C4 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C3 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C2 * unit);
        sum = S.Fma(sum, u, FloatTailFactor.C1 * unit);
        return S.Fma(sum, u, FloatTailFactor.C0 * unit);
    }
}
