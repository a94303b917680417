using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Elish
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Elish>.DerivativeWithSeries<V>(V x, in Parameters<V> p) => V.NearRoot<ElishRoot>(x, Derivative(x, p));
}
