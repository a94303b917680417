using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Softcap
{
    static bool IElementwise<Softcap>.KeepsDigits => true;

    static bool IElementwise<Softcap>.FloatsSuffice(in ParameterSet p) => p.First is >= 1e-3 and <= 1e6;

    // The slope is an exponential far out, which magnifies the error of a rounded quotient.
    static bool IElementwise<Softcap>.DerivativeFloatsSuffice(in ParameterSet p) => false;

    // Near 0 it is x, of which a quotient could lose digits that are subnormal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Softcap>.ForwardInFloats<S>(S x, in Parameters<S> p) =>
        S.SelectGreater(p[0] * (1.0 / (1 << 13)), S.Abs(x), x, p[0] * S.Tanh(x / p[0]));
}
