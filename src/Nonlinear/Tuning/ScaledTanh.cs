using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ScaledTanh
{
    static bool IElementwise<ScaledTanh>.KeepsDigits => true;

    static bool IElementwise<ScaledTanh>.FloatsSuffice(in ParameterSet p) =>
        p.First is >= 1e-3 and <= 1e3 && p.Second is >= 1e-3 and <= 1e3;

    // The slope is an exponential far out, which magnifies the error of a rounded product.
    static bool IElementwise<ScaledTanh>.DerivativeFloatsSuffice(in ParameterSet p) => false;

    // Near 0 it is αβx, of which a product could lose digits that are subnormal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<ScaledTanh>.ForwardInFloats<S>(S x, in Parameters<S> p)
    {
        S z = p[1] * x;
        return S.SelectGreater(1.0 / (1 << 13), S.Abs(z), p[0] * p[1] * x, p[0] * S.Tanh(z));
    }
}
