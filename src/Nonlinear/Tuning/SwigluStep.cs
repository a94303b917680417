using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SwigluStep
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Where the slope ends floats must be exact.
    static bool IGated<SwigluStep>.FloatsSuffice(in ParameterSet p) => p.AreFloats;

    static bool IGated<SwigluStep>.DerivativeFloatsSuffice(in ParameterSet p) => p.AreFloats;

    static bool IGated<SwigluStep>.DerivativeLosesNaN => true;

    // The least float whose swish is not below the limit: the swish of floats may err there.
    static ParameterSet IGated<SwigluStep>.Prepare(in ParameterSet p)
    {
        double limit = p.First;
        // The bits of positive floats are in their order.
        int below = 0, end = BitConverter.SingleToInt32Bits((float)(2 * limit));
        while (end - below > 1)
        {
            int middle = below + ((end - below) / 2);
            double gate = BitConverter.Int32BitsToSingle(middle);
            if (gate / (1 + Math.Exp(-gate)) < limit)
                below = middle;
            else
                end = middle;
        }
        return new([limit, BitConverter.Int32BitsToSingle(end)]);
    }

    [MethodImpl(Inline)]
    static (L Factor, L Derivative) IGated<SwigluStep>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p)
    {
        (L share, L derivative) = L.SigmoidAndDerivative(gate);
        L swish = gate * share, slope = L.NearRoot<SigmoidGateRoot>(gate, L.Fma(gate, derivative, share));
        return (L.SelectGreater(swish, p[0], p[0], swish), L.SelectGreater(p[0], swish, slope, 0));
    }

    [MethodImpl(Inline)]
    static S IGated<SwigluStep>.GateInFloats<S>(S gate, in Parameters<S> p)
    {
        S swish = FloatGates.Sigmoid(gate);
        return S.SelectGreater(swish, p[0], p[0], swish);
    }

    [MethodImpl(Inline)]
    static S IGated<SwigluStep>.GateDerivativeInFloats<S>(S gate, in Parameters<S> p) => GateAndDerivativeInFloats(gate, p).Derivative;

    [MethodImpl(Inline)]
    static (S Factor, S Derivative) IGated<SwigluStep>.GateAndDerivativeInFloats<S>(S gate, in Parameters<S> p) =>
        GateAndDerivativeInFloats(gate, p);

    [MethodImpl(Inline)]
    private static (S Factor, S Derivative) GateAndDerivativeInFloats<S>(S gate, in Parameters<S> p)
        where S : struct, IReal<S>, IFloatLanes<S>
    {
        (S swish, S slope) = FloatDerivatives.SigmoidGateAndDerivative(gate);
        return (S.SelectGreater(swish, p[0], p[0], swish), S.SelectGreater(p[1], gate, slope, 0));
    }
}
