using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Softplus
{
    static bool IElementwise<Softplus>.KeepsDigits => true;

    static bool IElementwise<Softplus>.DerivativeKeepsDigits => true;

    // Another βx would be rounded before the exponential magnifies its error.
    static bool IElementwise<Softplus>.FloatsSuffice(in ParameterSet p) => p.First == 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Softplus>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatElementary.Softplus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Softplus>.DerivativeInFloats<S>(S x, in Parameters<S> p) => S.Sigmoid(x);
}
