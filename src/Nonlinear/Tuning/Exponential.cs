using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Exponential
{
    static bool IElementwise<Exponential>.KeepsDigits => true;

    static bool IElementwise<Exponential>.FloatsSuffice(in ParameterSet p) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Exponential>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatElementary.UnboundedExp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Exponential>.DerivativeInFloats<S>(S x, in Parameters<S> p) => FloatElementary.UnboundedExp(x);
}
