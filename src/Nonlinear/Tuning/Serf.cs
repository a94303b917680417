using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Serf
{
    static bool IElementwise<Serf>.EveryFloatIsJudged => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Serf>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.NearRoot<SerfRoot>(x, Forward(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent);
}
