using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ClippedGelu
{
    static bool IElementwise<ClippedGelu>.FloatsSuffice(in ParameterSet p) => p.AreFloats;

    // Where GELU, computed, is on the other side of a bound than the exact one, the slope would be another. From 6 on it is x, and a bound
    // below its minimum is never reached.
    static bool IElementwise<ClippedGelu>.DerivativeFloatsSuffice(in ParameterSet p) =>
        p.AreFloats && p.First <= -0.2 && p.Second >= 6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<ClippedGelu>.ForwardInFloats<S>(S x, in Parameters<S> p) => S.Min(S.Max(FloatGates.Normal(x), p[0]), p[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<ClippedGelu>.DerivativeInFloats<S>(S x, in Parameters<S> p) =>
        S.SelectGreater(FloatGates.Normal(x), p[1], 0, FloatDerivatives.NormalGate(x));

    // The normal law and its density share an exponential.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IElementwise<ClippedGelu>.DerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        (L cdf, L pdf) = L.NormalCdfAndPdf(x);
        L gelu = x * cdf, slope = L.NearRoot<NormalGateRoot>(x, L.Fma(x, pdf, cdf));
        return L.SelectGreater(gelu, p[1], 0, L.SelectGreater(p[0], gelu, 0, slope));
    }
}
