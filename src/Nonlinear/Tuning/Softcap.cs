using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Softcap
{
    static bool IElementwise<Softcap>.KeepsDigits => true;

    // The reciprocal as two floats: far out the slope is an exponential, which magnifies what one lacks.
    static ParameterSet IElementwise<Softcap>.Prepare(in ParameterSet p) => WithReciprocal(p.First);

    static bool IElementwise<Softcap>.FloatsSuffice(in ParameterSet p) => p.First is >= 1e-3 and <= 1e6;

    static bool IElementwise<Softcap>.DerivativeFloatsSuffice(in ParameterSet p) => p.First is >= 1e-3 and <= 1e3;

    // Near 0 it is x, of which a quotient could lose digits that are subnormal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Softcap>.ForwardInFloats<S>(S x, in Parameters<S> p) =>
        S.SelectGreater(p[0] * (1.0 / (1 << 13)), S.Abs(x), x, p[0] * S.Tanh(x / p[0]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Softcap>.DerivativeInFloats<S>(S x, in Parameters<S> p) => FloatDerivatives.Tanh(x, 1, p[1], p[2]);

    internal static ParameterSet WithReciprocal(double x) => new([x, 1 / x, (1 / x) - (float)(1 / x)]);
}
