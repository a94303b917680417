using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Telu
{
    // Above 8 it is 1 to every bit, and a slope of tanh that has vanished must not meet an exponential without bounds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Telu>.DerivativeWithSeries<V>(V x, in Parameters<V> p) =>
        V.NearRoot<TeluRoot>(x, Derivative(V.Min(x, 8), p));

    // With m = e^(-2e) - 1 for e = eˣ the hyperbolic tangent is -m / (2 + m), and its slope 4 (1 + m) / (2 + m)². From e = 20 on it is 1 to
    // every bit, and its slope times the others less than a rounding of it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static L IElementwise<Telu>.DerivativeInDoubles<L>(L x, in Parameters<L> p)
    {
        L e = L.AtMost(20, L.Exp(L.AtMost(8, x))), m = L.Expm1(-2 * e), inverse = 1 / (2 + m);
        return L.NearRoot<TeluRoot>(x, L.Fma(L.AtMost(8, x) * e, 4 * ((1 + m) * inverse) * inverse, -m * inverse));
    }
}
