using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Golu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Golu>.DerivativeWithSeries<V>(V x, in Parameters<V> p) => V.NearRoot<GoluRoot>(x, Derivative(x, p));
}
