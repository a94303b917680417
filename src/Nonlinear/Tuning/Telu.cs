using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Telu
{
    // Above 8 it is 1 to every bit, and a slope of tanh that has vanished must not meet an exponential without bounds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Telu>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.NearRoot<TeluRoot>(x, Derivative(V.Min(x, 8), p));
}
