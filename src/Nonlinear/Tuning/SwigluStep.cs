using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SwigluStep
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    static (L Factor, L Derivative) IGated<SwigluStep>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p)
    {
        (L share, L derivative) = L.SigmoidAndDerivative(gate);
        L swish = gate * share, slope = L.NearRoot<SigmoidGateRoot>(gate, L.Fma(gate, derivative, share));
        return (L.SelectGreater(swish, p[0], p[0], swish), L.SelectGreater(p[0], swish, slope, 0));
    }
}
