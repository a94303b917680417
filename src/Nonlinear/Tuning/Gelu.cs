using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Gelu
{
    static bool IElementwise<Gelu>.KeepsDigits => true;

    static bool IElementwise<Gelu>.FloatsSuffice(in ParameterSet p) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Gelu>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatGates.Normal(x);
}
