using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct SwigluOai
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    static (L Factor, L Derivative) IGated<SwigluOai>.GateAndDerivativeInDoubles<L>(L gate, in Parameters<L> p)
    {
        L bounded = L.SelectGreater(gate, p[1], p[1], gate), z = p[0] * bounded;
        (L share, L derivative) = L.SigmoidAndDerivative(z);
        L slope = L.NearRoot<SigmoidGateRoot>(z, L.Fma(z, derivative, share));
        return (bounded * share, L.SelectGreater(p[1], gate, slope, 0));
    }
}
