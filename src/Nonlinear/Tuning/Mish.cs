using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Mish
{
    static bool IElementwise<Mish>.KeepsDigits => true;

    static bool IElementwise<Mish>.FloatsSuffice(in ParameterSet p) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Mish>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatGates.TanhSoftplus(x);
}
