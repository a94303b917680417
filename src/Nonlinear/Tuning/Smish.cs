using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Smish
{
    static bool IElementwise<Smish>.EveryFloatIsJudged => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Smish>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.NearRoot<SmishRoot>(x, Forward(Dual<V>.Variable(x), Dual<V>.Constants(p)).Tangent);
}
