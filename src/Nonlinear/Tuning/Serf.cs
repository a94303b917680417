using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Serf
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Serf>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.NearRoot<SerfRoot>(x, Forward(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent);

    // One exponential for softplus and its slope, one for the error function and its.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IElementwise<Serf>.DerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        L decay = L.Exp(-L.Abs(x)), sigmoid = L.Select(x > 0, 1, decay) / (1 + decay);
        (L erf, L slope) = DoubleElementary.ErfAndDerivative(L.PositivePart(x) + L.Log1p(decay));
        return L.NearRoot<SerfRoot>(x, L.Fma(x, slope * sigmoid, erf));
    }
}
