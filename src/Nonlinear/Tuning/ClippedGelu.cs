using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ClippedGelu
{
    static bool IElementwise<ClippedGelu>.FloatsSuffice(in ParameterSet p) => p.AreFloats;

    // Where GELU, computed, is on the other side of a bound than the exact one, the slope would be another: only the function by floats.
    static bool IElementwise<ClippedGelu>.DerivativeFloatsSuffice(in ParameterSet p) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<ClippedGelu>.ForwardInFloats<S>(S x, in Parameters<S> p) => S.Min(S.Max(FloatGates.Normal(x), p[0]), p[1]);
}
