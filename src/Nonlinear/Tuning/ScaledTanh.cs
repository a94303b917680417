using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct ScaledTanh
{
    static bool IElementwise<ScaledTanh>.KeepsDigits => true;

    // What β lacks to a float: far out the slope is an exponential, which magnifies it.
    static ParameterSet IElementwise<ScaledTanh>.Prepare(in ParameterSet p) => new([p.First, p.Second, p.Second - (float)p.Second]);

    static bool IElementwise<ScaledTanh>.FloatsSuffice(in ParameterSet p) =>
        p.First is >= 1e-3 and <= 1e3 && p.Second is >= 1e-3 and <= 1e3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<ScaledTanh>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatElementary.Tanh(x, p[0], p[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<ScaledTanh>.DerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.Tanh(x, p[0] * p[1], p[1], p[2]);
}
