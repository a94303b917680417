using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct QuickGelu
{
    static bool IElementwise<QuickGelu>.KeepsDigits => true;

    static bool IElementwise<QuickGelu>.FloatsSuffice(in ParameterSet p) => p.First is >= 0.5 and <= 8;

    // What the float nearest to α leaves: an exponential magnifies it.
    static ParameterSet IElementwise<QuickGelu>.Prepare(in ParameterSet p) => new([p.First, p.First - (float)p.First]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<QuickGelu>.ForwardInFloats<S>(S x, in Parameters<S> p) => FloatGates.ScaledSigmoid(x, p[0], p[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static S IElementwise<QuickGelu>.DerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.ScaledSigmoidGate(x, p[0], p[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (L Value, L Derivative) IElementwise<QuickGelu>.ForwardAndDerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        L z = p[0] * x;
        (L gate, L derivative) = L.SigmoidAndDerivative(z);
        return (x * gate, L.NearRoot<SigmoidGateRoot>(z, L.Fma(z, derivative, gate)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (S Value, S Derivative) IElementwise<QuickGelu>.ForwardAndDerivativeInFloats<S>(S x, in Parameters<S> p) =>
        FloatDerivatives.ScaledSigmoidGateAndDerivative(x, p[0], p[1]);
}
