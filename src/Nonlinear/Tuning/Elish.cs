using System.Runtime.CompilerServices;
using Nonlinear.Numerics;

namespace Nonlinear;

public readonly partial struct Elish
{
    // With e = e^-|x| both pieces are something over (1 + e)²: 1 + e + x e above 0, and below e (e² + 2e - 1), which has the zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static V IElementwise<Elish>.DerivativeWithSeries<V>(V x, in Parameters<V> p)
    {
        V e = V.Exp(V.SelectGreater(x, 0, -x, x)), sum = 1 + e;
        V slope = V.SelectGreater(x, 0, sum + (x * e), e * ((e * (e + 2)) - 1)) / (sum * sum);
        return V.NearRoot<ElishRoot>(x, slope);
    }
}
