using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Swish
{
    static bool IElementwise<Swish>.KeepsDigits => true;

    // Another β x would be rounded before the exponential magnifies its error.
    static bool IElementwise<Swish>.FloatsSuffice(in ParameterSet p) => p.First == 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<Swish>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatGates.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (L Value, L Derivative) IElementwise<Swish>.ForwardAndDerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        L z = p[0] * x;
        (L gate, L derivative) = L.SigmoidAndDerivative(z);
        return (x * gate, L.NearRoot<SigmoidGateRoot>(z, L.Fma(z, derivative, gate)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (S Value, S Derivative) IElementwise<Swish>.ForwardAndDerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.SigmoidGateAndDerivative(p[0] * x);
}
