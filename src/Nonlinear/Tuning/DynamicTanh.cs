using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct DynamicTanh
{
    // What α lacks to a float: far out the slope is an exponential, which magnifies it.
    static ParameterSet IElementwise<DynamicTanh>.Prepare(in ParameterSet p) =>
        new([p.First, p.Second, p.Third, p.First - (float)p.First]);

    // Where there is a β, digits may cancel.
    static bool IElementwise<DynamicTanh>.FloatsSuffice(in ParameterSet p) =>
        DerivativeFloatsSuffice(p) && p.Third == 0;

    static bool IElementwise<DynamicTanh>.DerivativeFloatsSuffice(in ParameterSet p) => DerivativeFloatsSuffice(p);

    // Where there is nothing but a β of 0, it is what comes out, whatever the sign of the other zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<DynamicTanh>.ForwardInFloats<S>(S x, in Parameters<S> p) =>
        S.SelectGreater(float.Epsilon, S.Abs(x), p[2], FloatElementary.Tanh(x, p[1], p[0]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<DynamicTanh>.DerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.Tanh(x, p[0] * p[1], p[0], p[3]);

    private static bool DerivativeFloatsSuffice(in ParameterSet p) =>
        p.First is >= 1e-3 and <= 1e3 && Math.Abs(p.Second) is >= 1e-3 and <= 1e3;
}
