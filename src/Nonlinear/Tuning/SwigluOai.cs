using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SwigluOai
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // As the sum of two floats, for an exponential magnifies what one leaves; beside the other parameters there is no place for the second,
    // and so floats know this α alone.
    private const float Alpha = (float)UsualAlpha, AlphaLow = (float)(UsualAlpha - Alpha);

    // Where the slope ends floats must be exact, and where the offset cancels the value.
    static bool IGated<SwigluOai>.FloatsSuffice(in ParameterSet p) => p.First == UsualAlpha && p.WithFirst(0).AreFloats;

    static bool IGated<SwigluOai>.DerivativeFloatsSuffice(in ParameterSet p) => p.First == UsualAlpha && p.WithFirst(0).AreFloats;

    static bool IGated<SwigluOai>.DerivativeLosesNaN => true;

    [MethodImpl(Inline)]
    static (L Factor, L Derivative) IGated<SwigluOai>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p)
    {
        L bounded = L.SelectGreater(gate, p[1], p[1], gate), z = p[0] * bounded;
        (L share, L derivative) = L.SigmoidAndDerivative(z);
        L slope = L.NearRoot<SigmoidGateRoot>(z, L.Fma(z, derivative, share));
        return (bounded * share, L.SelectGreater(p[1], gate, slope, 0));
    }

    [MethodImpl(Inline)]
    static S IGated<SwigluOai>.GateInFloats<S>(S gate, in Parameters<S> p) =>
        FloatGates.ScaledSigmoid<S>(S.SelectGreater(gate, p[1], p[1], gate), Alpha, AlphaLow);

    [MethodImpl(Inline)]
    static S IGated<SwigluOai>.GateDerivativeInFloats<S>(S gate, in Parameters<S> p) => GateAndDerivativeInFloats(gate, p).Derivative;

    [MethodImpl(Inline)]
    static (S Factor, S Derivative) IGated<SwigluOai>.GateAndDerivativeInFloats<S>(S gate, in Parameters<S> p) =>
        GateAndDerivativeInFloats(gate, p);

    [MethodImpl(Inline)]
    private static (S Factor, S Derivative) GateAndDerivativeInFloats<S>(S gate, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        (S factor, S derivative) = FloatDerivatives.ScaledSigmoidGateAndDerivative<S>(
            S.SelectGreater(gate, p[1], p[1], gate), Alpha, AlphaLow);
        return (factor, S.SelectGreater(p[1], gate, derivative, 0));
    }
}
