using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Celu
{
    static bool IElementwise<Celu>.KeepsDigits => true;

    static bool IElementwise<Celu>.DerivativeKeepsDigits => true;

    // The reciprocal as two floats: far out the slope is an exponential, which magnifies what one lacks.
    static ParameterSet IElementwise<Celu>.Prepare(in ParameterSet p) => Softcap.WithReciprocal(p.First);

    static bool IElementwise<Celu>.FloatsSuffice(in ParameterSet p) => p.First is >= 1e-3 and <= 1e3;

    static bool IElementwise<Celu>.DerivativeFromOutputSuitsFloats => true;

    // Near 0 it is x, of which a quotient could lose digits that are subnormal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Celu>.ForwardInFloats<S>(S x, in Parameters<S> p) =>
        S.SelectGreater(x, p[0] * (-1.0 / (1 << 24)), x, p[0] * S.Expm1(p[1] * x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Celu>.DerivativeInFloats<S>(S x, in Parameters<S> p)
    {
        S end = p[0] * FloatElementary.EndOfDecay;
        (S z, S lost) = FloatElementary.Product(p[1], p[2], S.SelectGreater(-x, end, end, -x));
        return S.SelectGreater(x, 0, 1, FloatPower<S>.Decay(S.AtMost(FloatElementary.EndOfDecay, z), lost).Times(1));
    }
}
