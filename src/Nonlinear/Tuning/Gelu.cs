using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Gelu
{
    static bool IElementwise<Gelu>.KeepsDigits => true;

    static bool IElementwise<Gelu>.FloatsSuffice(in ParameterSet p) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Gelu>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatGates.Normal(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (L Value, L Derivative) IElementwise<Gelu>.ForwardAndDerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        (L gate, L density) = L.NormalCdfAndPdf(x);
        return (x * gate, L.NearRoot<NormalGateRoot>(x, L.Fma(x, density, gate)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (S Value, S Derivative) IElementwise<Gelu>.ForwardAndDerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.NormalGateAndDerivative(x);
}
